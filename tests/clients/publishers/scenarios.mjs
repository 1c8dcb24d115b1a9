// Publishers as other teams would write them, each a process of its own, and the rights that S4's users have and do not have.
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import amqp from 'amqplib';
import { deploy, until } from './deployment.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const run = promisify(execFile);
const s4 = await deploy();
const publisher = { ...process.env, S4_RABBITMQ_URI: s4.address('s4-publisher') };

const intent = (id, more) => ({ intent_id: id, market: 'SPOT', symbol: 'BTCUSDT', side: 'BUY', qty: '0.01', ...more });
async function publish(program, ...args) {
  const { stdout, stderr } = await run(program, args, { env: publisher, cwd: here });
  assert.match(stderr, /^acknowledged$/m);
  return JSON.parse(stdout);
}
const publishers = {
  node: order => publish('node', 'publish.mjs', JSON.stringify(order)),
  python: order => publish('/usr/bin/python3', 'publish.py', JSON.stringify(order)), // Debian's own: python3-pika is its package
  dotnet: ({ intent_id, market, symbol, side, qty }) => publish('dotnet', 'dotnet/bin/Release/net10.0/Publisher.dll', intent_id, market, symbol, side, qty),
};

/** What the exchange has of an intent, by the id that S4 gave its order. */
const filled = async answer => (await s4.sim.trades(answer.client_order_id)).reduce((sum, trade) => sum + Number(trade.qty), 0);

const scenarios = {};
for (const [language, send] of Object.entries(publishers)) {
  for (const market of ['SPOT', 'FUT']) {
    scenarios[`${language} sends a ${market} order and hears how it ended`] = async () => {
      const answer = await send(intent(`${language}-${market}`, { market }));
      assert.deepEqual([answer.status, answer.final, answer.filled_qty], ['FILLED', true, '0.01']);
      assert.equal(await filled(answer), 0.01);
    };
  }
}

scenarios['one intent sent by all three trades once, and all hear the same'] = async () => {
  const answers = await Promise.all(Object.values(publishers).map(send => send(intent('sent-by-all'))));
  assert.equal(new Set(answers.map(answer => `${answer.status} ${answer.order_id} ${answer.filled_qty} ${answer.avg_price}`)).size, 1, JSON.stringify(answers));
  assert.equal(await filled(answers[0]), 0.01);
};

scenarios['a misspelt field is denied by name, and nothing is sent'] = async () => {
  const before = (await s4.sim.ledger()).orders.length;
  const answer = await publishers.node(intent('misspelt', { reduce_onyl: true }));
  assert.equal(answer.status, 'REJECTED');
  assert.match(answer.message, /reduce_onyl/);
  assert.equal((await s4.sim.ledger()).orders.length, before);
};

scenarios['a cancel of a resting order, as raw JSON'] = async () => {
  const raw = { contentType: 'application/json', persistent: true, mandatory: true };
  const order = await using(s4.address('s4-publisher'), async channel => {
    channel.publish('order-intent', '', Buffer.from(JSON.stringify(intent('resting', { type: 'LIMIT', price: '80000' }))), raw);
    const resting = await until(async () => (await s4.sim.ledger()).orders.find(one => one.status === 'NEW'), 'the order at the exchange');
    channel.publish('order-cancel', '', Buffer.from('{"intent_id":"resting"}'), raw);
    await channel.waitForConfirms();
    return resting;
  });
  await until(async () => (await s4.sim.status(order.clientOrderId)) === 'CANCELED', 'the cancel at the exchange');
};

scenarios['an answer to an address that the broker refuses holds nobody up'] = async () => {
  const answer = await using(s4.address('s4-publisher'), async channel => {
    // Not a name that the router may write to: the broker closes the router's channel each time it tries.
    channel.publish('order-intent', '', Buffer.from(JSON.stringify(intent('bad-address'))), {
      contentType: 'application/json', persistent: true, mandatory: true, headers: { 'MT-Response-Address': 'exchange:amq.fanout', RequestId: randomUUID() },
    });
    await channel.waitForConfirms();
    return publishers.node(intent('good-address'));
  });
  assert.equal(answer.status, 'FILLED');
  assert.equal(await filled(answer), 0.01);
};

