// Order lists on spot (implicit methods), conditional orders on futures and on spot.
import { assert, scenarios } from '../harness/scenarios.mjs';
import { F, S, named } from './orders.mjs';

const oco = {
  symbol: 'BTCUSDT', side: 'SELL', quantity: '1', listClientOrderId: 'list', aboveType: 'LIMIT_MAKER', abovePrice: '91000', aboveClientOrderId: 'tp',
  belowType: 'STOP_LOSS', belowStopPrice: '89000', belowClientOrderId: 'sl',
};
const entry = {
  symbol: 'BTCUSDT', listClientOrderId: 'list', workingType: 'LIMIT', workingSide: 'BUY', workingPrice: '89000', workingQuantity: '1', workingTimeInForce: 'GTC',
  workingClientOrderId: 'entry', pendingSide: 'SELL',
};

scenarios('lists', {
  'an OCO ends one leg with the other': async ({ spot, sim }) => {
    await spot.privatePostOrderListOco(oco);
    await sim.mid('SPOT', 88000);
    assert.deepEqual([await sim.status('tp'), await sim.status('sl')], ['EXPIRED', 'FILLED']);
  },
  'an OTO starts its exit': async ({ spot, sim }) => {
    await spot.privatePostOrderListOto({ ...entry, pendingType: 'LIMIT', pendingPrice: '91000', pendingTimeInForce: 'GTC', pendingQuantity: '1', pendingClientOrderId: 'exit' });
    await sim.mid('SPOT', 88000);
    assert.equal(await sim.status('exit'), 'NEW');
  },
  'an OPOCO sizes its exits': async ({ spot, sim }) => {
    await spot.privatePostOrderListOpoco({ ...entry, pendingAboveType: 'LIMIT_MAKER', pendingAbovePrice: '91000', pendingAboveClientOrderId: 'tp', pendingBelowType: 'STOP_LOSS', pendingBelowStopPrice: '85000' });
    await sim.mid('SPOT', 88000);
    assert.equal((await sim.order('tp')).origQty, '0.999');
  },
  'a list is cancelled': async ({ spot, sim }) => {
    await spot.privatePostOrderListOco(oco);
    await spot.privateDeleteOrderList({ symbol: 'BTCUSDT', listClientOrderId: 'list' });
    assert.equal((await sim.list('list')).listOrderStatus, 'ALL_DONE');
  },
  'lists are listed': async ({ spot, sim }) => {
    await spot.privatePostOrderListOco(oco);
    assert.deepEqual((await spot.privateGetOpenOrderList()).map(l => Number(l.orderListId)), (await sim.ledger()).lists.map(l => l.orderListId));
  },
});

scenarios('algo', {
  'a futures stop goes to the Algo service': async ({ fut, sim }) => {
    const placed = await fut.createOrder(F, 'market', 'sell', 1, undefined, named('s', { stopLossPrice: 89000 }));
    assert.equal(Number(placed.id), (await sim.algo('s')).algoId);
  },
  'a futures stop trades when its price comes': async ({ fut, sim }) => {
    await fut.createOrder(F, 'market', 'sell', 1, undefined, named('s', { stopLossPrice: 89000 }));
    await sim.mid('FUT', 88000);
    assert.equal((await sim.algo('s')).status, 'FINISHED');
  },
  'a futures take profit by the mark price': async ({ fut, sim }) => {
    await fut.createOrder(F, 'market', 'sell', 1, undefined, named('t', { takeProfitPrice: 91000, workingType: 'MARK_PRICE' }));
    await sim.mid('FUT', 92000);
    assert.equal((await sim.algo('t')).status, 'FINISHED');
  },
  'a futures stop is cancelled': async ({ fut, sim }) => {
    const { id } = await fut.createOrder(F, 'market', 'sell', 1, undefined, named('s', { stopLossPrice: 89000 }));
    await fut.cancelOrder(id, F, { trigger: true });
    assert.equal((await sim.algo('s')).status, 'CANCELED');
  },
  'open futures stops are listed apart': async ({ fut, sim }) => {
    await fut.createOrder(F, 'market', 'sell', 1, undefined, named('s', { stopLossPrice: 89000 }));
    assert.deepEqual((await fut.fetchOpenOrders(F)).length, 0);
    assert.deepEqual((await fut.fetchOpenOrders(F, undefined, undefined, { trigger: true })).map(o => Number(o.id)), (await sim.ledger()).algos.map(a => a.algoId));
  },
  'a spot stop waits and sells': async ({ spot, sim }) => {
    await spot.createOrder(S, 'market', 'sell', 1, undefined, named('s', { stopLossPrice: 89000 }));
    assert.equal((await sim.order('s')).type, 'STOP_LOSS');
    await sim.mid('SPOT', 88000);
    assert.equal(await sim.status('s'), 'FILLED');
  },
});
