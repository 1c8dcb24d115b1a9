// Order lists: OCO, OTO, OTOCO, OPO, OPOCO.
import { assert, scenarios } from '../harness/scenarios.mjs';

const symbol = 'BTCUSDT';
const oco = (more = {}) => ({
  symbol, side: 'SELL', quantity: 1, listClientOrderId: 'list', aboveType: 'LIMIT_MAKER', abovePrice: 91000, aboveClientOrderId: 'tp',
  belowType: 'STOP_LOSS_LIMIT', belowStopPrice: 89000, belowPrice: 88000, belowTimeInForce: 'GTC', belowClientOrderId: 'sl', ...more,
});
const entry = (more = {}) => ({
  symbol, listClientOrderId: 'list', workingType: 'LIMIT', workingSide: 'BUY', workingPrice: 89000, workingQuantity: 1, workingTimeInForce: 'GTC',
  workingClientOrderId: 'entry', pendingSide: 'SELL', ...more,
});
const exits = { pendingAboveType: 'LIMIT_MAKER', pendingAbovePrice: 91000, pendingAboveClientOrderId: 'tp', pendingBelowType: 'STOP_LOSS', pendingBelowStopPrice: 85000, pendingBelowClientOrderId: 'sl' };
const exit = { pendingType: 'LIMIT', pendingPrice: 91000, pendingTimeInForce: 'GTC', pendingClientOrderId: 'exit' };

scenarios('lists', {
  'an OCO is placed whole': async ({ rest, sim }) => {
    const placed = await rest.orderListOco(oco());
    assert.deepEqual([placed.contingencyType, placed.listOrderStatus, placed.orderReports.length], ['OCO', 'EXECUTING', 2]);
    assert.deepEqual((await sim.list('list')).orderIds, placed.orders.map(o => o.orderId));
  },
  'an OCO loses its stop when its limit trades': async ({ rest, sim }) => {
    await rest.orderListOco(oco());
    await sim.mid('SPOT', 92000);
    assert.deepEqual([await sim.status('tp'), await sim.status('sl')], ['FILLED', 'EXPIRED']);
    assert.equal((await rest.getOrderList({ origClientOrderId: 'list' })).listOrderStatus, 'ALL_DONE');
  },
  'an OCO loses its limit when its stop wakes': async ({ rest, sim }) => {
    await rest.orderListOco(oco());
    await sim.mid('SPOT', 88500);
    assert.deepEqual([await sim.status('tp'), await sim.status('sl')], ['EXPIRED', 'FILLED']);
  },
  'a list is cancelled as a whole': async ({ rest, sim }) => {
    const { orderListId } = await rest.orderListOco(oco());
    const canceled = await rest.deleteOrderList({ symbol, orderListId, newClientOrderId: 'end' });
    assert.deepEqual(canceled.orderReports.map(r => [r.status, r.clientOrderId]), [['CANCELED', 'end'], ['CANCELED', 'end']]);
    assert.equal((await sim.list('list')).listOrderStatus, 'ALL_DONE');
  },
  'cancelling one leg cancels the other': async ({ rest, sim }) => {
    await rest.orderListOco(oco());
    await rest.deleteOrder({ symbol, origClientOrderId: 'tp' });
    assert.deepEqual([await sim.status('tp'), await sim.status('sl')], ['CANCELED', 'CANCELED']);
  },
  'an OTO starts its exit once its entry is filled': async ({ rest, sim }) => {
    await rest.orderListOto(entry({ ...exit, pendingQuantity: 1 }));
    assert.equal(await sim.status('exit'), 'PENDING_NEW');
    await sim.mid('SPOT', 88000);
    assert.deepEqual([await sim.status('entry'), await sim.status('exit')], ['FILLED', 'NEW']);
  },
  'an OTOCO protects its entry on both sides': async ({ rest, sim }) => {
    await rest.orderListOtoco(entry({ ...exits, pendingQuantity: 1 }));
    await sim.mid('SPOT', 88000);
    await sim.mid('SPOT', 84000);
    assert.deepEqual([await sim.status('entry'), await sim.status('tp'), await sim.status('sl')], ['FILLED', 'EXPIRED', 'FILLED']);
  },
  'an OPO sells what it bought, less commission': async ({ rest, sim }) => {
    await rest.orderListOpo(entry(exit));
    await sim.mid('SPOT', 88000);
    assert.equal((await sim.order('exit')).origQty, '0.999');
  },
  'an OPOCO does so on both sides': async ({ rest, sim }) => {
    await rest.orderListOpoco(entry(exits));
    await sim.mid('SPOT', 88000);
    assert.deepEqual([(await sim.order('tp')).origQty, (await sim.order('sl')).origQty], ['0.999', '0.999']);
  },
  'open and all lists are those of the ledger': async ({ rest, sim }) => {
    await rest.orderListOco(oco());
    await rest.orderListOco(oco({ listClientOrderId: 'two', aboveClientOrderId: 'a2', belowClientOrderId: 'b2' }));
    await rest.deleteOrderList({ symbol, listClientOrderId: 'list' });
    assert.deepEqual((await rest.openOrderList()).map(l => l.listClientOrderId), ['two']);
    assert.deepEqual((await rest.allOrderList()).map(l => l.orderListId), (await sim.ledger()).lists.map(l => l.orderListId));
  },
  'a list whose prices make no sense is refused': async ({ rest, sim }) => {
    await assert.rejects(rest.orderListOco(oco({ abovePrice: 89500 })), /relationship of the prices/);
    assert.equal((await sim.orders()).length, 0);
  },
  'the deprecated OCO still works': async ({ rest, sim }) => {
    await rest.orderOco({ symbol, side: 'SELL', quantity: 1, price: 91000, stopPrice: 89000, limitClientOrderId: 'tp', stopClientOrderId: 'sl', listClientOrderId: 'list' });
    assert.deepEqual([(await sim.order('tp')).type, (await sim.order('sl')).type], ['LIMIT_MAKER', 'STOP_LOSS']);
  },
});
