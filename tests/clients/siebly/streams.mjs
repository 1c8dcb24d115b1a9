// User and market streams over its WebSocket clients.
import { assert, scenarios, until } from '../harness/scenarios.mjs';
import { order, stop, take } from './futures.mjs';
import { limit, market, symbol } from './spot.mjs';

const collect = (socket, events) => {
  socket.on('message', event => events.push(event.event ?? event));
  socket.on('exception', () => {});
};

const spotUser = run => async context => {
  const api = context.socketApi();
  const events = [];
  collect(api.getWSClient(), events);
  try {
    await api.subscribeUserDataStream('mainWSAPI');
    await run({ ...context, events });
  } finally {
    api.getWSClient().closeAll(true);
  }
};

const futuresUser = run => async context => {
  const socket = context.socket();
  const events = [];
  collect(socket, events);
  try {
    const opened = new Promise(resolve => socket.on('open', resolve));
    await socket.subscribeUsdFuturesUserDataStream();
    await opened;
    await run({ ...context, events });
  } finally {
    socket.closeAll(true);
  }
};

const watch = (key, topic, provoke, check) => async context => {
  const socket = context.socket();
  const events = [];
  collect(socket, events);
  try {
    socket.subscribe([topic], key);
    await until(async () => { await provoke(context); await new Promise(r => setTimeout(r, 50)); return events.length > 0; });
    await check(context, events);
  } finally {
    socket.closeAll(true);
  }
};

scenarios('streams', {
  'a spot order is told as NEW, then as CANCELED under its new name': spotUser(async ({ spot, sim, events }) => {
    const { orderId } = await spot.submitNewOrder(limit('x-U5D79M5Ba'));
    await spot.cancelOrder({ symbol, orderId, newClientOrderId: 'x-U5D79M5Bc' });
    const told = await until(() => events.find(e => e.x === 'CANCELED'));
    assert.deepEqual([told.c, told.C, await sim.status('x-U5D79M5Ba')], ['x-U5D79M5Bc', 'x-U5D79M5Ba', 'CANCELED']);
  }),
  'spot fills are told once each': spotUser(async ({ spot, sim, events }) => {
    await spot.submitNewOrder(market('x-U5D79M5Bm', 'BUY', { quantity: 15 }));
    await until(() => events.some(e => e.X === 'FILLED'));
    assert.deepEqual(events.filter(e => e.x === 'TRADE').map(e => Number(e.t)), (await sim.trades('x-U5D79M5Bm')).map(t => t.tradeId));
  }),
  'futures fills are told once each': futuresUser(async ({ fut, sim, events }) => {
    await fut.submitNewOrder(take('m', 'BUY', { quantity: 15 }));
    await until(() => events.some(e => e.o?.X === 'FILLED'));
    assert.deepEqual(events.filter(e => e.o?.x === 'TRADE').map(e => Number(e.o.t)), (await sim.ledger()).trades.map(t => t.tradeId));
  }),
  'a conditional order is told to its end': futuresUser(async ({ fut, sim, events }) => {
    await fut.submitNewAlgoOrder(stop('s'));
    await sim.mid('FUT', 88000);
    await until(() => events.some(e => e.o?.X === 'FINISHED'));
    assert.equal((await sim.algo('x-15PC4ZJys')).status, 'FINISHED');
  }),
  'a dropped event is missing, the order is not': futuresUser(async ({ fut, sim, events }) => {
    await sim.fault('drop-events', { event: 'ORDER_TRADE_UPDATE' });
    await fut.submitNewOrder(order('a'));
    await fut.submitNewOrder(order('b'));
    await until(() => events.some(e => e.o?.c === 'x-15PC4ZJyb'));
    assert(!events.some(e => e.o?.c === 'x-15PC4ZJya'));
    assert.equal(await sim.status('x-15PC4ZJya'), 'NEW');
  }),
  'the spot book ticker shows the best prices': watch('main', 'btcusdt@bookTicker',
    ({ spot }) => spot.submitNewOrder({ symbol, side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', quantity: 0.001, price: 89999.5 }), async ({ sim }, events) => {
      await until(() => events.some(e => e.b === '89999.50000000'));
      assert((await sim.orders()).length > 0);
    }),
  'public futures trades show ours': watch('usdmMarket', 'btcusdt@aggTrade', ({ fut }) => fut.submitNewOrder({ symbol, side: 'BUY', type: 'MARKET', quantity: 0.01 }),
    async ({ sim }, events) => assert((await sim.ledger()).trades.some(t => t.tradeId === Number(events[0].a)))),
});
