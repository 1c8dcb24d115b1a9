// The Algo service.
import { assert, scenarios } from '../harness/scenarios.mjs';
import { market, symbol } from './orders.mjs';

export const stop = (clientAlgoId, more = {}) =>
  ({ algoType: 'CONDITIONAL', symbol, side: 'SELL', type: 'STOP_MARKET', quantity: 1, triggerPrice: 89000, clientAlgoId, ...more });

scenarios('algo', {
  'a stop waits outside the order book': async ({ rest, sim }) => {
    const placed = await rest.newAlgoOrder(stop('s'));
    assert.deepEqual([placed.algoStatus, placed.algoId], ['NEW', (await sim.algo('s')).algoId]);
    assert.equal((await sim.orders()).length, 0);
  },
  'a stop becomes an order with a number of its own': async ({ rest, sim }) => {
    await rest.newAlgoOrder(stop('s'));
    await sim.mid('FUT', 88000);
    const algo = await rest.queryAlgoOrder({ clientAlgoId: 's' });
    assert.deepEqual([algo.algoStatus, Number(algo.actualOrderId)], ['FINISHED', (await sim.algo('s')).childOrderId]);
    assert.equal((await rest.queryOrder({ symbol, orderId: Number(algo.actualOrderId) })).status, 'FILLED');
  },
  'a take profit goes by the mark price': async ({ rest, sim }) => {
    await rest.newAlgoOrder(stop('t', { type: 'TAKE_PROFIT_MARKET', triggerPrice: 91000, workingType: 'MARK_PRICE' }));
    await sim.mid('FUT', 91000);
    assert.equal((await sim.algo('t')).status, 'FINISHED');
  },
  'a stop-limit rests at its own price': async ({ rest, sim }) => {
    await rest.newAlgoOrder(stop('s', { type: 'STOP', price: 92000, timeInForce: 'GTC' }));
    await sim.mid('FUT', 88500);
    const { status, childOrderId } = await sim.algo('s');
    assert.equal(status, 'TRIGGERED');
    assert.equal((await rest.queryOrder({ symbol, orderId: childOrderId })).status, 'NEW');
  },
  'one that closes takes the whole position and its sibling expires': async ({ rest, sim }) => {
    await rest.newOrder(market('in', 'BUY', { quantity: 3 }));
    const { quantity, ...close } = stop('sl', { closePosition: 'true' });
    await rest.newAlgoOrder(close);
    await rest.newAlgoOrder({ ...close, type: 'TAKE_PROFIT_MARKET', triggerPrice: 95000, clientAlgoId: 'tp' });
    await sim.mid('FUT', 88000);
    assert.deepEqual([(await sim.algo('sl')).status, (await sim.algo('tp')).status], ['FINISHED', 'EXPIRED']);
    assert.deepEqual(await rest.positionInformationV3({ symbol }), []);
  },
  'one is cancelled by its name': async ({ rest, sim }) => {
    await rest.newAlgoOrder(stop('s'));
    assert.equal((await rest.cancelAlgoOrder({ clientAlgoId: 's' })).code, '200');
    assert.equal((await sim.algo('s')).status, 'CANCELED');
  },
  'all of a symbol are cancelled': async ({ rest, sim }) => {
    for (const id of ['a', 'b']) await rest.newAlgoOrder(stop(id));
    await rest.cancelAllAlgoOpenOrders({ symbol });
    assert((await sim.ledger()).algos.every(a => a.status === 'CANCELED'));
  },
  'open and all ones are those of the ledger': async ({ rest, sim }) => {
    for (const id of ['a', 'b']) await rest.newAlgoOrder(stop(id));
    await rest.cancelAlgoOrder({ clientAlgoId: 'a' });
    assert.deepEqual((await rest.currentAllAlgoOpenOrders({ symbol })).map(a => a.clientAlgoId), ['b']);
    assert.deepEqual((await rest.queryAllAlgoOrders({ symbol })).map(a => a.algoId), (await sim.ledger()).algos.map(a => a.algoId));
  },
  'one that would trigger at once is refused': async ({ rest, sim }) => {
    await assert.rejects(rest.newAlgoOrder(stop('s', { triggerPrice: 91000 })), { code: -2021 });
    assert.equal((await sim.ledger()).algos.length, 0);
  },
  'one that reduces more than there is is refused': async ({ rest, sim }) => {
    await assert.rejects(rest.newAlgoOrder(stop('s', { reduceOnly: 'true' })), { code: -4118 });
    assert.equal((await sim.ledger()).algos.length, 0);
  },
  'a trailing stop follows the price': async ({ rest, sim }) => {
    const { triggerPrice, ...trailing } = stop('t', { type: 'TRAILING_STOP_MARKET', callbackRate: 1 });
    await rest.newAlgoOrder(trailing);
    await sim.mid('FUT', 95000);
    assert.equal((await sim.algo('t')).status, 'NEW');
    await sim.mid('FUT', 94000);
    assert.equal((await sim.algo('t')).status, 'FINISHED');
  },
});
