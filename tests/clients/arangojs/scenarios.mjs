// arangojs, the official driver of ArangoDB, against the stand-in: what it makes of the answers is what they have to mean.
// Every scenario has a database of its own and reads what was stored by a second, plain request. The same scenarios hold for a real server.
import assert from 'node:assert/strict';
import { Database } from 'arangojs';
import { look, startServer } from './server.mjs';
import './sign-in.mjs';
import './structure.mjs';
import './documents.mjs';
import './bulk.mjs';
import './queries.mjs';
import './faults.mjs';
import { all } from './scenario.mjs';

const least = 5;
const server = await startServer();
let failed = 0;
const groups = new Map();
for (const { group, name, run, onlyStandIn } of all) {
  if (onlyStandIn && server.isReal) continue;
  groups.set(group, (groups.get(group) ?? 0) + 1);
  const root = new Database({ url: server.url, auth: { username: server.user, password: server.password } });
  const database = `s4-js-${process.pid}-${[...groups.values()].reduce((sum, count) => sum + count, 0)}`;
  let timer;
  try {
    const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error('took too long')), 20_000); });
    const db = await root.createDatabase(database);
    const seen = look(server, database);
    await Promise.race([run({ server, root, db, name: database, seen }), late]);
    assert(seen.looks > 0, 'the scenario never looked at what was stored');
  } catch (error) {
    failed++;
    console.log(`FAILED: arangojs: ${group}: ${name}\n  ${error.stack?.split('\n').slice(0, 4).join('\n  ') ?? JSON.stringify(error)}`);
  } finally {
    clearTimeout(timer);
    if (!server.isReal) await server.calm();
    await root.dropDatabase(database).catch(() => {});
    root.close();
  }
}
for (const [group, count] of groups) {
  console.log(`arangojs: ${group}: ${count} scenarios`);
  if (count >= least) continue;
  failed++;
  console.log(`FAILED: arangojs: ${group} has fewer than ${least} scenarios`);
}
const ran = [...groups.values()].reduce((sum, count) => sum + count, 0);
console.log(`${ran - Math.min(failed, ran)} passed, ${failed} failed`);
server.stop();
process.exit(failed === 0 ? 0 : 1);
