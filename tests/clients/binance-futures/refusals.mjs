// Errors and limits as the connector's own error classes see them.
import { assert, freshWindow, refusal, scenarios } from '../harness/scenarios.mjs';
import { limit, market, symbol } from './orders.mjs';

const refused = (request, code) => async ({ rest, sim }) => {
  assert.equal((await refusal(request(rest))).code, code);
  assert.equal((await sim.rejects(code)).length, 1);
  assert.equal((await sim.orders()).length, 0);
};

scenarios('errors', {
  'a price off the tick': refused(rest => rest.newOrder(limit('a', { price: 80000.05 })), -4014),
  'a quantity too precise': refused(rest => rest.newOrder(limit('a', { quantity: 0.0001 })), -1111),
  'too small a value': refused(rest => rest.newOrder(limit('a', { quantity: 0.001, symbol: 'ETHUSDT', price: 2900 })), -4164),
  'a price too far': refused(rest => rest.newOrder(limit('a', { price: 99000 })), -4016),
  'an unknown symbol': refused(rest => rest.newOrder(limit('a', { symbol: 'NOPEUSDT' })), -1121),
  'not enough margin': async ({ rest, sim }) => {
    await rest.changeInitialLeverage({ symbol, leverage: 1 });
    assert.equal((await refusal(rest.newOrder(limit('a', { quantity: 200 })))).code, -2019);
    assert.equal((await sim.orders()).length, 0);
  },
  'an order that does not exist': refused(rest => rest.queryOrder({ symbol, origClientOrderId: 'none' }), -2013),
  'a cancel of nothing': refused(rest => rest.cancelOrder({ symbol, origClientOrderId: 'none' }), -2011),
  'a conditional type on the old path': refused(rest => rest.newOrder({ symbol, side: 'SELL', type: 'STOP_MARKET', quantity: 1 }), -4120),
  'reducing what is not there': refused(rest => rest.newOrder(market('a', 'SELL', { reduceOnly: 'true' })), -2022),
  'a name that is taken': async ({ rest, sim }) => {
    await rest.newOrder(limit('a'));
    assert.equal((await refusal(rest.newOrder(limit('a')))).code, -4116);
    assert.equal((await sim.orders('a')).length, 1);
  },
  'an unknown outcome hides an order that exists': async ({ rest, sim }) => {
    await sim.fault('accept-then-503A', { venue: 'FUT' });
    assert.equal((await refusal(rest.newOrder(limit('a')))).name, 'ServerError');
    assert.equal((await rest.queryOrder({ symbol, origClientOrderId: 'a' })).status, await sim.status('a'));
  },
  'a throttled one does not exist': async ({ rest, sim }) => {
    await sim.fault('reject-503C', { venue: 'FUT' });
    assert.equal((await refusal(rest.newOrder(limit('a')))).name, 'ServerError');
    assert.equal((await sim.orders()).length, 0);
  },
});

scenarios('limits', {
  'a placement shows both order counters and costs no weight': async ({ raw, sim }) => {
    const { rateLimits, headers } = await raw.newOrder(limit('a'));
    assert.deepEqual(rateLimits.filter(l => l.rateLimitType === 'ORDERS').map(l => l.count), [1, 1]);
    assert.equal(headers['x-mbx-used-weight-1m'], '0');
    assert.equal((await sim.orders()).length, 1);
  },
  'a batch counts five and one': async ({ raw, sim }) => {
    const { headers } = await raw.placeMultipleOrders({ batchOrders: [{ symbol, side: 'BUY', type: 'MARKET', quantity: '1', newClientOrderId: 'b' }] });
    assert.deepEqual([headers['x-mbx-order-count-10s'], headers['x-mbx-order-count-1m']], ['5', '1']);
    assert.equal(await sim.status('b'), 'FILLED');
  },
  'a fill gives nothing back': async ({ raw, rest, sim }) => {
    await freshWindow(10, 2);
    await rest.newOrder(market('m'));
    const { headers } = await raw.newOrder(limit('l'));
    assert.deepEqual([headers['x-mbx-order-count-10s'], await sim.status('m')], ['2', 'FILLED']);
  },
  'the order after the three hundredth in ten seconds is refused': async ({ rest, sim }) => {
    await freshWindow(10, 6);
    for (let i = 0; i < 300; i++) await rest.newOrder(market('o' + i, i % 2 ? 'SELL' : 'BUY', { quantity: 0.001 }));
    const error = await refusal(rest.newOrder(market('one-more')));
    assert.deepEqual([error.name, error.code], ['TooManyRequestsError', -1015]);
    assert.equal((await sim.orders()).length, 300);
  },
  'who goes on after 429 is banned': async ({ rest, sim }) => {
    await freshWindow(60, 5);
    const seen = [];
    while (seen.at(-1) !== 'RateLimitBanError') {
      try {
        await rest.currentAllOpenOrders();
      } catch (error) {
        seen.push(error.name);
      }
    }
    assert.equal(seen[0], 'TooManyRequestsError');
    assert.equal((await sim.rejects(-1003)).length, seen.length);
  },
  'a single 429 passes': async ({ rest, sim }) => {
    await sim.fault('429', { venue: 'FUT', seconds: 1 });
    assert.equal((await refusal(rest.newOrder(limit('a')))).name, 'TooManyRequestsError');
    await rest.newOrder(limit('a'));
    assert.equal((await sim.orders('a')).length, 1);
  },
});
