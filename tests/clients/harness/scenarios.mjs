// Runs a client's scenarios one after the other and ends with "N passed, N failed".
import assert from 'node:assert/strict';
import { startSimulator } from './simulator.mjs';

export const groups = ['place', 'query', 'cancel and replace', 'lists', 'algo', 'streams', 'errors', 'limits'];
const patience = 20_000;
const least = 5;
const all = [];

/** One thing that the client does and that the ledger must confirm. */
export function scenario(group, name, run) {
  assert(groups.includes(group), `no such group: ${group}`);
  all.push({ group, name, run });
}

/** A table of scenarios of one group: name → run. */
export function scenarios(group, table) {
  for (const [name, run] of Object.entries(table)) scenario(group, name, run);
}

/** Runs everything. `lacking` names each group that the client or its market does not have, with the reason. */
export async function runAll(client, connect, { lacking = {}, notes = [] } = {}) {
  const sim = await startSimulator();
  let failed = 0;
  try {
    const context = { sim, ...(await connect(sim)) };
    for (const one of all) {
      const error = await attempt(context, one);
      if (!error) continue;
      failed++;
      console.log(`FAILED: ${client}: ${one.group}: ${one.name}\n  ${error.stack?.split('\n').slice(0, 4).join('\n  ') ?? JSON.stringify(error)}`);
    }
  } finally {
    sim.stop();
  }
  for (const group of groups) {
    const count = all.filter(s => s.group === group).length;
    if (lacking[group]) console.log(`${client}: ${group}: ${count} scenarios; lacking: ${lacking[group]}`);
    else console.log(`${client}: ${group}: ${count} scenarios`);
    if (count >= least || lacking[group]) continue;
    failed++;
    console.log(`FAILED: ${client}: ${group} has fewer than ${least} scenarios`);
  }
  for (const note of notes) console.log(`${client}: ${note}`);
  console.log(`${all.length - Math.min(failed, all.length)} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}

async function attempt(context, { run }) {
  let timer;
  try {
    await context.sim.reset();
    context.sim.looks = 0;
    const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error('took too long')), patience); });
    await Promise.race([run(context), late]);
    if (context.sim.looks === 0) throw new Error('the scenario never looked at the ledger');
    return null;
  } catch (error) {
    return error;
  } finally {
    clearTimeout(timer);
  }
}

/** Asks again until it is so. */
export async function until(holds) {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const result = await holds();
    if (result) return result;
    if (Date.now() > deadline) throw new Error(`never: ${holds}`);
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}

/** Waits for a fresh clock-aligned window if the current one has less than `need` seconds left. */
export async function freshWindow(seconds, need) {
  const left = seconds * 1000 - (Date.now() % (seconds * 1000));
  if (left < need * 1000) await new Promise(resolve => setTimeout(resolve, left + 20));
}

/** A promise that must be refused, with what it was refused with. */
export async function refusal(promise) {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('it was not refused');
}

export { assert };
