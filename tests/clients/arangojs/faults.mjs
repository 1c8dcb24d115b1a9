import { assert, refused, scenarios } from './scenario.mjs';

const forward = { rows: [{ _key: 'a', seq: 2 }] };

scenarios('faults', {
  'a conflict is one to the driver, which repeats where it may': async ({ db, server, seen }) => {
    const orders = await db.createCollection('orders');
    await server.fault('conflict');
    assert.equal((await refused(1200, orders.save({ _key: 'a' }))).code, 409);
    assert.equal(await seen.count('orders'), 0);
    await server.fault('conflict', { count: 3 });
    await db.request({ method: 'POST', pathname: '/_api/document/orders', body: { _key: 'a' }, retryOnConflict: 3 });
    assert.equal(await seen.count('orders'), 1);
  },
  'a conflict inside an array is told in its place': async ({ db, server, seen }) => {
    const orders = await db.createCollection('orders');
    await server.fault('conflict');
    assert.deepEqual((await orders.saveAll([{ _key: 'a' }, { _key: 'b' }])).map(answer => answer.errorNum), [1200, undefined]);
    assert.equal(await seen.count('orders'), 1);
  },
  'maintenance is told by its number, and passes': async ({ db, server, seen }) => {
    const orders = await db.createCollection('orders');
    await server.fault('unavailable');
    assert.equal((await refused(503, orders.save({ _key: 'a' }))).code, 503);
    await orders.save({ _key: 'a' });
    assert.equal(await seen.count('orders'), 1);
  },
  'an answer that is lost after the write leaves the write': async ({ db, server, seen }) => {
    const orders = await db.createCollection('orders');
    await server.fault('drop', { path: 'document' });
    await assert.rejects(orders.save({ _key: 'a' }));
    assert.equal(await seen.count('orders'), 1);
    const [again] = await orders.saveAll([{ _key: 'a' }], { overwriteMode: 'ignore' });
    assert.equal(again.error, undefined);
  },
  'a server that is away is no answer of the server': async ({ db, server, seen }) => {
    const orders = await db.createCollection('orders');
    await server.fault('down', { path: 'document' });
    const error = await orders.save({ _key: 'a' }).then(() => null, error => error);
    assert.equal(error.errorNum, undefined);
    assert.equal(await seen.count('orders'), 0);
  },
  'an AQL text that the stand-in does not know is refused in plain words': async ({ db, seen }) => {
    await db.createCollection('orders');
    const error = await db.query('FOR row IN @rows INSERT row INTO orders', forward).then(() => null, error => error);
    assert.equal(error.code, 501);
    assert.match(error.message, /does not know this AQL text/);
    assert.equal(await seen.count('orders'), 0);
  },
}, { onlyStandIn: true });
