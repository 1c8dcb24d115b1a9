// Errors and limits as the connector's own error classes see them.
import { assert, freshWindow, refusal, scenarios } from '../harness/scenarios.mjs';
import { limit } from './orders.mjs';

const symbol = 'BTCUSDT';

/** The call is refused with that code, and nothing of it is in the ledger but the refusal. */
const refused = (request, code, name) => async ({ rest, sim }) => {
  const error = await refusal(request(rest));
  assert.deepEqual([error.code, error.name], [code, name ?? 'BadRequestError']);
  assert.equal((await sim.rejects(code)).length, 1);
  assert.equal((await sim.orders()).length, 0);
};

scenarios('errors', {
  'a price off the tick': refused(rest => rest.newOrder(limit('a', { price: 80000.001 })), -1013),
  'a quantity off the step': refused(rest => rest.newOrder(limit('a', { quantity: 0.000001 })), -1013),
  'too small a value': refused(rest => rest.newOrder(limit('a', { quantity: 0.00002 })), -1013),
  'an unknown symbol': refused(rest => rest.newOrder(limit('a', { symbol: 'NOPEUSDT' })), -1121),
  'not enough money': refused(rest => rest.newOrder(limit('a', { side: 'SELL', quantity: 101, price: 85000 })), -2010),
  'an order that does not exist': refused(rest => rest.getOrder({ symbol, origClientOrderId: 'none' }), -2013),
  'a cancel of nothing': refused(rest => rest.deleteOrder({ symbol, origClientOrderId: 'none' }), -2011),
  'a maker that would take': refused(rest => rest.newOrder({ symbol, side: 'BUY', type: 'LIMIT_MAKER', quantity: 1, price: 95000 }), -2010),
  'a name that is taken': async ({ rest, sim }) => {
    await rest.newOrder(limit('a'));
    assert.match((await refusal(rest.newOrder(limit('a')))).message, /Duplicate order sent/);
    assert.equal((await sim.orders('a')).length, 1);
  },
  'an answer that is lost hides an order that exists': async ({ rest, sim }) => {
    await sim.fault('accept-then-503A', { venue: 'SPOT' });
    assert.equal((await refusal(rest.newOrder(limit('a')))).name, 'ServerError');
    assert.equal(await sim.status('a'), 'NEW');
    assert.equal((await rest.getOrder({ symbol, origClientOrderId: 'a' })).status, 'NEW');
  },
  'a connection that breaks does too': async ({ rest, sim }) => {
    await sim.fault('accept-then-drop-response', { venue: 'SPOT' });
    assert.equal((await refusal(rest.newOrder(limit('a')))).name, 'NetworkError');
    assert.equal(await sim.status('a'), 'NEW');
  },
});

scenarios('limits', {
  'a placement costs no weight and shows the order counters': async ({ raw, sim }) => {
    const { rateLimits, headers } = await raw.newOrder(limit('a'));
    assert.deepEqual(rateLimits.filter(l => l.rateLimitType === 'ORDERS').map(l => l.count), [1, 1]);
    assert.equal(headers['x-mbx-used-weight-1m'], '0');
    assert.equal((await sim.orders()).length, 1);
  },
  'the counters can be asked for': async ({ rest, sim }) => {
    for (const id of ['a', 'b']) await rest.newOrder(limit(id));
    assert.equal((await rest.rateLimitOrder())[0].count, (await sim.orders()).length);
  },
  'a fill gives back what it counted': async ({ rest, sim }) => {
    await rest.newOrder({ symbol, side: 'BUY', type: 'MARKET', quantity: 1, newClientOrderId: 'm' });
    assert.deepEqual([(await rest.rateLimitOrder())[0].count, await sim.status('m')], [0, 'FILLED']);
  },
  'a cancel gives nothing back': async ({ rest, sim }) => {
    await freshWindow(10, 2);
    await rest.newOrder(limit('a'));
    await rest.deleteOrder({ symbol, origClientOrderId: 'a' });
    assert.deepEqual([(await rest.rateLimitOrder())[0].count, await sim.status('a')], [1, 'CANCELED']);
  },
  'the order after the hundredth in ten seconds is refused': async ({ rest, sim }) => {
    await freshWindow(10, 4);
    for (let i = 0; i < 100; i++) await rest.newOrder(limit('o' + i, { quantity: 0.001 }));
    const error = await refusal(rest.newOrder(limit('one-more')));
    assert.deepEqual([error.name, error.code], ['TooManyRequestsError', -1015]);
    assert.equal((await sim.orders()).length, 100);
  },
  'who goes on after 429 is banned': async ({ rest, sim }) => {
    await freshWindow(60, 5);
    const seen = [];
    while (seen.at(-1) !== 'RateLimitBanError') {
      try {
        await rest.getOpenOrders();
      } catch (error) {
        seen.push(error.name);
      }
    }
    assert.equal(seen[0], 'TooManyRequestsError');
    assert.equal((await sim.rejects(-1003)).length, seen.length);
  },
});
