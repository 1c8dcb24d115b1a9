import assert from 'node:assert/strict';

export const scenarios = [];

/** Something that a person does with the page and sees there. */
export const scenario = (name, run) => scenarios.push({ name, run });

/** Asks again until it is so. */
export async function until(what, holds, patience = 20_000) {
  for (const deadline = Date.now() + patience; ;) {
    const result = await holds();
    if (result) return result;
    assert(Date.now() < deadline, `never: ${what}`);
    await new Promise(resolve => setTimeout(resolve, 30));
  }
}

export { assert };
