// Errors and limits as it reports them: the venue's code, its text, and the headers.
import { assert, freshWindow, refusal, scenarios } from '../harness/scenarios.mjs';
import { order, stop, take } from './futures.mjs';
import { limit, market, symbol } from './spot.mjs';

const refused = (code, request) => async context => {
  assert.equal((await refusal(request(context))).code, code);
  assert.equal((await context.sim.rejects(code)).length, 1);
  assert.equal((await context.sim.orders()).length, 0);
};

scenarios('errors', {
  'a spot price off the tick': refused(-1013, ({ spot }) => spot.submitNewOrder(limit('x-U5D79M5Ba', { price: 80000.001 }))),
  'a futures price off the tick': refused(-4014, ({ fut }) => fut.submitNewOrder(order('a', { price: 80000.05 }))),
  'not enough money': refused(-2010, ({ spot }) => spot.submitNewOrder(limit('x-U5D79M5Ba', { side: 'SELL', quantity: 101, price: 85000 }))),
  'a conditional type on the old path': refused(-4120, ({ fut }) => fut.submitNewOrder({ symbol, side: 'SELL', type: 'STOP_MARKET', quantity: 1 })),
  'a stop that would trigger at once': refused(-2021, ({ fut }) => fut.submitNewAlgoOrder(stop('s', { triggerPrice: 91000 }))),
  'an order that does not exist': refused(-2013, ({ spot }) => spot.getOrder({ symbol, orderId: 1 })),
  'position mode as it is': refused(-4059, ({ fut }) => fut.setPositionMode({ dualSidePosition: 'false' })),
  'an unknown outcome hides an order that exists': async ({ fut, sim }) => {
    await sim.fault('accept-then-503A', { venue: 'FUT' });
    assert.match((await refusal(fut.submitNewOrder(order('a')))).message, /Unknown error/);
    assert.equal(await sim.status('x-15PC4ZJya'), 'NEW');
  },
  'an order may stay unseen for a while': async ({ spot, sim }) => {
    await sim.fault('hide-order', { venue: 'SPOT', seconds: 60 });
    const { orderId } = await spot.submitNewOrder(limit('x-U5D79M5Ba'));
    assert.equal((await refusal(spot.getOrder({ symbol, orderId }))).code, -2013);
    assert.equal(await sim.status('x-U5D79M5Ba'), 'NEW');
  },
});

scenarios('limits', {
  'the spot counters can be asked for': async ({ spot, sim }) => {
    await freshWindow(10, 2);
    await spot.submitNewOrder(limit('x-U5D79M5Ba'));
    assert.equal((await spot.getOrderRateLimit())[0].count, (await sim.orders()).length);
  },
  'a list counts two': async ({ spot, sim }) => {
    await freshWindow(10, 2);
    await spot.submitNewOrderList({ symbol, side: 'SELL', quantity: 1, aboveType: 'LIMIT_MAKER', abovePrice: 91000, belowType: 'STOP_LOSS', belowStopPrice: 89000 });
    assert.equal((await spot.getOrderRateLimit())[0].count, (await sim.orders()).length);
  },
  'a maker\'s fill gives back what others counted': async ({ spot, sim }) => {
    await freshWindow(10, 3);
    for (const id of ['a', 'b', 'c', 'd', 'e', 'f']) await spot.submitNewOrder(limit('x-U5D79M5B' + id, { price: 89999.5 }));
    await sim.sell('SPOT', 89999.5, 1);
    assert.deepEqual([(await spot.getOrderRateLimit())[0].count, await sim.status('x-U5D79M5Ba')], [1, 'FILLED']);
  },
  'the spot order after the hundredth in ten seconds is refused': async ({ spot, sim }) => {
    await freshWindow(10, 5);
    for (let i = 0; i < 100; i++) await spot.submitNewOrder({ symbol, side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', quantity: 0.001, price: 80000 });
    assert.equal((await refusal(spot.submitNewOrder(limit('x-U5D79M5Bz')))).code, -1015);
    assert.equal((await sim.orders()).length, 100);
  },
  'a ban names its end': async ({ fut, sim }) => {
    await sim.fault('418', { venue: 'FUT', seconds: 2 });
    const error = await refusal(fut.submitNewOrder(take('m')));
    assert.match(error.message, /banned until \d{13}/);
    assert.equal(error.headers['retry-after'], '2');
    assert.equal((await sim.orders()).length, 0);
  },
  'a single 429 passes': async ({ spot, sim }) => {
    await sim.fault('429', { venue: 'SPOT', seconds: 1 });
    assert.equal((await refusal(spot.submitNewOrder(market('x-U5D79M5Bm')))).code, -1003);
    await spot.submitNewOrder(market('x-U5D79M5Bm'));
    assert.equal((await sim.orders()).length, 1);
  },
});
