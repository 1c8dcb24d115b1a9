import { assert, refused, scenarios } from './scenario.mjs';

scenarios('databases and collections', {
  'a database that exists says its name, and is listed': async ({ root, db, name, seen }) => {
    assert.equal((await db.get()).name, name);
    assert((await root.listDatabases()).includes(name));
    assert.equal((await seen.get('database/current')).body.result.name, name);
  },
  'a database that does not exist is told by its number': async ({ root, seen }) => {
    const other = root.database('nowhere');
    assert.equal(await other.exists(), false);
    await refused(1228, other.get());
    assert.equal((await seen.get('database/current', 'nowhere')).body.errorNum, 1228);
  },
  'a second database of one name is refused': async ({ root, name, seen }) => {
    assert.equal((await refused(1207, root.createDatabase(name))).code, 409);
    assert.equal((await seen.get('database/current')).status, 200);
  },
  'a collection is made once, and says that it waits for the disk': async ({ db, seen }) => {
    const orders = await db.createCollection('orders', { waitForSync: true });
    assert.equal(await orders.exists(), true);
    assert.equal((await orders.properties()).waitForSync, true);
    assert.equal((await refused(1207, db.createCollection('orders'))).code, 409);
    assert.equal((await seen.get('collection/orders')).body.type, 2);
  },
  'a collection that does not exist is told by its number': async ({ db, seen }) => {
    const missing = db.collection('missing');
    assert.equal(await missing.exists(), false);
    await refused(1203, missing.save({ _key: 'a' }));
    assert.equal((await seen.get('collection/missing')).body.errorNum, 1203);
  },
  'a dropped collection is gone': async ({ db, seen }) => {
    const things = await db.createCollection('things');
    await things.drop();
    assert.equal(await things.exists(), false);
    assert.equal((await seen.get('collection/things')).status, 404);
  },
  'a truncated collection is empty': async ({ db, seen }) => {
    const things = await db.createCollection('things');
    await things.saveAll([{ _key: 'a' }, { _key: 'b' }]);
    await things.truncate();
    assert.equal(await seen.count('things'), 0);
  },
});

const fields = (indexes, name) => indexes.find(index => index.name === name)?.fields;

scenarios('indexes', {
  'a persistent index is made, and is the same when asked for again': async ({ db, seen }) => {
    const orders = await db.createCollection('orders');
    const wanted = { type: 'persistent', name: 'orders_symbol_created_at', fields: ['symbol', 'created_at'], inBackground: true };
    const first = await orders.ensureIndex(wanted);
    const again = await orders.ensureIndex(wanted);
    assert.equal(first.isNewlyCreated, true);
    assert.equal(again.isNewlyCreated, false);
    assert.equal(first.id, again.id);
    assert.deepEqual(fields((await seen.get('index?collection=orders')).body.indexes, wanted.name), wanted.fields);
  },
  'one name for two indexes is refused': async ({ db, seen }) => {
    const orders = await db.createCollection('orders');
    await orders.ensureIndex({ type: 'persistent', name: 'one', fields: ['a'] });
    await refused(1207, orders.ensureIndex({ type: 'persistent', name: 'one', fields: ['b'] }));
    assert.deepEqual(fields((await seen.get('index?collection=orders')).body.indexes, 'one'), ['a']);
  },
  'the primary index is there from the start': async ({ db, seen }) => {
    const orders = await db.createCollection('orders');
    assert.equal((await orders.indexes())[0].type, 'primary');
    assert.equal((await seen.get('index?collection=orders')).body.indexes.length, 1);
  },
  'a unique index keeps a second document out': async ({ db, seen }) => {
    const orders = await db.createCollection('orders');
    await orders.ensureIndex({ type: 'persistent', name: 'one', fields: ['order_id'], unique: true });
    await orders.save({ _key: 'a', order_id: '7' });
    assert.equal((await refused(1210, orders.save({ _key: 'b', order_id: '7' }))).code, 409);
    assert.equal(await seen.count('orders'), 1);
  },
  'a unique index is not made over what is not unique': async ({ db, seen }) => {
    const orders = await db.createCollection('orders');
    await orders.saveAll([{ order_id: '7' }, { order_id: '7' }]);
    await refused(1210, orders.ensureIndex({ type: 'persistent', fields: ['order_id'], unique: true }));
    assert.equal((await seen.get('index?collection=orders')).body.indexes.length, 1);
  },
  'an index is dropped by its id': async ({ db, seen }) => {
    const orders = await db.createCollection('orders');
    const { id } = await orders.ensureIndex({ type: 'persistent', fields: ['order_id'] });
    await orders.dropIndex(id);
    await refused(1212, orders.index(id));
    assert.equal((await seen.get('index?collection=orders')).body.indexes.length, 1);
  },
});
