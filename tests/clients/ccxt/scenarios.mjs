// ccxt, unified methods on spot and on linear futures; its implicit methods where the unified API has none (order lists).
import ccxt from 'ccxt';
import { apiKey, apiSecret } from '../harness/simulator.mjs';
import { runAll } from '../harness/scenarios.mjs';
import './orders.mjs';
import './conditional.mjs';
import './streams.mjs';
import './refusals.mjs';

// The futures @trade stream has been silent since April 2026; ccxt still asks for it unless told otherwise.
const tapes = { watchTrades: { name: 'aggTrade' }, watchTradesForSymbols: { name: 'aggTrade' } };

/** Rewrites the host of every address that the client knows. */
function point(urls, host, socket) {
  for (const [name, value] of Object.entries(urls)) {
    if (typeof value === 'string') urls[name] = (value.startsWith('ws') ? socket : host) + value.replace(/^\w+:\/\/[^/]+/, '');
    else if (value) point(value, host, socket);
  }
}

async function connect(sim, defaultType, types) {
  const exchange = new ccxt.pro.binance({ apiKey, secret: apiSecret, enableRateLimit: false, options: { defaultType, fetchMargins: false, fetchMarkets: { types: [types] }, warnOnFetchOpenOrdersWithoutSymbol: false, ...tapes } });
  exchange.has.fetchCurrencies = false;
  point(exchange.urls.api, sim.url, sim.ws);
  await exchange.loadHttpProxyAgent(); // for plain ws://
  await exchange.loadMarkets();
  return exchange;
}

await runAll('ccxt', async sim => ({ spot: await connect(sim, 'spot', 'spot'), fut: await connect(sim, 'swap', 'linear') }), {
  notes: ['lists: no unified method for order lists; its implicit methods for the raw endpoints are driven instead', 'amend: no unified method that keeps the place in the queue'],
});
