// Placing, looking, cancelling, replacing, and conditional orders.
import { assert, scenarios } from '../harness/scenarios.mjs';

const symbol = 'BTCUSDT';
export const limit = (newClientOrderId, more = {}) =>
  ({ symbol, side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', quantity: 1, price: 80000, newClientOrderId, ...more });
export const stop = (newClientOrderId, more = {}) => ({ symbol, side: 'SELL', type: 'STOP_LOSS', quantity: 1, stopPrice: 89000, newClientOrderId, newOrderRespType: 'RESULT', ...more });

scenarios('place', {
  'a market order fills and tells its fills': async ({ rest, sim }) => {
    const placed = await rest.newOrder({ symbol, side: 'BUY', type: 'MARKET', quantity: 1, newClientOrderId: 'm' });
    assert.equal(placed.status, 'FILLED');
    assert.deepEqual(placed.fills.map(f => f.tradeId), (await sim.trades('m')).map(t => t.tradeId));
  },
  'a market order by quote amount buys what it pays for': async ({ rest, sim }) => {
    const placed = await rest.newOrder({ symbol, side: 'BUY', type: 'MARKET', quoteOrderQty: 9000.1, newClientOrderId: 'q' });
    assert.equal(Number(placed.executedQty), Number((await sim.order('q')).executedQty));
    assert.equal(Number(placed.executedQty), 0.1);
  },
  'a limit order rests': async ({ rest, sim }) => {
    assert.equal((await rest.newOrder(limit('l'))).status, 'NEW');
    assert.equal(await sim.status('l'), 'NEW');
  },
  'a limit maker rests and answers briefly': async ({ rest, sim }) => {
    assert.equal((await rest.newOrder({ symbol, side: 'SELL', type: 'LIMIT_MAKER', quantity: 1, price: 95000, newClientOrderId: 'lm' })).status, undefined);
    assert.equal((await sim.order('lm')).type, 'LIMIT_MAKER');
  },
  'an IOC order expires with what is left': async ({ rest, sim }) => {
    const placed = await rest.newOrder(limit('ioc', { timeInForce: 'IOC', price: 90001, quantity: 15 }));
    assert.deepEqual([placed.status, placed.expiryReason], ['EXPIRED', 'UNFILLED_IOC_QUANTITY_EXPIRED']);
    assert.equal((await sim.order('ioc')).executedQty, '10');
  },
  'an FOK order fills whole or not at all': async ({ rest, sim }) => {
    assert.equal((await rest.newOrder(limit('fok', { timeInForce: 'FOK', price: 90001, quantity: 15 }))).status, 'EXPIRED');
    assert.equal((await sim.order('fok')).executedQty, '0');
  },
  'a test order changes nothing': async ({ rest, sim }) => {
    await rest.orderTest(limit('test'));
    assert.equal((await sim.orders()).length, 0);
  },
});

scenarios('query', {
  'an order by its name': async ({ rest, sim }) => {
    await rest.newOrder(limit('a'));
    assert.equal((await rest.getOrder({ symbol, origClientOrderId: 'a' })).orderId, (await sim.order('a')).orderId);
  },
  'an order by its number after it filled': async ({ rest, sim }) => {
    const { orderId } = await rest.newOrder(limit('a'));
    await sim.mid('SPOT', 79000);
    assert.equal((await rest.getOrder({ symbol, orderId })).status, await sim.status('a'));
  },
  'open orders are those of the ledger': async ({ rest, sim }) => {
    for (const id of ['a', 'b', 'c']) await rest.newOrder(limit(id));
    await rest.deleteOrder({ symbol, origClientOrderId: 'b' });
    const open = (await sim.orders()).filter(o => o.status === 'NEW').map(o => o.orderId);
    assert.deepEqual((await rest.getOpenOrders({ symbol })).map(o => o.orderId), open);
  },
  'all orders page from a number on': async ({ rest, sim }) => {
    for (const id of ['a', 'b', 'c']) await rest.newOrder(limit(id));
    const [, second] = await sim.orders();
    assert.deepEqual((await rest.allOrders({ symbol, orderId: second.orderId })).map(o => o.clientOrderId), ['b', 'c']);
  },
  'trades carry price, quantity and commission': async ({ rest, sim }) => {
    const { orderId } = await rest.newOrder({ symbol, side: 'BUY', type: 'MARKET', quantity: 15, newClientOrderId: 't' });
    const trades = await rest.myTrades({ symbol, orderId });
    assert.deepEqual(trades.map(t => [t.id, Number(t.qty)]), (await sim.trades('t')).map(t => [t.tradeId, Number(t.qty)]));
    assert.equal(trades[0].commissionAsset, 'BTC');
  },
  'balances follow the trades': async ({ rest, sim }) => {
    await rest.newOrder({ symbol, side: 'SELL', type: 'MARKET', quantity: 1, newClientOrderId: 's' });
    const { balances } = await rest.getAccount({ omitZeroBalances: true });
    const [trade] = await sim.trades('s');
    assert.equal(Number(balances.find(b => b.asset === 'USDT').free), 10_000_000 + Number(trade.price) * 0.999);
  },
  'the instrument rules are readable before anything trades': async ({ rest, sim }) => {
    const info = await rest.exchangeInfo({ symbol });
    assert.deepEqual(info.symbols[0].filters.slice(0, 2).map(f => f.filterType), ['PRICE_FILTER', 'LOT_SIZE']);
    assert.equal(info.symbols[0].ocoAllowed && info.symbols[0].opoAllowed && info.symbols[0].amendAllowed, true);
    assert.equal((await sim.orders()).length, 0);
  },
});

scenarios('cancel and replace', {
  'a cancel renames the order': async ({ rest, sim }) => {
    const { orderId } = await rest.newOrder(limit('a'));
    const canceled = await rest.deleteOrder({ symbol, orderId, newClientOrderId: 'a-c' });
    assert.deepEqual([canceled.origClientOrderId, canceled.clientOrderId, canceled.status], ['a', 'a-c', 'CANCELED']);
    assert.equal(await sim.status('a'), 'CANCELED');
    assert.equal((await rest.getOrder({ symbol, origClientOrderId: 'a-c' })).orderId, orderId);
  },
  'a cancel tells what had traded': async ({ rest, sim }) => {
    await rest.newOrder(limit('a', { price: 90000 }));
    await sim.sell('SPOT', 90000, 0.4);
    assert.equal(Number((await rest.deleteOrder({ symbol, origClientOrderId: 'a' })).executedQty), Number((await sim.order('a')).executedQty));
  },
  'everything of a symbol is cancelled, lists as lists': async ({ rest, sim }) => {
    await rest.newOrder(limit('a'));
    await rest.orderListOco({ symbol, side: 'SELL', quantity: 1, aboveType: 'LIMIT_MAKER', abovePrice: 95000, belowType: 'STOP_LOSS', belowStopPrice: 85000 });
    const canceled = await rest.deleteOpenOrders({ symbol });
    assert.equal(canceled.length, 2);
    assert.equal(canceled[1].orderReports.length, 2);
    assert((await sim.orders()).every(o => o.status === 'CANCELED'));
  },
  'a replacement cancels one and places one': async ({ rest, sim }) => {
    await rest.newOrder(limit('old'));
    const answer = await rest.orderCancelReplace({ ...limit('new', { price: 81000 }), cancelReplaceMode: 'STOP_ON_FAILURE', cancelOrigClientOrderId: 'old' });
    assert.deepEqual([answer.cancelResult, answer.newOrderResult], ['SUCCESS', 'SUCCESS']);
    assert.deepEqual([await sim.status('old'), await sim.status('new')], ['CANCELED', 'NEW']);
  },
  'an amendment makes an order smaller in its place': async ({ rest, sim }) => {
    await rest.newOrder(limit('a'));
    const { amendedOrder } = await rest.orderAmendKeepPriority({ symbol, origClientOrderId: 'a', newQty: 0.5, newClientOrderId: 'a' });
    assert.equal(Number(amendedOrder.qty), 0.5);
    assert.equal((await sim.order('a')).origQty, '0.5');
  },
  'a cancel restricted to untouched orders spares a touched one': async ({ rest, sim }) => {
    await rest.newOrder(limit('a', { price: 90000 }));
    await sim.sell('SPOT', 90000, 0.4);
    await assert.rejects(rest.deleteOrder({ symbol, origClientOrderId: 'a', cancelRestrictions: 'ONLY_NEW' }), /cancel restrictions/);
    assert.equal(await sim.status('a'), 'PARTIALLY_FILLED');
  },
});

scenarios('algo', {
  'a stop loss sells when the market falls': async ({ rest, sim }) => {
    const placed = await rest.newOrder(stop('s'));
    assert.deepEqual([placed.status, Number(placed.workingTime)], ['NEW', -1]);
    await sim.mid('SPOT', 88000);
    assert.equal(await sim.status('s'), 'FILLED');
  },
  'a stop-limit goes to the book at its own price': async ({ rest, sim }) => {
    await rest.newOrder(stop('s', { type: 'STOP_LOSS_LIMIT', price: 95000, timeInForce: 'GTC' }));
    assert.equal((await rest.getOrder({ symbol, origClientOrderId: 's' })).isWorking, false);
    await sim.mid('SPOT', 88000);
    assert.equal((await rest.getOrder({ symbol, origClientOrderId: 's' })).isWorking, true);
    assert.equal(await sim.status('s'), 'NEW');
  },
  'a take profit sells when the market rises': async ({ rest, sim }) => {
    await rest.newOrder(stop('t', { type: 'TAKE_PROFIT', stopPrice: 91000 }));
    await sim.mid('SPOT', 92000);
    assert.equal(await sim.status('t'), 'FILLED');
  },
  'a take-profit-limit buys low': async ({ rest, sim }) => {
    await rest.newOrder(stop('t', { side: 'BUY', type: 'TAKE_PROFIT_LIMIT', stopPrice: 89000, price: 89500, timeInForce: 'GTC' }));
    await sim.mid('SPOT', 88000);
    assert.equal(await sim.status('t'), 'FILLED');
  },
  'a stop is cancelled asleep': async ({ rest, sim }) => {
    await rest.newOrder(stop('s'));
    assert.equal((await rest.deleteOrder({ symbol, origClientOrderId: 's' })).status, 'CANCELED');
    await sim.mid('SPOT', 80000);
    assert.deepEqual([await sim.status('s'), (await sim.trades('s')).length], ['CANCELED', 0]);
  },
  'a stop on the wrong side is refused': async ({ rest, sim }) => {
    await assert.rejects(rest.newOrder(stop('s', { stopPrice: 91000 })), /trigger immediately/);
    assert.deepEqual([(await sim.orders('s')).length, (await sim.rejects(-2010)).length], [0, 1]);
  },
});
