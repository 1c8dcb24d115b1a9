// A ccxt client whose every address is the simulator's.
import ccxt from 'ccxt';

// The futures @trade stream has been silent since April 2026; ccxt still asks for it unless told otherwise.
const tapes = { watchTrades: { name: 'aggTrade' }, watchTradesForSymbols: { name: 'aggTrade' } };

/** Rewrites the host of every address that the client knows. */
function point(urls, host, socket) {
  for (const [name, value] of Object.entries(urls)) {
    if (typeof value === 'string') urls[name] = (value.startsWith('ws') ? socket : host) + value.replace(/^\w+:\/\/[^/]+/, '');
    else if (value) point(value, host, socket);
  }
}

export async function connect({ url, ws }, { apiKey, apiSecret }, defaultType, types) {
  const exchange = new ccxt.pro.binance({ apiKey, secret: apiSecret, enableRateLimit: false, options: { defaultType, fetchMargins: false, fetchMarkets: { types: [types] }, warnOnFetchOpenOrdersWithoutSymbol: false, ...tapes } });
  exchange.has.fetchCurrencies = false;
  point(exchange.urls.api, url, ws);
  await exchange.loadHttpProxyAgent(); // for plain ws://
  await exchange.loadMarkets();
  return exchange;
}
