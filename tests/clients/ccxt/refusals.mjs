// Errors and limits as ccxt's own error classes see them.
import { assert, freshWindow, refusal, scenarios } from '../harness/scenarios.mjs';
import { F, S, named } from './orders.mjs';

// With both venues on one host ccxt cannot always tell whose table of codes applies; then its class is the general one; the ledger has the code.
const refused = (name, code, request) => async context => {
  const error = await refusal(request(context));
  assert([name, 'ExchangeError', 'BadRequest'].includes(error.name), error.name);
  assert.equal((await context.sim.rejects(code)).length, 1);
  assert.equal((await context.sim.orders()).length, 0);
};

scenarios('errors', {
  'not enough money': refused('InsufficientFunds', -2010, ({ spot }) => spot.createOrder(S, 'limit', 'sell', 101, 85000)),
  'not enough margin': async context => {
    await context.fut.setLeverage(1, F);
    await refused('InsufficientFunds', -2019, ({ fut }) => fut.createOrder(F, 'limit', 'buy', 200, 80000))(context);
  },
  'a maker that would take': refused('OrderImmediatelyFillable', -2010, ({ spot }) => spot.createOrder(S, 'limit', 'buy', 1, 95000, { postOnly: true })),
  'a futures maker that would take': refused('OrderImmediatelyFillable', -5022, ({ fut }) => fut.createOrder(F, 'limit', 'buy', 1, 90001, { postOnly: true })),
  'an order that does not exist': refused('OrderNotFound', -2013, ({ spot }) => spot.fetchOrder('1', S)),
  'a cancel of nothing': refused('OrderNotFound', -2011, ({ fut }) => fut.cancelOrder('1', F)),
  'too small a value': refused('InvalidOrder', -1013, ({ spot }) => spot.createOrder(S, 'limit', 'buy', 0.00002, 80000)),
  'a stop that would trigger at once': refused('OrderImmediatelyFillable', -2021, ({ fut }) => fut.createOrder(F, 'market', 'sell', 1, undefined, { stopLossPrice: 91000 })),
  'a margin type that is set already': async ({ fut, sim }) => {
    assert.equal((await refusal(fut.setMarginMode('cross', F))).name, 'MarginModeAlreadySet');
    assert.equal((await sim.rejects(-4046)).length, 1);
  },
  'an unknown outcome hides an order that exists': async ({ spot, sim }) => {
    await sim.fault('-1007-after-execution', { venue: 'SPOT' });
    await refusal(spot.createOrder(S, 'limit', 'buy', 1, 80000, named('a')));
    assert.equal((await spot.fetchOrder('', S, { clientOrderId: 'a' })).status, 'open');
    assert.equal(await sim.status('a'), 'NEW');
  },
});

scenarios('limits', {
  'the spot counters can be asked for': async ({ spot, sim }) => {
    await freshWindow(10, 2);
    await spot.createOrder(S, 'limit', 'buy', 1, 80000, named('a'));
    assert.equal(Number((await spot.privateGetRateLimitOrder())[0].count), (await sim.orders()).length);
  },
  'a fill gives back what it counted': async ({ spot, sim }) => {
    await spot.createOrder(S, 'market', 'buy', 1, undefined, named('m'));
    assert.deepEqual([Number((await spot.privateGetRateLimitOrder())[0].count), await sim.status('m')], [0, 'FILLED']);
  },
  'headers carry the futures counters': async ({ fut, sim }) => {
    await freshWindow(10, 2);
    await fut.createOrder(F, 'limit', 'buy', 1, 80000, named('a'));
    const header = Object.entries(fut.last_response_headers).find(([name]) => name.toLowerCase() === 'x-mbx-order-count-10s');
    assert.deepEqual([header?.[1], (await sim.orders()).length], ['1', 1]);
  },
  'the spot order after the hundredth in ten seconds is refused': async ({ spot, sim }) => {
    await freshWindow(10, 5);
    for (let i = 0; i < 100; i++) await spot.createOrder(S, 'limit', 'buy', 0.001, 80000);
    assert.match((await refusal(spot.createOrder(S, 'limit', 'buy', 0.001, 80000))).name, /DDoSProtection|RateLimitExceeded/);
    assert.deepEqual([(await sim.orders()).length, (await sim.rejects(-1015)).length], [100, 1]);
  },
  'a ban is a DDoS protection to ccxt': async ({ fut, sim }) => {
    await sim.fault('418', { venue: 'FUT', seconds: 2 });
    assert.match((await refusal(fut.fetchOpenOrders(F))).name, /DDoSProtection|RateLimitExceeded/);
    assert.equal((await sim.rejects(-1003)).length, 1);
  },
  'a single 429 passes': async ({ spot, sim }) => {
    await sim.fault('429', { venue: 'SPOT', seconds: 1 });
    assert.match((await refusal(spot.createOrder(S, 'limit', 'buy', 1, 80000, named('a')))).name, /DDoSProtection|RateLimitExceeded/);
    await spot.createOrder(S, 'limit', 'buy', 1, 80000, named('a'));
    assert.equal((await sim.orders('a')).length, 1);
  },
});
