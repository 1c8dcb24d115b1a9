// @binance/derivatives-trading-usds-futures, the official futures connector: Algo service, listen key, the three routed socket paths.
import { DerivativesTradingUsdsFutures } from '@binance/derivatives-trading-usds-futures';
import { apiKey, apiSecret } from '../harness/simulator.mjs';
import { runAll } from '../harness/scenarios.mjs';
import './orders.mjs';
import './changes.mjs';
import './algos.mjs';
import './streams.mjs';
import './refusals.mjs';

await runAll('@binance/derivatives-trading-usds-futures', async sim => {
  const client = new DerivativesTradingUsdsFutures({
    configurationRestAPI: { apiKey, apiSecret, basePath: sim.url, timeout: 5000, retries: 0 },
    configurationWebsocketStreams: { wsURL: sim.ws },
  });
  const rest = new Proxy(client.restAPI, { get: (api, name) => async request => (await api[name](request)).data() });
  return { client, rest, raw: client.restAPI };
}, { notes: ['lists: futures have no order lists; the group drives batches, several orders in one request, each with its own answer'] });
