// binance (siebly): MainClient on spot, USDMClient on futures, its WebSocket clients for both.
import { MainClient, USDMClient, WebsocketAPIClient, WebsocketClient } from 'binance';
import { apiKey, apiSecret } from '../harness/simulator.mjs';
import { runAll } from '../harness/scenarios.mjs';
import './spot.mjs';
import './futures.mjs';
import './streams.mjs';
import './refusals.mjs';

const quiet = { trace() {}, info() {}, error() {} };

await runAll('binance (siebly)', async sim => {
  const rest = { api_key: apiKey, api_secret: apiSecret, baseUrl: sim.url, disableTimeSync: true };
  const sockets = { api_key: apiKey, api_secret: apiSecret, beautify: false, wsUrl: sim.ws, disableTimeSync: true, restOptions: { baseUrl: sim.url, disableTimeSync: true } };
  return {
    spot: new MainClient(rest),
    fut: new USDMClient(rest),
    socket: () => new WebsocketClient(sockets, quiet),
    socketApi: () => new WebsocketAPIClient({ ...sockets, attachEventListeners: false }, quiet),
  };
}, { notes: ['amend: 3.6.5 sends amendOrderKeepPriority to /fapi, where no venue has it, so it is not driven'] });
