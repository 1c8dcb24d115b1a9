// The user stream over the WebSocket API, and the market streams.
import { assert, scenarios, until } from '../harness/scenarios.mjs';
import { limit } from './orders.mjs';

const symbol = 'BTCUSDT';

async function userStream(client) {
  const connection = await client.websocketAPI.connect();
  const { response, stream } = await connection.userDataStreamSubscribeSignature();
  assert.equal(response.status ?? 200, 200);
  const events = [];
  stream.on('message', event => events.push(event.event ?? event));
  const of = (type, execution) => until(() => events.find(e => e.e === type && (!execution || e.x === execution)));
  return { events, of, close: () => connection.disconnect() };
}

const listening = run => async context => {
  const user = await userStream(context.client);
  try {
    await run({ ...context, user });
  } finally {
    await user.close();
  }
};

const market = (open, provoke, check) => async context => {
  const connection = await context.client.websocketStreams.connect();
  try {
    const events = [];
    open(connection).on('message', event => events.push(event));
    await until(async () => { await provoke(context); return events.length > 0; });
    await check(context, events.at(-1), events);
  } finally {
    await connection.disconnect();
  }
};

scenarios('streams', {
  'a resting order is told as NEW': listening(async ({ rest, sim, user }) => {
    await rest.newOrder(limit('a'));
    assert.equal(Number((await user.of('executionReport', 'NEW')).i), (await sim.order('a')).orderId);
  }),
  'every fill is told once with its trade number': listening(async ({ rest, sim, user }) => {
    await rest.newOrder(limit('a', { price: 91000, quantity: 15 }));
    await until(() => user.events.some(e => e.X === 'FILLED'));
    assert.deepEqual(user.events.filter(e => e.x === 'TRADE').map(e => Number(e.t)), (await sim.trades('a')).map(t => t.tradeId));
  }),
  'a cancel is told under its own name with the old one beside it': listening(async ({ rest, sim, user }) => {
    await rest.newOrder(limit('a'));
    await rest.deleteOrder({ symbol, origClientOrderId: 'a', newClientOrderId: 'a-c' });
    const event = await user.of('executionReport', 'CANCELED');
    assert.deepEqual([event.c, event.C, await sim.status('a')], ['a-c', 'a', 'CANCELED']);
  }),
  'balances are told after a trade': listening(async ({ rest, sim, user }) => {
    await rest.newOrder({ symbol, side: 'SELL', type: 'MARKET', quantity: 1, newClientOrderId: 's' });
    const event = await user.of('outboundAccountPosition');
    assert.equal(Number(event.B.find(b => b.a === 'BTC').f), 100 - Number((await sim.order('s')).executedQty));
  }),
  'a list is told from its start to its end': listening(async ({ rest, sim, user }) => {
    await rest.orderListOco({ symbol, side: 'SELL', quantity: 1, listClientOrderId: 'l', aboveType: 'LIMIT_MAKER', abovePrice: 91000, belowType: 'STOP_LOSS', belowStopPrice: 89000 });
    await sim.mid('SPOT', 88000);
    await until(() => user.events.some(e => e.e === 'listStatus' && e.l === 'ALL_DONE'));
    assert.deepEqual(user.events.filter(e => e.e === 'listStatus').map(e => e.l), ['EXEC_STARTED', 'ALL_DONE']);
    assert.equal((await sim.list('l')).listOrderStatus, 'ALL_DONE');
  }),
  'a duplicated event comes twice with the same trade number': listening(async ({ rest, sim, user }) => {
    await sim.fault('duplicate-events', { event: 'executionReport', count: 10 });
    await rest.newOrder({ symbol, side: 'BUY', type: 'MARKET', quantity: 1, newClientOrderId: 'd' });
    await until(() => user.events.filter(e => e.x === 'TRADE').length === 2);
    assert.equal((await sim.trades('d')).length, 1);
  }),
  'the book ticker shows the best prices': market(c => c.bookTicker({ symbol }), ({ rest }) => rest.newOrder(limit('b' + Date.now(), { price: 89999.5, quantity: 0.001 })), async ({ sim }, _, events) => {
    await until(() => events.some(e => e.b === '89999.50000000'));
    assert((await sim.orders()).length > 0);
  }),
  'public trades show ours': market(c => c.trade({ symbol }), ({ rest }) => rest.newOrder({ symbol, side: 'BUY', type: 'MARKET', quantity: 0.01 }), async ({ sim }, event) => {
    assert((await sim.ledger()).trades.some(t => t.tradeId === Number(event.t)));
  }),
  'depth differences begin where the last ended': market(c => c.diffBookDepth({ symbol, updateSpeed: '100ms' }), ({ rest }) => rest.newOrder(limit('d' + Date.now(), { quantity: 0.001 })), async ({ sim }, _, events) => {
    for (let i = 1; i < events.length; i++) assert.equal(Number(events[i].U), Number(events[i - 1].u) + 1);
    assert((await sim.orders()).length > 0);
  }),
});
