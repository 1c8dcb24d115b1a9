// The stand-in as a process, or a real server; and a plain look at what is stored there.
import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const builds = ['Release', 'Debug'].map(kind => join(root, `tests/Chimera.S4.ArangoStandIn/bin/${kind}/net10.0/Chimera.S4.ArangoStandIn.dll`));

export async function startServer() {
  const real = process.env.S4_TEST_ARANGO_URL;
  if (real) return new Server(real.replace(/\/$/, ''), process.env.S4_TEST_ARANGO_USER ?? 'root', process.env.S4_TEST_ARANGO_PASSWORD ?? '', null);
  const dll = builds.filter(existsSync).sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
  if (!dll) throw new Error('the stand-in is not built: dotnet build tests/Chimera.S4.ArangoStandIn');
  const child = spawn('dotnet', [dll, '--password', 'secret'], { stdio: ['ignore', 'pipe', 'inherit'] });
  process.on('exit', () => child.kill('SIGKILL'));
  const url = await new Promise((resolve, reject) => {
    let text = '';
    child.stdout.on('data', chunk => {
      text += chunk;
      const found = /listening on (\S+)/.exec(text);
      if (found) resolve(found[1].replace(/\/$/, ''));
    });
    child.on('exit', code => reject(new Error(`the stand-in ended with code ${code}`)));
  });
  return new Server(url, 'root', 'secret', child);
}

class Server {
  constructor(url, user, password, child) {
    Object.assign(this, { url, user, password, child, isReal: child === null });
  }

  async #order(method, path, body) {
    const answer = await fetch(`${this.url}/stand-in/${path}`, { method, body: body && JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${method} /stand-in/${path}: ${answer.status}`);
  }

  fault(kind, more = {}) { return this.#order('PUT', 'faults', { kind, count: 1, ...more }); }
  calm() { return this.#order('DELETE', 'faults'); }
  expireTokens() { return this.#order('POST', 'expire-tokens'); }
  stop() { this.child?.removeAllListeners('exit'); this.child?.kill('SIGKILL'); }
}

/** Reads one database without the driver. */
export function look(server, database) {
  const authorization = 'Basic ' + Buffer.from(`${server.user}:${server.password}`).toString('base64');
  return {
    looks: 0,
    async get(path, from = database) {
      this.looks++;
      const answer = await fetch(`${server.url}/_db/${from}/_api/${path}`, { headers: { authorization } });
      return { status: answer.status, body: await answer.json() };
    },
    /** A document without what the server adds; undefined where there is none. */
    async document(collection, key) {
      const { status, body } = await this.get(`document/${collection}/${encodeURIComponent(key)}`);
      if (status === 404) return undefined;
      const { _id, _rev, ...rest } = body;
      return rest;
    },
    async count(collection) { return (await this.get(`collection/${collection}/count`)).body.count; },
  };
}
