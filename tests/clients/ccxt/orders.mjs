// Placing, looking, cancelling and replacing on both venues.
import { assert, scenarios } from '../harness/scenarios.mjs';

export const S = 'BTC/USDT', F = 'BTC/USDT:USDT';
export const named = (clientOrderId, more = {}) => ({ clientOrderId, ...more });

scenarios('place', {
  'a spot market order fills': async ({ spot, sim }) => {
    assert.equal((await spot.createOrder(S, 'market', 'buy', 1, undefined, named('m'))).status, 'closed');
    assert.equal(await sim.status('m'), 'FILLED');
  },
  'a spot market order by its cost': async ({ spot, sim }) => {
    await spot.createMarketBuyOrderWithCost(S, 9000.1, named('c'));
    assert.equal((await sim.order('c')).executedQty, '0.1');
  },
  'a spot limit order rests': async ({ spot, sim }) => {
    assert.equal((await spot.createOrder(S, 'limit', 'buy', 1, 80000, named('l'))).status, 'open');
    assert.equal(await sim.status('l'), 'NEW');
  },
  'a post-only spot order is a limit maker': async ({ spot, sim }) => {
    await spot.createOrder(S, 'limit', 'buy', 1, 80000, named('p', { postOnly: true }));
    assert.equal((await sim.order('p')).type, 'LIMIT_MAKER');
  },
  'an IOC spot order expires': async ({ spot, sim }) => {
    assert.equal((await spot.createOrder(S, 'limit', 'buy', 15, 90001, named('i', { timeInForce: 'IOC' }))).filled, 10);
    assert.equal(await sim.status('i'), 'EXPIRED');
  },
  'a futures market order opens a position': async ({ fut, sim }) => {
    await fut.createOrder(F, 'market', 'buy', 2, undefined, named('m'));
    const [position] = await fut.fetchPositions([F]);
    assert.deepEqual([position.contracts, (await sim.order('m')).executedQty], [2, '2']);
  },
  'a post-only futures order is GTX': async ({ fut, sim }) => {
    await fut.createOrder(F, 'limit', 'buy', 1, 80000, named('g', { postOnly: true }));
    assert.equal((await sim.order('g')).timeInForce, 'GTX');
  },
  'a reduce-only futures order closes': async ({ fut, sim }) => {
    await fut.createOrder(F, 'market', 'buy', 2);
    await fut.createOrder(F, 'market', 'sell', 5, undefined, named('r', { reduceOnly: true }));
    assert.equal((await sim.order('r')).executedQty, '2');
  },
  'several futures orders at once': async ({ fut, sim }) => {
    const placed = await fut.createOrders(['a', 'b'].map(id => ({ symbol: F, type: 'limit', side: 'buy', amount: 1, price: 80000, params: named(id) })));
    assert.deepEqual(placed.map(o => Number(o.id)), (await sim.orders()).map(o => o.orderId));
  },
});

scenarios('query', {
  'a spot order by its number': async ({ spot, sim }) => {
    const { id } = await spot.createOrder(S, 'limit', 'buy', 1, 80000, named('a'));
    assert.equal((await spot.fetchOrder(id, S)).clientOrderId, (await sim.order('a')).clientOrderId);
  },
  'open spot orders': async ({ spot, sim }) => {
    for (const id of ['a', 'b']) await spot.createOrder(S, 'limit', 'buy', 1, 80000, named(id));
    assert.deepEqual((await spot.fetchOpenOrders(S)).map(o => Number(o.id)), (await sim.orders()).map(o => o.orderId));
  },
  'all futures orders': async ({ fut, sim }) => {
    for (const id of ['a', 'b']) await fut.createOrder(F, 'limit', 'buy', 1, 80000, named(id));
    assert.deepEqual((await fut.fetchOrders(F)).map(o => Number(o.id)), (await sim.orders()).map(o => o.orderId));
  },
  'spot trades': async ({ spot, sim }) => {
    await spot.createOrder(S, 'market', 'buy', 15, undefined, named('t'));
    assert.deepEqual((await spot.fetchMyTrades(S)).map(t => Number(t.id)), (await sim.trades('t')).map(t => t.tradeId));
  },
  'the spot balance after a trade': async ({ spot, sim }) => {
    await spot.createOrder(S, 'market', 'sell', 1, undefined, named('s'));
    assert.equal((await spot.fetchBalance()).BTC.free, 100 - Number((await sim.order('s')).executedQty));
  },
  'futures positions, balance, leverage and mode': async ({ fut, sim }) => {
    await fut.setLeverage(10, F);
    await fut.createOrder(F, 'market', 'sell', 1, undefined, named('m'));
    assert.equal((await fut.fetchPositions([F]))[0].side, 'short');
    assert((await fut.fetchBalance()).USDT.total < 10_000_000);
    assert.equal((await fut.fetchPositionMode(F)).hedged, false);
    assert.equal(await sim.status('m'), 'FILLED');
  },
  'the book and the ticker around our order': async ({ spot, sim }) => {
    await spot.createOrder(S, 'limit', 'buy', 1, 89999.5, named('b'));
    assert.equal((await spot.fetchOrderBook(S)).bids[0][0], Number((await sim.order('b')).price));
    assert.equal((await spot.fetchTicker(S)).bid, 89999.5);
  },
});

scenarios('cancel and replace', {
  'a spot order is cancelled': async ({ spot, sim }) => {
    const { id } = await spot.createOrder(S, 'limit', 'buy', 1, 80000, named('a'));
    assert.equal((await spot.cancelOrder(id, S)).status, 'canceled');
    assert.equal(await sim.status('a'), 'CANCELED');
  },
  'a futures order is cancelled by its name': async ({ fut, sim }) => {
    await fut.createOrder(F, 'limit', 'buy', 1, 80000, named('a'));
    await fut.cancelOrder('', F, { clientOrderId: 'a' });
    assert.equal(await sim.status('a'), 'CANCELED');
  },
  'a spot order is replaced': async ({ spot, sim }) => {
    const { id } = await spot.createOrder(S, 'limit', 'buy', 1, 80000, named('old'));
    await spot.editOrder(id, S, 'limit', 'buy', 1, 81000, { newClientOrderId: 'new' });
    assert.equal(await sim.status('old'), 'CANCELED');
    assert.equal((await sim.orders()).at(-1).price, '81000');
  },
  'a futures order is modified': async ({ fut, sim }) => {
    const { id } = await fut.createOrder(F, 'limit', 'buy', 1, 80000, named('a'));
    await fut.editOrder(id, F, 'limit', 'buy', 2, 81000);
    assert.deepEqual([(await sim.order('a')).price, (await sim.order('a')).origQty], ['81000', '2']);
  },
  'all spot orders are cancelled': async ({ spot, sim }) => {
    for (const id of ['a', 'b']) await spot.createOrder(S, 'limit', 'buy', 1, 80000, named(id));
    await spot.cancelAllOrders(S);
    assert((await sim.orders()).every(o => o.status === 'CANCELED'));
  },
  'all futures orders are cancelled': async ({ fut, sim }) => {
    for (const id of ['a', 'b']) await fut.createOrder(F, 'limit', 'buy', 1, 80000, named(id));
    await fut.cancelAllOrders(F);
    assert((await sim.orders()).every(o => o.status === 'CANCELED'));
  },
});
