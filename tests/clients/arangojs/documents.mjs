import { assert, refused, scenarios } from './scenario.mjs';

const orders = db => db.createCollection('orders');

scenarios('documents', {
  'what is saved is read, with id, key and revision': async ({ db, seen }) => {
    const collection = await orders(db);
    const saved = await collection.save({ _key: 's4a', qty: '0.015', note: '價格 ≥ 1', none: null });
    assert.equal(saved._id, 'orders/s4a');
    assert.equal((await collection.document('s4a'))._rev, saved._rev);
    assert.deepEqual(await seen.document('orders', 's4a'), { _key: 's4a', qty: '0.015', note: '價格 ≥ 1', none: null });
  },
  'a document without a key is given one': async ({ db, seen }) => {
    const { _key } = await (await orders(db)).save({ a: 1 });
    assert.deepEqual(await seen.document('orders', _key), { _key, a: 1 });
  },
  'a second document of one key is refused': async ({ db, seen }) => {
    const collection = await orders(db);
    await collection.save({ _key: 'a', n: 1 });
    assert.equal((await refused(1210, collection.save({ _key: 'a', n: 2 }))).code, 409);
    assert.equal((await seen.document('orders', 'a')).n, 1);
  },
  'an illegal key is refused': async ({ db, seen }) => {
    const collection = await orders(db);
    await refused(1221, collection.save({ _key: 'a/b' }));
    await refused(1221, collection.save({ _key: 'x'.repeat(255) }));
    assert.equal(await seen.count('orders'), 0);
  },
  'a missing document is told by its number': async ({ db, seen }) => {
    const collection = await orders(db);
    await refused(1202, collection.document('none'));
    assert.equal(await collection.document('none', { graceful: true }), null);
    assert.equal(await collection.documentExists('none'), false);
    assert.equal(await seen.document('orders', 'none'), undefined);
  },
  'an update merges, a replacement does not, and each has a new revision': async ({ db, seen }) => {
    const collection = await orders(db);
    const saved = await collection.save({ _key: 'a', n: 1, in: { x: 1 } });
    const updated = await collection.update('a', { m: 2, in: { y: 2 } });
    assert.equal(updated._oldRev, saved._rev);
    assert.notEqual(updated._rev, saved._rev);
    assert.deepEqual(await seen.document('orders', 'a'), { _key: 'a', n: 1, in: { x: 1, y: 2 }, m: 2 });
    await collection.replace('a', { n: 3 });
    assert.deepEqual(await seen.document('orders', 'a'), { _key: 'a', n: 3 });
  },
  'an update without keepNull takes away what is null': async ({ db, seen }) => {
    const collection = await orders(db);
    await collection.save({ _key: 'a', n: 1, m: 2 });
    await collection.update('a', { m: null }, { keepNull: false });
    assert.deepEqual(await seen.document('orders', 'a'), { _key: 'a', n: 1 });
  },
  'a revision that has gone on is not replaced': async ({ db, seen }) => {
    const collection = await orders(db);
    const { _rev } = await collection.save({ _key: 'a', n: 1 });
    await collection.replace('a', { n: 2 });
    assert.equal((await refused(1200, collection.replace('a', { n: 3 }, { ifMatch: _rev }))).code, 412);
    assert.equal((await refused(1200, collection.replace('a', { n: 3, _rev }, { ignoreRevs: false }))).code, 412);
    assert.equal((await seen.document('orders', 'a')).n, 2);
  },
  'the old and the new document are told where asked for': async ({ db, seen }) => {
    const collection = await orders(db);
    assert.equal((await collection.save({ _key: 'a', n: 1 }, { returnNew: true })).new.n, 1);
    const replaced = await collection.replace('a', { n: 2 }, { returnNew: true, returnOld: true });
    assert.deepEqual([replaced.old.n, replaced.new.n], [1, 2]);
    assert.equal((await collection.remove('a', { returnOld: true })).old.n, 2);
    assert.equal(await seen.document('orders', 'a'), undefined);
  },
});
