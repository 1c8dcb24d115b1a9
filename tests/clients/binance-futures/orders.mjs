// Placing and looking.
import { assert, scenarios } from '../harness/scenarios.mjs';

export const symbol = 'BTCUSDT';
export const limit = (newClientOrderId, more = {}) =>
  ({ symbol, side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', quantity: 1, price: 80000, newClientOrderId, newOrderRespType: 'RESULT', ...more });
export const market = (newClientOrderId, side = 'BUY', more = {}) => ({ symbol, side, type: 'MARKET', quantity: 1, newClientOrderId, newOrderRespType: 'RESULT', ...more });

scenarios('place', {
  'a market order fills': async ({ rest, sim }) => {
    assert.equal((await rest.newOrder(market('m'))).status, 'FILLED');
    assert.equal((await sim.order('m')).executedQty, '1');
  },
  'an acknowledgement says NEW whatever became of it': async ({ rest, sim }) => {
    assert.equal((await rest.newOrder({ ...market('m'), newOrderRespType: 'ACK' })).status, 'NEW');
    assert.equal(await sim.status('m'), 'FILLED');
  },
  'a limit order rests': async ({ rest, sim }) => {
    const placed = await rest.newOrder(limit('l'));
    assert.deepEqual([placed.status, placed.orderId], ['NEW', (await sim.order('l')).orderId]);
  },
  'a post-only order that would take is refused': async ({ rest, sim }) => {
    await assert.rejects(rest.newOrder(limit('g', { timeInForce: 'GTX', price: 90001 })), { code: -5022 });
    assert.equal((await sim.orders('g')).length, 0);
  },
  'a post-only order that would take may be taken in and expire': async ({ rest, sim }) => {
    await sim.fault('accept-then-expire', { venue: 'FUT' });
    assert.equal((await rest.newOrder(limit('g', { timeInForce: 'GTX', price: 90001 }))).status, 'EXPIRED');
    assert.equal(await sim.status('g'), 'EXPIRED');
  },
  'an order at a price of the book': async ({ rest, sim }) => {
    const { price, ...order } = limit('q', { priceMatch: 'QUEUE' });
    assert.equal(Number((await rest.newOrder(order)).price), 89999);
    assert.equal((await sim.order('q')).price, '89999');
  },
  'an order good till a date': async ({ rest, sim }) => {
    const goodTillDate = (Math.floor(Date.now() / 1000) + 700) * 1000;
    assert.equal((await rest.newOrder(limit('d', { timeInForce: 'GTD', goodTillDate }))).goodTillDate, goodTillDate);
    assert.equal((await sim.order('d')).timeInForce, 'GTD');
  },
  'a reduce-only order takes no more than the position': async ({ rest, sim }) => {
    await rest.newOrder(market('open'));
    await rest.newOrder(market('close', 'SELL', { quantity: 5, reduceOnly: 'true' }));
    assert.equal((await sim.order('close')).executedQty, '1');
  },
  'a test order changes nothing': async ({ rest, sim }) => {
    await rest.testOrder(limit('t'));
    assert.equal((await sim.orders()).length, 0);
  },
});

scenarios('query', {
  'an order by its name': async ({ rest, sim }) => {
    await rest.newOrder(limit('a'));
    assert.equal((await rest.queryOrder({ symbol, origClientOrderId: 'a' })).orderId, (await sim.order('a')).orderId);
  },
  'an open order, and none once it is filled': async ({ rest, sim }) => {
    await rest.newOrder(limit('a'));
    assert.equal((await rest.queryCurrentOpenOrder({ symbol, origClientOrderId: 'a' })).status, 'NEW');
    await sim.mid('FUT', 79000);
    await assert.rejects(rest.queryCurrentOpenOrder({ symbol, origClientOrderId: 'a' }), { code: -2013 });
    assert.equal(await sim.status('a'), 'FILLED');
  },
  'open orders without the conditional ones': async ({ rest, sim }) => {
    await rest.newOrder(limit('a'));
    await rest.newAlgoOrder({ algoType: 'CONDITIONAL', symbol, side: 'SELL', type: 'STOP_MARKET', quantity: 1, triggerPrice: 80000 });
    assert.deepEqual((await rest.currentAllOpenOrders({ symbol })).map(o => o.orderId), (await sim.orders()).map(o => o.orderId));
  },
  'all orders page from a number on': async ({ rest, sim }) => {
    for (const id of ['a', 'b', 'c']) await rest.newOrder(limit(id));
    const [, second] = await sim.orders();
    assert.deepEqual((await rest.allOrders({ symbol, orderId: second.orderId })).map(o => o.clientOrderId), ['b', 'c']);
  },
  'trades carry the profit that they realized': async ({ rest, sim }) => {
    await rest.newOrder(market('in'));
    await sim.mid('FUT', 91000);
    await rest.newOrder(market('out', 'SELL'));
    const trades = await rest.accountTradeList({ symbol });
    assert.deepEqual(trades.map(t => t.id), (await sim.ledger()).trades.map(t => t.tradeId));
    assert.equal(Number(trades[1].realizedPnl), 998);
  },
  'the position is the sum of the trades': async ({ rest, sim }) => {
    await rest.newOrder(market('a', 'SELL', { quantity: 3 }));
    const [position] = await rest.positionInformationV3({ symbol });
    assert.equal(Number(position.positionAmt), -Number((await sim.order('a')).executedQty));
  },
  'balance, account and settings answer before anything trades': async ({ rest, sim }) => {
    assert.equal(Number((await rest.futuresAccountBalanceV3())[0].balance), 10_000_000);
    assert.equal(Number((await rest.accountInformationV3()).totalWalletBalance), 10_000_000);
    assert.equal((await rest.symbolConfiguration({ symbol }))[0].marginType, 'CROSSED');
    assert.equal((await rest.getCurrentPositionMode()).dualSidePosition, false);
    assert.equal((await sim.orders()).length, 0);
  },
});
