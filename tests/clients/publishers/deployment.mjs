// A deployment as ops would make it: broker with the users of infra/rabbitmq, Redis with the rights of infra/redis, a router and a REST adapter that sign in as themselves, and the simulator as exchange.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { apiKey, apiSecret, startSimulator } from '../harness/simulator.mjs';

export const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const copy = 'publishers';
const passwords = { ROUTER: 'router-password-0001', REST: 'rest-password-000001', PUBLISHER: 'publisher-password-1', MONITOR: 'monitor-password-01' };
const redisPassword = 'redis-password-0001';

export async function deploy() {
  const lines = execFileSync(join(root, 'infra/services.sh'), ['up', '--name', copy], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const given = Object.fromEntries([...lines.matchAll(/export (\w+)=(\S+)/g)].map(([, name, value]) => [name, value.replace(/^["']|["']$/g, '')]));
  const broker = new URL(given.S4_RABBITMQ_URI);
  const management = new URL(given.S4_RABBITMQ_MANAGEMENT);
  management.username = broker.username;
  management.password = broker.password;
  execFileSync(join(root, 'infra/rabbitmq/import.sh'), [management.href], { env: { ...process.env, ...passwords }, stdio: ['ignore', 'pipe', 'pipe'] });

  const [, redisPort] = given.S4_REDIS_ADDRESSES.split(':');
  const rights = readFileSync(join(root, 'infra/redis/default-user.acl'), 'utf8').trim().split(/\s+/);
  execFileSync('redis-cli', ['-p', redisPort, 'ACL', 'SETUSER', 'default', 'reset', 'on', `>${redisPassword}`, ...rights]);

  const sim = await startSimulator();
  await sim.reset();
  const data = mkdtempSync(join(tmpdir(), 's4-publishers-'));
  const address = user => `amqp://${user}:${passwords[user.slice(3).toUpperCase()]}@${broker.host}/`;
  const router = await start('Chimera.S4.Router', {
    S4_RABBITMQ_URI: address('s4-router'), S4_REDIS_ADDRESSES: given.S4_REDIS_ADDRESSES, S4_REDIS_PASSWORD: redisPassword, S4_DATA_DIR: data,
    S4_EXCHANGE: 'binance', S4_BINANCE_KEY: apiKey, S4_BINANCE_SECRET: apiSecret,
    S4_BINANCE_SPOT_REST_URL: sim.url, S4_BINANCE_SPOT_WS_URL: sim.ws, S4_BINANCE_FUT_REST_URL: sim.url, S4_BINANCE_FUT_WS_URL: sim.ws,
  });
  const rest = await start('Chimera.S4.HttpAdapter', { S4_RABBITMQ_URI: address('s4-rest') });
  return {
    sim, address, router, rest, management, passwords,
    redis: (...command) => execFileSync('redis-cli', ['-p', redisPort, ...command], { encoding: 'utf8', env: { ...process.env, REDISCLI_AUTH: redisPassword } }).trim(),
    end() {
      for (const one of [router, rest]) one.child.kill('SIGKILL');
      sim.stop();
      execFileSync(join(root, 'infra/services.sh'), ['down', '--name', copy], { stdio: 'ignore' });
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** One of our programs on a free port, ready. */
async function start(project, settings) {
  const child = spawn('dotnet', [join(root, `src/${project}/bin/Release/net10.0/${project}.dll`)], { env: { ...process.env, ...settings, S4_HTTP_URLS: 'http://127.0.0.1:0' }, stdio: ['ignore', 'pipe', 'pipe'] });
  process.on('exit', () => child.kill('SIGKILL'));
  const program = { child, log: '', url: '' };
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => { program.log += chunk; });
  await until(() => {
    if (child.exitCode !== null) throw new Error(`${project} ended with code ${child.exitCode}:\n${program.log}`);
    return program.url = /Now listening on: "?(http:\/\/[\d.:]+)/.exec(program.log)?.[1] ?? '';
  }, `${project} to listen`);
  await until(async () => (await fetch(`${program.url}/health/ready`)).ok, `${project} to be ready`);
  return program;
}

/** Waits for a condition; a minute is far beyond the usual. */
export async function until(holds, what) {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const found = await holds();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`waited a minute in vain for ${what}`);
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}
