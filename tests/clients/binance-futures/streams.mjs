// The user stream by listen key on the private path; market streams on the public and the market path.
import { assert, scenarios, until } from '../harness/scenarios.mjs';
import { limit, market, symbol } from './orders.mjs';
import { stop } from './algos.mjs';

const listening = run => async context => {
  const { listenKey } = await context.rest.startUserDataStream();
  const connection = await context.client.websocketStreams.connect();
  try {
    const events = [];
    connection.userData(listenKey).on('message', event => events.push(event));
    const orders = (type, pick = e => e.o.x ?? e.o.X) => events.filter(e => e.e === type).map(pick);
    const of = (type, state) => until(() => events.find(e => e.e === type && (!state || (e.o.x ?? e.o.X) === state)));
    // The subscription is on its way: an order that nobody else looks at shows when it has arrived.
    await until(async () => {
      await context.rest.newOrder(limit('probe' + Date.now(), { symbol: 'ETHUSDT', price: 2000, timeInForce: 'GTC' }));
      return events.length > 0;
    });
    await context.sim.reset();
    await until(async () => { const before = events.length; await new Promise(r => setTimeout(r, 30)); return before === events.length; });
    events.length = 0;
    await run({ ...context, events, orders, of, listenKey });
  } finally {
    await connection.disconnect();
  }
};

const watching = (open, provoke, check) => async context => {
  const connection = await context.client.websocketStreams.connect();
  try {
    const events = [];
    open(connection).on('message', event => events.push(event));
    await until(async () => { await provoke(context); return events.length > 0; });
    await check(context, events);
  } finally {
    await connection.disconnect();
  }
};

scenarios('streams', {
  'a resting order is told as NEW': listening(async ({ rest, sim, of }) => {
    await rest.newOrder(limit('a'));
    assert.equal(Number((await of('ORDER_TRADE_UPDATE', 'NEW')).o.i), (await sim.order('a')).orderId);
  }),
  'every fill is told once with its trade number': listening(async ({ rest, sim, orders, events }) => {
    await rest.newOrder(market('a', 'BUY', { quantity: 15 }));
    await until(() => events.some(e => e.o?.X === 'FILLED'));
    assert.deepEqual(events.filter(e => e.o?.x === 'TRADE').map(e => Number(e.o.t)), (await sim.trades('a')).map(t => t.tradeId));
    assert.equal(orders('TRADE_LITE', () => 1).length, (await sim.trades('a')).length);
  }),
  'a cancel is told under the order\'s own name': listening(async ({ rest, sim, of }) => {
    await rest.newOrder(limit('a'));
    await rest.cancelOrder({ symbol, origClientOrderId: 'a' });
    assert.deepEqual([(await of('ORDER_TRADE_UPDATE', 'CANCELED')).o.c, await sim.status('a')], ['a', 'CANCELED']);
  }),
  'a modification is told as AMENDMENT': listening(async ({ rest, sim, of }) => {
    await rest.newOrder(limit('a'));
    await rest.modifyOrder({ symbol, side: 'BUY', origClientOrderId: 'a', price: 81000, quantity: 2 });
    assert.equal(Number((await of('ORDER_TRADE_UPDATE', 'AMENDMENT')).o.p), Number((await sim.order('a')).price));
  }),
  'the position is told after a trade': listening(async ({ rest, sim, events }) => {
    await rest.newOrder(market('a'));
    const update = await until(() => events.find(e => e.e === 'ACCOUNT_UPDATE'));
    assert.equal(Number(update.a.P[0].pa), Number((await sim.order('a')).executedQty));
  }),
  'a conditional order is told to its end': listening(async ({ rest, sim, orders, of }) => {
    await rest.newAlgoOrder(stop('s'));
    await sim.mid('FUT', 88000);
    const { o } = await of('ALGO_UPDATE', 'FINISHED');
    assert.deepEqual(orders('ALGO_UPDATE'), ['NEW', 'TRIGGERING', 'TRIGGERED', 'FINISHED']);
    assert.equal(Number(o.ai), (await sim.algo('s')).childOrderId);
  }),
  'a child may be told before its parent': listening(async ({ rest, sim, events, of }) => {
    await rest.newAlgoOrder(stop('s'));
    await sim.fault('child-before-algo-update');
    await sim.mid('FUT', 88000);
    await of('ALGO_UPDATE', 'FINISHED');
    const states = events.filter(e => e.e === 'ALGO_UPDATE' || e.e === 'ORDER_TRADE_UPDATE').map(e => e.o.x ?? e.o.X);
    assert(states.indexOf('TRADE') < states.indexOf('TRIGGERED'));
    assert.equal((await sim.algo('s')).status, 'FINISHED');
  }),
  'an expired listen key says so and falls silent': listening(async ({ rest, sim, events, listenKey }) => {
    await sim.admin('POST', 'faults', { kind: 'expire-listen-key' });
    await until(() => events.some(e => e.e === 'listenKeyExpired'));
    await rest.newOrder(limit('a'));
    assert(!events.some(e => e.e === 'ORDER_TRADE_UPDATE'));
    assert.equal(await sim.status('a'), 'NEW');
    assert.notEqual((await rest.startUserDataStream()).listenKey, listenKey);
  }),
  'the book ticker shows the best prices': watching(c => c.individualSymbolBookTickerStreams({ symbol: 'btcusdt' }),
    ({ rest }) => rest.newOrder(limit('b' + Date.now(), { price: 89999.5, quantity: 0.001 })), async ({ sim }, events) => {
      await until(() => events.some(e => e.b === '89999.5'));
      assert((await sim.orders()).length > 0);
    }),
  'the mark price comes by itself': watching(c => c.markPriceStream({ symbol: 'btcusdt', updateSpeed: '1s' }),
    () => new Promise(resolve => setTimeout(resolve, 50)), async ({ sim }, events) => {
      assert.equal(Number(events[0].p), 90000);
      assert.equal((await sim.ledger()).trades.length, 0);
    }),
  'public trades show ours': watching(c => c.aggregateTradeStreams({ symbol: 'btcusdt' }), ({ rest }) => rest.newOrder(market('t' + Date.now(), 'BUY', { quantity: 0.01 })),
    async ({ sim }, events) => assert((await sim.ledger()).trades.some(t => t.tradeId === Number(events[0].a)))),
});
