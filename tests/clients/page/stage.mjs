// What the scenarios play on: an exchange (the simulator, whose prices stand still), a router with keys, a Chromium. All on loopback, all ended at the end.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { apiKey, apiSecret, startSimulator } from '../harness/simulator.mjs';
import { assert, until } from './scenario.mjs';

export const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');
export const read = 'read-key-of-the-page-0', trade = 'trade-key-of-the-page', ops = 'ops-key-of-the-page-00';

export const freePort = () => new Promise(resolve => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});

class Router {
  constructor(sim, port) {
    Object.assign(this, { sim, port, url: `http://127.0.0.1:${port}`, data: mkdtempSync(join(tmpdir(), 's4-page-')) });
  }

  async start() {
    const builds = ['Release', 'Debug'].map(kind => join(root, `src/Chimera.S4.Router/bin/${kind}/net10.0/Chimera.S4.Router.dll`));
    const dll = builds.filter(existsSync).sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
    const { url, ws } = this.sim;
    const env = {
      ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('S4_'))),
      S4_EXCHANGE: 'binance', S4_BINANCE_SPOT_REST_URL: url, S4_BINANCE_FUT_REST_URL: url, S4_BINANCE_SPOT_WS_URL: ws, S4_BINANCE_FUT_WS_URL: ws,
      S4_BINANCE_KEY: apiKey, S4_BINANCE_SECRET: apiSecret, S4_DATA_DIR: this.data, S4_HTTP_URLS: this.url, S4_API_KEYS: `read=${read},trade=${trade},ops=${ops}`,
    };
    this.child = spawn('dotnet', [dll], { env, stdio: 'ignore' });
    await until('the router is ready', async () => {
      assert(this.child.exitCode === null, `the router ended with code ${this.child.exitCode}`);
      const answer = await fetch(`${this.url}/health`, { headers: { 'X-API-Key': read } }).catch(() => null);
      return answer?.ok && (await answer.json()).status === 'OK';
    }, 60_000);
  }

  kill() {
    if (!this.child || this.child.exitCode !== null || this.child.signalCode !== null) return Promise.resolve();
    const gone = new Promise(resolve => this.child.once('exit', resolve));
    this.child.kill('SIGKILL');
    return gone;
  }

  async ask(method, path, body, key = ops) {
    const answer = await fetch(this.url + path, { method, headers: { 'X-API-Key': key, 'content-type': 'application/json', Prefer: 'wait=0' }, body: body && JSON.stringify(body) });
    return { status: answer.status, json: await answer.json() };
  }

  /** A spot buy of 0.01 BTC, at market unless told otherwise. */
  async send(id, more = {}) {
    const answer = await this.ask('POST', '/orders', { intent_id: id, market: 'SPOT', symbol: 'BTCUSDT', side: 'BUY', qty: '0.01', ...more });
    assert(answer.status < 300, `${id}: ${answer.status} ${JSON.stringify(answer.json)}`);
    return id;
  }

  rest(id, price = '89000', more = {}) { return this.send(id, { type: 'LIMIT', price, ...more }); }
}

class Stage {
  #problems = [];
  #contexts = [];

  constructor(sim, router, browser) {
    Object.assign(this, { sim, router, browser, version: browser.version() });
  }

  /** A tab that is not signed in. */
  async tab({ width = 1440, scheme = 'light', url = this.router.url, key = null } = {}) {
    const context = await this.browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme, reducedMotion: 'reduce' });
    this.#contexts.push(context);
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    page.on('pageerror', error => this.#problems.push(error.message));
    // An answer that refuses is noted by the browser as well; nothing else may be.
    page.on('console', message => { if (['error', 'warning'].includes(message.type()) && !/Failed to load resource/.test(message.text())) this.#problems.push(message.text()); });
    if (key) await page.addInitScript(value => sessionStorage.setItem('s4-key', value), key);
    await page.goto(url);
    return page;
  }

  /** A tab of somebody who may read, with the blotter on it. */
  async page(more = {}) {
    const page = await this.tab({ key: read, ...more });
    await page.locator('#lamps', { hasText: 'page live' }).waitFor();
    return page;
  }

  checkConsole() { assert.deepEqual(this.#problems.splice(0), [], 'the browser complained'); }

  async closePages() { await Promise.all(this.#contexts.splice(0).map(context => context.close())); }

  async stop() {
    await this.browser.close();
    await this.router.kill();
    this.sim.stop();
    rmSync(this.router.data, { recursive: true, force: true });
  }
}

export const row = (page, id) => page.locator(`#rows tr[data-id="${id}"]`);

export async function start() {
  const sim = await startSimulator();
  await sim.reset();
  const router = new Router(sim, await freePort());
  process.on('exit', () => router.child?.kill('SIGKILL'));
  // Over a pipe, not a port; root has no sandbox to offer.
  const [browser] = await Promise.all([
    chromium.launch({ executablePath: process.env.S4_TEST_CHROMIUM ?? '/usr/bin/chromium', args: process.getuid() === 0 ? ['--no-sandbox'] : [] }),
    router.start(),
  ]);
  return new Stage(sim, router, browser);
}
