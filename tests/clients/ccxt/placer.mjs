// What a user would write instead of S4, for the benchmarks: createOrder, called at a pace. No bus, no store, no second try.
//   node placer.mjs PORT REST SOCKETS KEY SECRET
// POST /batch {perSecond, ids} on PORT places one MARKET order per id and answers [[id, calledUs, answeredUs, status]]; status of ccxt's order, or the name of its error.
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from './connect.mjs';

const [port, url, ws, apiKey, apiSecret] = process.argv.slice(2);
const strip = text => text.replace(/\/$/, '');
const spot = await connect({ url: strip(url), ws: strip(ws) }, { apiKey, apiSecret }, 'spot', 'spot');

/** Microseconds since 1970 on the machine's clock. Date has milliseconds only: where it ticks over, it is right to the microsecond. */
function clock() {
  const before = Date.now();
  while (Date.now() === before);
  const zero = Date.now() - performance.now();
  return () => Math.round((zero + performance.now()) * 1000);
}

async function place(id, now) {
  const called = now();
  try {
    const order = await spot.createOrder('BTC/USDT', 'market', Number(id.at(-1)) % 2 === 0 ? 'buy' : 'sell', 0.001, undefined, { clientOrderId: id });
    return [id, called, now(), order.status];
  } catch (error) {
    return [id, called, now(), error.constructor.name];
  }
}

async function batch({ perSecond, ids }) {
  const [now, begun, placed] = [clock(), performance.now(), []];
  for (const [number, id] of ids.entries()) {
    const early = begun + number * 1000 / perSecond - performance.now();
    if (early > 0) await sleep(early);
    placed.push(place(id, now));
  }
  return Promise.all(placed);
}

http.createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(request.method === 'POST' ? await batch(JSON.parse(body)) : 'ready'));
}).listen(Number(port), '127.0.0.1');
