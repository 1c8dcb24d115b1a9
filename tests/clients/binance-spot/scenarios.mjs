// @binance/spot, the official spot connector: everything in the query, its own error classes, hex request ids on its sockets.
import { Spot } from '@binance/spot';
import { apiKey, apiSecret } from '../harness/simulator.mjs';
import { runAll } from '../harness/scenarios.mjs';
import './orders.mjs';
import './lists.mjs';
import './streams.mjs';
import './refusals.mjs';

await runAll('@binance/spot', async sim => {
  const client = new Spot({
    configurationRestAPI: { apiKey, apiSecret, basePath: sim.url, timeout: 5000, retries: 0 },
    configurationWebsocketAPI: { apiKey, apiSecret, wsURL: sim.ws + '/ws-api/v3' },
    configurationWebsocketStreams: { wsURL: sim.ws },
  });
  const rest = new Proxy(client.restAPI, { get: (api, name) => async request => (await api[name](request)).data() });
  return { client, rest, raw: client.restAPI };
}, { notes: ['algo: spot has no Algo service; the group drives the conditional orders that its MAX_NUM_ALGO_ORDERS filter counts'] });
