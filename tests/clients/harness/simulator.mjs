// A fresh simulator process for one client, and the ways to script it and to read its ledger.
import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const builds = ['Release', 'Debug'].map(kind => join(root, `src/Chimera.S4.Simulator/bin/${kind}/net10.0/Chimera.S4.Simulator.dll`));

export const apiKey = 'paper-api-key';
export const apiSecret = 'paper-api-secret';

export async function startSimulator() {
  const dll = builds.filter(existsSync).sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
  if (!dll) throw new Error('the simulator is not built: dotnet build src/Chimera.S4.Simulator');
  const child = spawn('dotnet', [dll, '--urls', 'http://127.0.0.1:0', '--volatility', '0', '--tick-ms', '20'], { stdio: ['ignore', 'pipe', 'inherit'] });
  process.on('exit', () => child.kill('SIGKILL'));
  const url = await new Promise((resolve, reject) => {
    let text = '';
    child.stdout.on('data', chunk => {
      text += chunk;
      const found = /listening on (\S+)/.exec(text);
      if (found) resolve(found[1].replace(/\/$/, ''));
    });
    child.on('exit', code => reject(new Error(`the simulator ended with code ${code}`)));
  });
  return new Simulator(url, child);
}

class Simulator {
  looks = 0;

  constructor(url, child) {
    this.url = url;
    this.ws = url.replace('http', 'ws');
    this.child = child;
  }

  async admin(method, path, body) {
    const answer = await fetch(this.url + '/sim/' + path, { method, body: body && JSON.stringify(body) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} /sim/${path}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  }

  /** The same start for every scenario: bid 89,999, ask 90,001, ten coins on each level, nobody else. */
  async reset() {
    await this.admin('POST', 'reset');
    await this.market({ symbol: 'BTCUSDT', mid: '90000', spread: '2', depth: '10' });
  }

  market(change) { return this.admin('PUT', 'market', change); }
  mid(venue, mid) { return this.market({ venue, symbol: 'BTCUSDT', mid: String(mid) }); }
  sell(venue, price, qty) { return this.market({ venue, symbol: 'BTCUSDT', trade: { side: 'SELL', price: String(price), qty: String(qty) } }); }
  buy(venue, price, qty) { return this.market({ venue, symbol: 'BTCUSDT', trade: { side: 'BUY', price: String(price), qty: String(qty) } }); }
  fault(kind, more = {}) { return this.admin('PUT', 'faults', { kind, count: 1, ...more }); }

  /** Everything that happened, as the exchange knows it. A scenario that never looks here fails. */
  async ledger() {
    this.looks++;
    return this.admin('GET', 'ledger');
  }

  async orders(clientOrderId) { return (await this.ledger()).orders.filter(o => !clientOrderId || o.clientOrderId === clientOrderId); }

  /** The one order of that name. */
  async order(clientOrderId) {
    const found = await this.orders(clientOrderId);
    if (found.length !== 1) throw new Error(`the ledger has ${found.length} orders named ${clientOrderId}`);
    return found[0];
  }

  async status(clientOrderId) { return (await this.order(clientOrderId)).status; }
  async algo(clientAlgoId) { return (await this.ledger()).algos.filter(a => a.clientAlgoId === clientAlgoId).at(-1); }
  async list(name) { return (await this.ledger()).lists.filter(l => l.listClientOrderId === name).at(-1); }
  async trades(clientOrderId) { return (await this.ledger()).trades.filter(t => t.clientOrderId === clientOrderId); }
  async rejects(code) { return (await this.ledger()).rejects.filter(r => code === undefined || r.code === code); }
  stop() { this.child.removeAllListeners('exit'); this.child.kill('SIGKILL'); }
}
