import { assert, scenarios } from './scenario.mjs';

const fills = db => db.createCollection('fills');
const rows = count => Array.from({ length: count }, (_, n) => ({ _key: `k${n}`, n }));

scenarios('bulk', {
  'each document of an array is answered in its place': async ({ db, seen }) => {
    const answers = await (await fills(db)).saveAll(rows(3));
    assert.deepEqual(answers.map(answer => answer._key), ['k0', 'k1', 'k2']);
    assert.equal(await seen.count('fills'), 3);
  },
  'one that is refused leaves the others': async ({ db, seen }) => {
    const collection = await fills(db);
    await collection.save({ _key: 'k1', n: 'first' });
    const answers = await collection.saveAll([...rows(3), { _key: 'a/b' }]);
    assert.deepEqual(answers.map(answer => answer.errorNum), [undefined, 1210, undefined, 1221]);
    assert.equal((await seen.document('fills', 'k1')).n, 'first');
    assert.equal(await seen.count('fills'), 3);
  },
  'ignore keeps what is there and is no error': async ({ db, seen }) => {
    const collection = await fills(db);
    await collection.save({ _key: 'k1', n: 'first' });
    const answers = await collection.saveAll(rows(3), { overwriteMode: 'ignore', waitForSync: true });
    assert.equal(answers.some(answer => answer.error), false);
    assert.equal((await seen.document('fills', 'k1')).n, 'first');
    assert.equal(await seen.count('fills'), 3);
  },
  'ignore with silent answers nothing at all': async ({ db, seen }) => {
    const collection = await fills(db);
    assert.equal(await collection.saveAll(rows(2), { overwriteMode: 'ignore', silent: true }), undefined);
    assert.equal(await seen.count('fills'), 2);
  },
  'replace and update overwrite, each in its way': async ({ db, seen }) => {
    const collection = await fills(db);
    await collection.saveAll([{ _key: 'k0', old: 1 }, { _key: 'k1', old: 1 }]);
    await collection.saveAll([{ _key: 'k0', n: 2 }], { overwriteMode: 'replace' });
    await collection.saveAll([{ _key: 'k1', n: 2 }], { overwriteMode: 'update' });
    assert.deepEqual(await seen.document('fills', 'k0'), { _key: 'k0', n: 2 });
    assert.deepEqual(await seen.document('fills', 'k1'), { _key: 'k1', old: 1, n: 2 });
  },
  'an array is read, updated, replaced and removed as it was saved': async ({ db, seen }) => {
    const collection = await fills(db);
    await collection.saveAll(rows(3));
    assert.deepEqual((await collection.documents(['k0', 'k2'])).map(row => row.n), [0, 2]);
    await collection.updateAll([{ _key: 'k0', m: 1 }]);
    await collection.replaceAll([{ _key: 'k1', m: 1 }]);
    assert.deepEqual((await collection.removeAll(['k2', 'none'])).map(answer => answer.errorNum), [undefined, 1202]);
    assert.deepEqual([await seen.document('fills', 'k0'), await seen.document('fills', 'k1')], [{ _key: 'k0', n: 0, m: 1 }, { _key: 'k1', m: 1 }]);
    assert.equal(await seen.count('fills'), 2);
  },
  'a thousand documents go in at once': async ({ db, seen }) => {
    await (await fills(db)).saveAll(rows(1000), { overwriteMode: 'ignore' });
    assert.equal(await seen.count('fills'), 1000);
  },
});
