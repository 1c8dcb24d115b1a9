// Cancelling, modifying, batches and settings.
import { assert, scenarios, until } from '../harness/scenarios.mjs';
import { limit, market, symbol } from './orders.mjs';

scenarios('cancel and replace', {
  'a cancelled order keeps its name': async ({ rest, sim }) => {
    await rest.newOrder(limit('a'));
    const canceled = await rest.cancelOrder({ symbol, origClientOrderId: 'a' });
    assert.deepEqual([canceled.clientOrderId, canceled.status, await sim.status('a')], ['a', 'CANCELED', 'CANCELED']);
  },
  'a cancel that comes too late says so': async ({ rest, sim }) => {
    await rest.newOrder(limit('a'));
    await sim.fault('fill-before-cancel', { venue: 'FUT' });
    await assert.rejects(rest.cancelOrder({ symbol, origClientOrderId: 'a' }), { code: -2011 });
    assert.equal(await sim.status('a'), 'FILLED');
  },
  'everything of a symbol is cancelled': async ({ rest, sim }) => {
    for (const id of ['a', 'b']) await rest.newOrder(limit(id));
    assert.equal(Number((await rest.cancelAllOpenOrders({ symbol })).code), 200);
    assert((await sim.orders()).every(o => o.status === 'CANCELED'));
  },
  'an order gets another price and quantity': async ({ rest, sim }) => {
    await rest.newOrder(limit('a'));
    await rest.modifyOrder({ symbol, side: 'BUY', origClientOrderId: 'a', price: 81000, quantity: 2 });
    const order = await sim.order('a');
    assert.deepEqual([order.price, order.origQty, order.status], ['81000', '2', 'NEW']);
  },
  'a change of nothing is refused': async ({ rest, sim }) => {
    await rest.newOrder(limit('a'));
    await assert.rejects(rest.modifyOrder({ symbol, side: 'BUY', origClientOrderId: 'a', price: 80000, quantity: 1 }), { code: -5027 });
    assert.equal((await sim.order('a')).price, '80000');
  },
  'a dead man\'s switch cancels when nobody calls again': async ({ rest, sim }) => {
    await rest.newOrder(limit('a'));
    await rest.autoCancelAllOpenOrders({ symbol, countdownTime: 100 });
    await until(async () => (await sim.status('a')) === 'CANCELED');
  },
});

const item = (id, more) => {
  const { newOrderRespType, ...order } = limit(id, more);
  return Object.fromEntries(Object.entries(order).map(([k, v]) => [k, String(v)]));
};

scenarios('lists', {
  'several orders in one request': async ({ rest, sim }) => {
    const placed = await rest.placeMultipleOrders({ batchOrders: [item('a'), item('b'), item('c')] });
    assert.deepEqual(placed.map(o => o.orderId), (await sim.orders()).map(o => o.orderId));
  },
  'each has its own answer': async ({ rest, sim }) => {
    const placed = await rest.placeMultipleOrders({ batchOrders: [item('a'), item('b', { price: 80000.05 })] });
    assert.deepEqual([placed[0].status, Number(placed[1].code)], ['NEW', -4014]);
    assert.equal((await sim.orders()).length, 1);
  },
  'a conditional one among them is sent elsewhere': async ({ rest, sim }) => {
    const placed = await rest.placeMultipleOrders({ batchOrders: [item('a'), { symbol, side: 'SELL', type: 'STOP_MARKET', quantity: '1', stopPrice: '80000' }] });
    assert.equal(Number(placed[1].code), -4120);
    assert.deepEqual((await sim.orders()).map(o => o.clientOrderId), ['a']);
  },
  'several are cancelled by name': async ({ rest, sim }) => {
    await rest.placeMultipleOrders({ batchOrders: [item('a'), item('b')] });
    const canceled = await rest.cancelMultipleOrders({ symbol, origClientOrderIdList: ['a', 'none'] });
    assert.deepEqual([canceled[0].status, Number(canceled[1].code)], ['CANCELED', -2011]);
    assert.deepEqual([await sim.status('a'), await sim.status('b')], ['CANCELED', 'NEW']);
  },
  'several are modified': async ({ rest, sim }) => {
    await rest.placeMultipleOrders({ batchOrders: [item('a'), item('b')] });
    await rest.modifyMultipleOrders({ batchOrders: ['a', 'b'].map(origClientOrderId => ({ symbol, side: 'BUY', origClientOrderId, price: '82000', quantity: '1' })) });
    assert.deepEqual((await sim.orders()).map(o => o.price), ['82000', '82000']);
  },
  'more than five are refused': async ({ rest, sim }) => {
    await assert.rejects(rest.placeMultipleOrders({ batchOrders: ['a', 'b', 'c', 'd', 'e', 'f'].map(id => item(id)) }), { code: -4082 });
    assert.equal((await sim.orders()).length, 0);
  },
});

scenarios('errors', {
  'the margin type cannot change to what it is': async ({ rest, sim }) => {
    await assert.rejects(rest.changeMarginType({ symbol, marginType: 'CROSSED' }), { code: -4046 });
    assert.equal((await sim.rejects(-4046)).length, 1);
  },
  'the margin type cannot change under an order or a position': async ({ rest, sim }) => {
    await rest.newOrder(limit('a'));
    await assert.rejects(rest.changeMarginType({ symbol, marginType: 'ISOLATED' }), { code: -4047 });
    await rest.cancelAllOpenOrders({ symbol });
    await rest.newOrder(market('m'));
    await assert.rejects(rest.changeMarginType({ symbol, marginType: 'ISOLATED' }), { code: -4048 });
    assert.deepEqual([await sim.status('a'), await sim.status('m')], ['CANCELED', 'FILLED']);
  },
  'hedge mode is a switch that one-way orders mind': async ({ rest, sim }) => {
    await assert.rejects(rest.changePositionMode({ dualSidePosition: 'false' }), { code: -4059 });
    await rest.changePositionMode({ dualSidePosition: 'true' });
    await assert.rejects(rest.newOrder(market('m')), { code: -4061 });
    assert.equal((await sim.orders()).length, 0);
  },
  'leverage goes from 1 to 125': async ({ rest, sim }) => {
    assert.equal(Number((await rest.changeInitialLeverage({ symbol, leverage: 50 })).leverage), 50);
    await assert.rejects(rest.changeInitialLeverage({ symbol, leverage: 126 }), { code: -4028 });
    assert.equal((await sim.rejects(-4028)).length, 1);
  },
});
