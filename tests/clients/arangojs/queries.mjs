import { readFileSync } from 'node:fs';
import { assert, refused, scenarios } from './scenario.mjs';

// The text itself, out of the source: what the driver sends here is what S4 sends.
const source = readFileSync(new URL('../../../src/Chimera.S4.Router/Journal/Arango/OrdersForward.cs', import.meta.url), 'utf8');
const forward = /Text = """\n([\s\S]*?)\n\s*""";/.exec(source)[1];
const readAll = 'FOR row IN @@collection SORT row._key RETURN row';

const orders = db => db.createCollection('orders');
const rows = count => Array.from({ length: count }, (_, n) => ({ _key: `k${String(n).padStart(4, '0')}`, n }));
const all = (db, options) => db.query(readAll, { '@collection': 'orders' }, options);

scenarios('queries', {
  'a result comes in batches, in order, to its end': async ({ db, seen }) => {
    await (await orders(db)).saveAll(rows(25));
    const cursor = await all(db, { batchSize: 10, count: true });
    assert.equal(cursor.count, 25);
    assert.deepEqual((await cursor.all()).map(row => row.n), rows(25).map(row => row.n));
    assert.equal(await seen.count('orders'), 25);
  },
  'a batch that was lost is fetched again where that is allowed': async ({ db, seen }) => {
    await (await orders(db)).saveAll(rows(25));
    const cursor = await all(db, { batchSize: 10, allowRetry: true });
    const fetch = batch => db.request({ method: 'POST', pathname: `/_api/cursor/${cursor.id ?? cursor._batches._id}/${batch}` }, answer => answer.parsedBody.result.map(row => row.n));
    const second = await fetch(2);
    assert.deepEqual(await fetch(2), second);
    assert.equal((await fetch(3)).length, 5);
    assert.equal(await seen.count('orders'), 25);
  },
  'what fits into one batch leaves no cursor': async ({ db, seen }) => {
    await (await orders(db)).saveAll(rows(10));
    const cursor = await all(db, { batchSize: 10 });
    assert.equal(cursor.batches.hasMore, false);
    assert.equal((await cursor.all()).length, 10);
    assert.equal(await seen.count('orders'), 10);
  },
  'a cursor that is given up is gone': async ({ db, seen }) => {
    await (await orders(db)).saveAll(rows(25));
    const cursor = await all(db, { batchSize: 10 });
    await cursor.kill();
    await refused(1600, db.request({ method: 'POST', pathname: '/_api/cursor/4711' }));
    assert.equal(await seen.count('orders'), 25);
  },
  'a missing bind parameter and a missing collection are told by their numbers': async ({ db, seen }) => {
    await refused(1551, db.query(readAll));
    await refused(1203, all(db));
    assert.equal((await seen.get('collection/orders')).body.errorNum, 1203);
  },
});

scenarios("S4's own text", {
  'a row that is not there yet is inserted': async ({ db, seen }) => {
    await orders(db);
    await db.query(forward, { rows: [{ _key: 'a', seq: 1, status: 'NEW' }] });
    assert.deepEqual(await seen.document('orders', 'a'), { _key: 'a', seq: 1, status: 'NEW' });
  },
  'a later row replaces an earlier one as a whole': async ({ db, seen }) => {
    await (await orders(db)).save({ _key: 'a', seq: 1, old: true });
    await db.query(forward, { rows: [{ _key: 'a', seq: 2 }] });
    assert.deepEqual(await seen.document('orders', 'a'), { _key: 'a', seq: 2 });
  },
  'an earlier row, or the same again, changes nothing': async ({ db, seen }) => {
    await (await orders(db)).save({ _key: 'a', seq: 3, status: 'FILLED' });
    await db.query(forward, { rows: [{ _key: 'a', seq: 2, status: 'NEW' }] });
    await db.query(forward, { rows: [{ _key: 'a', seq: 3, status: 'NEW' }] });
    assert.deepEqual(await seen.document('orders', 'a'), { _key: 'a', seq: 3, status: 'FILLED' });
  },
  'each of several rows is taken for itself': async ({ db, seen }) => {
    await (await orders(db)).saveAll([{ _key: 'a', seq: 1 }, { _key: 'b', seq: 9 }]);
    const cursor = await db.query(forward, { rows: [{ _key: 'a', seq: 2 }, { _key: 'b', seq: 8 }, { _key: 'c', seq: 1 }] });
    assert.deepEqual(await cursor.all(), []);
    assert.deepEqual([(await seen.document('orders', 'a')).seq, (await seen.document('orders', 'b')).seq, (await seen.document('orders', 'c')).seq], [2, 9, 1]);
  },
  'many that write one row at once end with the latest': async ({ db, seen }) => {
    await orders(db);
    await Promise.all(Array.from({ length: 20 }, (_, n) => db.query(forward, { rows: [{ _key: 'a', seq: n + 1 }] }, { retryOnConflict: 100 }).catch(error => {
      // Two inserted at once: the manual's "execute the same query again".
      if (error.errorNum !== 1210) throw error;
      return db.query(forward, { rows: [{ _key: 'a', seq: n + 1 }] }, { retryOnConflict: 100 });
    })));
    assert.equal((await seen.document('orders', 'a')).seq, 20);
  },
});
