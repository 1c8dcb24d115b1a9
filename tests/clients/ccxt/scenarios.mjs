// ccxt, unified methods on spot and on linear futures; its implicit methods where the unified API has none (order lists).
import { apiKey, apiSecret } from '../harness/simulator.mjs';
import { runAll } from '../harness/scenarios.mjs';
import { connect } from './connect.mjs';
import './orders.mjs';
import './conditional.mjs';
import './streams.mjs';
import './refusals.mjs';

const account = { apiKey, apiSecret };

await runAll('ccxt', async sim => ({ spot: await connect(sim, account, 'spot', 'spot'), fut: await connect(sim, account, 'swap', 'linear') }), {
  notes: ['lists: no unified method for order lists; its implicit methods for the raw endpoints are driven instead', 'amend: no unified method that keeps the place in the queue'],
});
