// Futures: orders, batches, the Algo service.
import { assert, scenarios } from '../harness/scenarios.mjs';
import { limit, market, symbol } from './spot.mjs';

export const order = (id, more) => limit('x-15PC4ZJy' + id, { newOrderRespType: 'RESULT', ...more });
export const take = (id, side, more) => market('x-15PC4ZJy' + id, side, { newOrderRespType: 'RESULT', ...more });
export const stop = (id, more = {}) =>
  ({ algoType: 'CONDITIONAL', symbol, side: 'SELL', type: 'STOP_MARKET', quantity: 1, triggerPrice: 89000, clientAlgoId: 'x-15PC4ZJy' + id, ...more });

scenarios('place', {
  'a futures order opens a position': async ({ fut, sim }) => {
    await fut.submitNewOrder(take('m'));
    assert.equal(Number((await fut.getPositionsV3({ symbol }))[0].positionAmt), Number((await sim.orders())[0].executedQty));
  },
  'a futures batch has an answer for each': async ({ fut, sim }) => {
    const placed = await fut.submitMultipleOrders([{ symbol, side: 'BUY', type: 'MARKET', quantity: '1' }, { symbol, side: 'BUY', type: 'MARKET', quantity: '0.0001' }]);
    assert.deepEqual([placed[0].orderId, placed[1].code], [(await sim.orders())[0].orderId, -1111]);
  },
});

scenarios('query', {
  'futures orders, open and all, and trades': async ({ fut, sim }) => {
    const { orderId } = await fut.submitNewOrder(order('a'));
    await fut.submitNewOrder(take('b'));
    assert.equal((await fut.getCurrentOpenOrder({ symbol, orderId })).status, 'NEW');
    assert.deepEqual((await fut.getAllOpenOrders({ symbol })).map(o => o.orderId), [orderId]);
    assert.deepEqual((await fut.getAllOrders({ symbol })).map(o => o.orderId), (await sim.orders()).map(o => o.orderId));
    assert.deepEqual((await fut.getAccountTrades({ symbol })).map(t => t.id), (await sim.ledger()).trades.map(t => t.tradeId));
  },
});

scenarios('cancel and replace', {
  'a futures order keeps its name when it is cancelled': async ({ fut, sim }) => {
    const { orderId } = await fut.submitNewOrder(order('a'));
    assert.equal((await fut.cancelOrder({ symbol, orderId })).clientOrderId, 'x-15PC4ZJya');
    assert.equal(await sim.status('x-15PC4ZJya'), 'CANCELED');
  },
  'a futures order is modified': async ({ fut, sim }) => {
    const { orderId } = await fut.submitNewOrder(order('a'));
    await fut.modifyOrder({ symbol, side: 'BUY', orderId, price: 81000, quantity: 2 });
    assert.equal((await sim.order('x-15PC4ZJya')).price, '81000');
  },
  'several futures orders are cancelled': async ({ fut, sim }) => {
    const ids = [];
    for (const id of ['a', 'b']) ids.push((await fut.submitNewOrder(order(id))).orderId);
    await fut.cancelMultipleOrders({ symbol, orderIdList: ids });
    assert((await sim.orders()).every(o => o.status === 'CANCELED'));
  },
});

scenarios('algo', {
  'a stop becomes an order with a number of its own': async ({ fut, sim }) => {
    const { algoId } = await fut.submitNewAlgoOrder(stop('s'));
    await sim.mid('FUT', 88000);
    const algo = await fut.getAlgoOrder({ algoId });
    assert.deepEqual([algo.algoStatus, Number(algo.actualOrderId)], ['FINISHED', (await sim.algo('x-15PC4ZJys')).childOrderId]);
  },
  'a take profit goes by the mark price': async ({ fut, sim }) => {
    await fut.submitNewAlgoOrder(stop('t', { type: 'TAKE_PROFIT_MARKET', triggerPrice: 91000, workingType: 'MARK_PRICE' }));
    await sim.mid('FUT', 91000);
    assert.equal((await sim.algo('x-15PC4ZJyt')).status, 'FINISHED');
  },
  'one that closes takes the whole position': async ({ fut, sim }) => {
    await fut.submitNewOrder(take('in', 'BUY', { quantity: 3 }));
    const { quantity, ...close } = stop('s', { closePosition: 'true' });
    await fut.submitNewAlgoOrder(close);
    await sim.mid('FUT', 88000);
    assert.equal((await sim.ledger()).trades.filter(t => t.side === 'SELL').reduce((sum, t) => sum + Number(t.qty), 0), 3);
  },
  'one is cancelled': async ({ fut, sim }) => {
    const { algoId } = await fut.submitNewAlgoOrder(stop('s'));
    assert.equal((await fut.cancelAlgoOrder({ algoId })).code, '200');
    assert.equal((await sim.algo('x-15PC4ZJys')).status, 'CANCELED');
  },
  'all are cancelled': async ({ fut, sim }) => {
    for (const id of ['a', 'b']) await fut.submitNewAlgoOrder(stop(id));
    await fut.cancelAllAlgoOpenOrders({ symbol });
    assert((await sim.ledger()).algos.every(a => a.status === 'CANCELED'));
  },
  'open and all ones are listed': async ({ fut, sim }) => {
    for (const id of ['a', 'b']) await fut.submitNewAlgoOrder(stop(id));
    const known = (await sim.ledger()).algos.map(a => a.algoId);
    assert.deepEqual((await fut.getOpenAlgoOrders({ symbol })).map(a => a.algoId), known);
    assert.deepEqual((await fut.getAllAlgoOrders({ symbol })).map(a => a.algoId), known);
  },
});
