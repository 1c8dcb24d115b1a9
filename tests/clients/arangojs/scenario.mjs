import assert from 'node:assert/strict';

export const all = [];

/** A table of scenarios of one group: name → run. */
export function scenarios(group, table, { onlyStandIn = false } = {}) {
  for (const [name, run] of Object.entries(table)) all.push({ group, name, run, onlyStandIn });
}

/** A promise that must be refused with this error number of ArangoDB. */
export async function refused(errorNum, promise) {
  const error = await promise.then(() => { throw new Error('it was not refused'); }, error => error);
  assert.equal(error.errorNum, errorNum, `${error.message}\n${error.stack}`);
  return error;
}

export { assert };
