// The pro half: user and market streams of both venues.
import { assert, scenarios, until } from '../harness/scenarios.mjs';
import { F, S, named } from './orders.mjs';

/** Keeps watching while the market is provoked, until something comes that passes. */
async function watch(next, provoke, passes) {
  let found, failed;
  const watching = (async () => { while (!found) { const got = await next(); found = passes(got) ? got : undefined; } })().catch(error => { failed = error; });
  await until(async () => {
    if (failed) throw failed;
    if (!found) await provoke();
    await new Promise(resolve => setTimeout(resolve, 100));
    return found;
  });
  await watching;
  return found;
}

let count = 0;
const rest = (exchange, symbol) => () => exchange.createOrder(symbol, 'limit', 'buy', 0.001, 80000, named('w' + count++));
const take = (exchange, symbol) => () => exchange.createOrder(symbol, 'market', 'buy', 0.001, undefined, named('w' + count++));

for (const [venue, symbol] of [['spot', S], ['fut', F]])
  scenarios('streams', {
    [`${venue} orders are told`]: async ({ sim, [venue]: exchange }) => {
      const orders = await watch(() => exchange.watchOrders(symbol), rest(exchange, symbol), o => o.some(x => x.clientOrderId.startsWith('w')));
      assert((await sim.orders()).some(o => o.clientOrderId === orders.at(-1).clientOrderId));
    },
    [`${venue} trades of ours are told`]: async ({ sim, [venue]: exchange }) => {
      const trades = await watch(() => exchange.watchMyTrades(symbol), take(exchange, symbol), t => t.length > 0);
      assert((await sim.ledger()).trades.some(t => t.orderId === Number(trades.at(-1).order)));
    },
    [`${venue} balances are told`]: async ({ sim, [venue]: exchange }) => {
      await watch(() => exchange.watchBalance(), take(exchange, symbol), b => b.USDT.total < 10_000_000);
      assert((await sim.orders()).every(o => o.status === 'FILLED'));
    },
    [`the ${venue} book is followed`]: async ({ sim, [venue]: exchange }) => {
      const price = 89999.5 - count++ % 2 * 0.1;
      await exchange.createOrder(symbol, 'limit', 'buy', 1, price, named('best'));
      await watch(() => exchange.watchOrderBook(symbol), rest(exchange, symbol), book => book.bids[0][0] === price);
      assert.equal(Number((await sim.order('best')).price), price);
    },
    [`public ${venue} trades show ours`]: async ({ sim, [venue]: exchange }) => {
      const trades = await watch(() => exchange.watchTrades(symbol), take(exchange, symbol), t => t.length > 0);
      assert((await sim.ledger()).trades.some(t => t.tradeId === Number(trades.at(-1).id)));
    },
  });
