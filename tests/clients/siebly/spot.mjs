// Spot: placing, looking, cancelling, replacing, order lists.
import { assert, scenarios } from '../harness/scenarios.mjs';

export const symbol = 'BTCUSDT';
export const limit = (newClientOrderId, more = {}) => ({ symbol, side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', quantity: 1, price: 80000, newClientOrderId, ...more });
export const market = (newClientOrderId, side = 'BUY', more = {}) => ({ symbol, side, type: 'MARKET', quantity: 1, newClientOrderId, ...more });

scenarios('place', {
  'a market order fills': async ({ spot, sim }) => {
    assert.equal((await spot.submitNewOrder(market('x-U5D79M5Bm'))).status, 'FILLED');
    assert.equal(await sim.status('x-U5D79M5Bm'), 'FILLED');
  },
  'an order without a name gets the client\'s own': async ({ spot, sim }) => {
    const { newClientOrderId, ...order } = limit();
    const placed = await spot.submitNewOrder(order);
    assert.match(placed.clientOrderId, /^x-U5D79M5B/);
    assert.equal(await sim.status(placed.clientOrderId), 'NEW');
  },
  'a limit maker rests': async ({ spot, sim }) => {
    const { orderId } = await spot.submitNewOrder({ symbol, side: 'SELL', type: 'LIMIT_MAKER', quantity: 1, price: 95000 });
    assert.deepEqual((await sim.orders()).map(o => [o.orderId, o.status]), [[orderId, 'NEW']]);
  },
  'an FOK order fills whole or not at all': async ({ spot, sim }) => {
    assert.equal((await spot.submitNewOrder(limit('x-U5D79M5Bf', { timeInForce: 'FOK', price: 90001, quantity: 15 }))).status, 'EXPIRED');
    assert.equal((await sim.ledger()).trades.length, 0);
  },
  'a test order changes nothing': async ({ spot, sim }) => {
    await spot.testNewOrder(limit('x-U5D79M5Bt'));
    assert.equal((await sim.orders()).length, 0);
  },
  'a stop loss waits and sells': async ({ spot, sim }) => {
    const { orderId } = await spot.submitNewOrder({ symbol, side: 'SELL', type: 'STOP_LOSS', quantity: 1, stopPrice: 89000 });
    assert.equal((await spot.getOrder({ symbol, orderId })).isWorking, false);
    await sim.mid('SPOT', 88000);
    assert.deepEqual((await sim.orders()).map(o => o.status), ['FILLED']);
  },
});

scenarios('query', {
  'an order by its number': async ({ spot, sim }) => {
    const { orderId } = await spot.submitNewOrder(limit('x-U5D79M5Ba'));
    assert.equal((await spot.getOrder({ symbol, orderId })).clientOrderId, (await sim.orders())[0].clientOrderId);
  },
  'open orders': async ({ spot, sim }) => {
    for (const id of ['x-U5D79M5Ba', 'x-U5D79M5Bb']) await spot.submitNewOrder(limit(id));
    assert.deepEqual((await spot.getOpenOrders({ symbol })).map(o => o.orderId), (await sim.orders()).map(o => o.orderId));
  },
  'all orders': async ({ spot, sim }) => {
    for (const id of ['x-U5D79M5Ba', 'x-U5D79M5Bb']) await spot.submitNewOrder(market(id));
    assert.deepEqual((await spot.getAllOrders({ symbol })).map(o => o.orderId), (await sim.orders()).map(o => o.orderId));
  },
  'trades': async ({ spot, sim }) => {
    await spot.submitNewOrder(market('x-U5D79M5Bt', 'BUY', { quantity: 15 }));
    assert.deepEqual((await spot.getAccountTradeList({ symbol })).map(t => t.id), (await sim.ledger()).trades.map(t => t.tradeId));
  },
  'balances': async ({ spot, sim }) => {
    await spot.submitNewOrder(market('x-U5D79M5Bs', 'SELL'));
    const { balances } = await spot.getAccountInformation();
    assert.equal(Number(balances.find(b => b.asset === 'BTC').free), 100 - Number((await sim.order('x-U5D79M5Bs')).executedQty));
  },
});

scenarios('cancel and replace', {
  'a cancel renames the order': async ({ spot, sim }) => {
    const { orderId } = await spot.submitNewOrder(limit('x-U5D79M5Ba'));
    const canceled = await spot.cancelOrder({ symbol, orderId, newClientOrderId: 'x-U5D79M5Bc' });
    assert.deepEqual([canceled.origClientOrderId, canceled.clientOrderId], ['x-U5D79M5Ba', 'x-U5D79M5Bc']);
    assert.equal(await sim.status('x-U5D79M5Ba'), 'CANCELED');
  },
  'everything of a symbol is cancelled': async ({ spot, sim }) => {
    for (const id of ['x-U5D79M5Ba', 'x-U5D79M5Bb']) await spot.submitNewOrder(limit(id));
    await spot.cancelAllSymbolOrders({ symbol });
    assert((await sim.orders()).every(o => o.status === 'CANCELED'));
  },
  'an order is replaced': async ({ spot, sim }) => {
    const { orderId } = await spot.submitNewOrder(limit('x-U5D79M5Ba'));
    await spot.replaceOrder({ ...limit('x-U5D79M5Bb', { price: 81000 }), cancelReplaceMode: 'STOP_ON_FAILURE', cancelOrderId: orderId });
    assert.deepEqual([await sim.status('x-U5D79M5Ba'), await sim.status('x-U5D79M5Bb')], ['CANCELED', 'NEW']);
  },
  'a replacement of nothing places nothing': async ({ spot, sim }) => {
    await assert.rejects(spot.replaceOrder({ ...limit('x-U5D79M5Bb'), cancelReplaceMode: 'STOP_ON_FAILURE', cancelOrderId: 1 }), { code: -2022 });
    assert.equal((await sim.orders()).length, 0);
  },
});

const oco = { symbol, side: 'SELL', quantity: 1, listClientOrderId: 'x-U5D79M5Bl', aboveType: 'LIMIT_MAKER', abovePrice: 91000, belowType: 'STOP_LOSS', belowStopPrice: 89000 };
const entry = { symbol, workingType: 'LIMIT', workingSide: 'BUY', workingPrice: 89000, workingQuantity: 1, workingTimeInForce: 'GTC', pendingSide: 'SELL' };
const exits = { pendingAboveType: 'LIMIT_MAKER', pendingAbovePrice: 91000, pendingBelowType: 'STOP_LOSS', pendingBelowStopPrice: 85000 };
const states = async sim => (await sim.orders()).map(o => `${o.type} ${o.status}`).sort();

scenarios('lists', {
  'an OCO ends one leg with the other': async ({ spot, sim }) => {
    await spot.submitNewOrderList(oco);
    await sim.mid('SPOT', 92000);
    assert.deepEqual(await states(sim), ['LIMIT_MAKER FILLED', 'STOP_LOSS EXPIRED']);
  },
  'an OCO is cancelled whole': async ({ spot, sim }) => {
    const { orderListId } = await spot.submitNewOrderList(oco);
    await spot.cancelOCO({ symbol, orderListId });
    assert.deepEqual(await states(sim), ['LIMIT_MAKER CANCELED', 'STOP_LOSS CANCELED']);
  },
  'an OCO is found, among the open ones and among all': async ({ spot, sim }) => {
    const { orderListId } = await spot.submitNewOrderList(oco);
    assert.equal((await spot.getOCO({ orderListId })).orderListId, (await sim.list('x-U5D79M5Bl')).orderListId);
    assert.equal((await spot.getAllOpenOCO()).length, 1);
    assert.equal((await spot.getAllOCO()).length, 1);
  },
  'an OTO starts its exit': async ({ spot, sim }) => {
    await spot.submitNewOrderListOTO({ ...entry, pendingType: 'LIMIT', pendingPrice: 91000, pendingTimeInForce: 'GTC', pendingQuantity: 1 });
    await sim.mid('SPOT', 88000);
    assert.deepEqual(await states(sim), ['LIMIT FILLED', 'LIMIT NEW']);
  },
  'an OTOCO protects its entry': async ({ spot, sim }) => {
    await spot.submitNewOrderListOTOCO({ ...entry, ...exits, pendingQuantity: 1 });
    await sim.mid('SPOT', 88000);
    await sim.mid('SPOT', 84000);
    assert.deepEqual(await states(sim), ['LIMIT FILLED', 'LIMIT_MAKER EXPIRED', 'STOP_LOSS FILLED']);
  },
  'an OPO and an OPOCO are sized by what was bought': async ({ spot, sim }) => {
    await spot.submitNewOrderListOPO({ ...entry, pendingType: 'LIMIT', pendingPrice: 91000, pendingTimeInForce: 'GTC' });
    await spot.submitNewOrderListOPOCO({ ...entry, ...exits });
    await sim.mid('SPOT', 88000);
    assert.deepEqual((await sim.orders()).filter(o => o.side === 'SELL').map(o => o.origQty), ['0.999', '0.999', '0.999']);
  },
  'the deprecated OCO still works': async ({ spot, sim }) => {
    await spot.submitNewOCO({ symbol, side: 'SELL', quantity: 1, price: 91000, stopPrice: 89000 });
    assert.deepEqual(await states(sim), ['LIMIT_MAKER NEW', 'STOP_LOSS NEW']);
  },
});