scenarios['the REST adapter with rights of its own serves an order'] = async () => {
  const response = await fetch(`${s4.rest.url}/orders`, { method: 'POST', headers: { 'content-type': 'application/json', prefer: 'wait=30' }, body: JSON.stringify(intent('over-rest')) });
  const answer = await response.json();
  assert.deepEqual([response.status, answer.status], [200, 'FILLED'], JSON.stringify(answer));
  assert.equal(await filled(answer), 0.01);
};

scenarios['the OpenAPI document that the adapter serves passes a linter'] = async () => {
  const source = await (await fetch(`${s4.rest.url}/openapi/v1.json`)).text();
  const config = await createConfig({ extends: ['minimal'] });
  const problems = (await lintFromString({ source, config })).filter(problem => problem.severity === 'error');
  assert.deepEqual(problems.map(problem => `${problem.location[0]?.pointer}: ${problem.message}`), []);
  assert(JSON.parse(source).paths['/orders'].post);
};

scenarios['the package of the contracts brings its documentation and needs one other package'] = () => {
  const packages = join(here, 'dotnet/packages');
  const [nupkg] = readdirSync(packages).filter(name => name.endsWith('.nupkg'));
  const zip = ['-c', `import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print("\\n".join(z.namelist())); print(z.read("Chimera.S4.Contracts.nuspec").decode())`, join(packages, nupkg)];
  const listed = execFileSync('/usr/bin/python3', zip, { encoding: 'utf8' });
  for (const wanted of ['lib/net10.0/Chimera.S4.Contracts.dll', 'lib/net10.0/Chimera.S4.Contracts.xml', 'README.md']) assert(listed.includes(wanted), `${wanted} is not in\n${listed}`);
  assert.deepEqual([...listed.matchAll(/<dependency id="([^"]+)"/g)].map(found => found[1]), ['MassTransit.Abstractions']);
  assert(readdirSync(packages).some(name => name.endsWith('.snupkg')));
};

/** What a user must not be able to do, each on a channel of its own: the broker closes one that it refuses. */
const forbidden = {
  's4-publisher': {
    'read intents': channel => channel.get('s4-intents'),
    'listen in on intents': async channel => { await channel.assertQueue('reply.ear'); await channel.bindQueue('reply.ear', 'order-intent', ''); },
    'write to a saga': channel => published(channel, 's4-orders'),
    'write a record': channel => published(channel, 's4-journal'),
    'ask or pull levers past the REST adapter': channel => published(channel, 's4-queries'),
    'delete the exchange': channel => channel.deleteExchange('order-intent'),
    'empty the intake': channel => channel.purgeQueue('s4-intents'),
    'name a queue as it likes': channel => channel.assertQueue('mine'),
  },
  's4-rest': {
    'write to a saga': channel => published(channel, 's4-orders'),
    'read the journal': channel => channel.get('s4-journal'),
  },
  's4-monitor': {
    'publish an intent': channel => published(channel, 'order-intent'),
    'read intents': channel => channel.get('s4-intents'),
  },
};
for (const [user, deeds] of Object.entries(forbidden))
  for (const [deed, attempt] of Object.entries(deeds)) {
    scenarios[`${user} may not ${deed}`] = () => using(s4.address(user), async channel => {
      const refusal = new Promise(resolve => channel.once('error', resolve));
      const outcome = await Promise.race([attempt(channel).then(() => 'it was allowed', error => error), refusal]);
      assert.match(String(outcome.message ?? outcome), /ACCESS_REFUSED|403/);
    });
  }

scenarios['the monitor sees queues and their policy, and none of them is without it'] = async () => {
  const expected = ['intents', 'journal', 'orders', 'queries'].map(name => `s4-${name} quorum s4-undeliverable`);
  let seen;
  // The broker's statistics follow its queues by some seconds.
  await until(async () => {
    const queues = await api(s4.address('s4-monitor'), 'GET', 'queues');
    seen = queues.filter(queue => /^s4-(intents|orders|journal|queries)$/.test(queue.name)).map(queue => `${queue.name} ${queue.arguments['x-queue-type']} ${queue.policy}`).sort();
    return seen.join() === expected.join();
  }, 'the policy on all queues').catch(() => assert.deepEqual(seen, expected));
};

scenarios['a message that no consumer survives ends in s4-dead, not nowhere'] = async () => {
  const admin = `amqp://${s4.management.username}:${s4.management.password}@${new URL(s4.address('s4-router')).host}/`;
  await using(admin, async channel => {
    // A queue under the same policy that nobody serves: the router's own would answer.
    await channel.assertQueue('s4-queries-test', { durable: true, arguments: { 'x-queue-type': 'quorum' } });
    await api(admin, 'PUT', 'policies/%2F/test', { pattern: '^s4-queries-test$', 'apply-to': 'queues', definition: (await definition()) });
    await until(async () => (await api(admin, 'GET', 'queues/%2F/s4-queries-test')).policy === 'test', 'the policy to apply');
    channel.sendToQueue('s4-queries-test', Buffer.from('{}'), { persistent: true });
    await channel.waitForConfirms();
    for (let delivery = 0; delivery <= (await definition())['delivery-limit']; delivery++) {
      const message = await until(async () => await channel.get('s4-queries-test') || (await channel.checkQueue('s4-dead')).messageCount > 0, 'the next delivery');
      if (message === true) break;
      channel.nack(message, false, true);
    }
    const dead = await until(() => channel.get('s4-dead'), 'the message in s4-dead');
    assert.equal(dead.properties.headers['x-death'][0].reason, 'delivery_limit');
    channel.ack(dead);
  });
};

scenarios['Redis lets S4 work, and lets nobody empty, configure or stop it'] = async () => {
  assert.match(s4.redis('GET', 'router:kill_switch'), /^(OFF)?$/);
  for (const command of [['FLUSHALL'], ['CONFIG', 'SET', 'appendonly', 'no'], ['SHUTDOWN', 'NOSAVE'], ['KEYS', '*'], ['DEBUG', 'SLEEP', '0'], ['REPLICAOF', '127.0.0.1', '1']])
    assert.match(s4.redis(...command), /NOPERM|not allowed/, command.join(' '));
};

scenarios['neither program was refused anything by the broker, and no password stands in a log'] = async () => {
  for (const program of [s4.router, s4.rest]) {
    assert.doesNotMatch(program.log.replaceAll(/^.*'amq\.fanout'.*$/gm, ''), /ACCESS_REFUSED|NOPERM/); // but for the one above
    for (const password of Object.values(s4.passwords)) assert(!program.log.includes(password));
  }
};

async function using(address, work) {
  const connection = await amqp.connect(address);
  connection.on('error', () => {});
  const channel = await connection.createConfirmChannel();
  channel.on('error', () => {});
  try {
    return await work(channel);
  } finally {
    await connection.close().catch(() => {});
  }
}

async function published(channel, exchange) {
  channel.publish(exchange, '', Buffer.from('{}'), { contentType: 'application/json' });
  await channel.waitForConfirms();
}

async function api(address, method, path, body) {
  const { username, password } = new URL(address);
  const response = await fetch(`${s4.management.origin}/api/${path}`, { method, headers: { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`, 'content-type': 'application/json' }, body: body && JSON.stringify(body) });
  const text = await response.text();
  assert(response.ok, `${method} ${path}: ${response.status} ${text}`);
  return text ? JSON.parse(text) : undefined;
}

const definition = async () => (await api(s4.management.href, 'GET', 'policies/%2F/s4-undeliverable')).definition;

let failed = 0;
for (const [name, scenario] of Object.entries(scenarios)) {
  try {
    await scenario();
  } catch (error) {
    failed++;
    console.log(`FAILED: publishers: ${name}\n  ${String(error.stack ?? error).split('\n').slice(0, 6).join('\n  ')}`);
  }
}
if (failed) console.log(s4.router.log.split('\n').filter(line => /ERR|WRN|refused/i.test(line)).slice(-10).join('\n'));
s4.end();
console.log(`${Object.keys(scenarios).length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
