// What only somebody with a key may do, each after a question.
import { ask, keys } from './api.mjs';
import { confirm, keyField } from './dialogs.mjs';

const reason = { name: 'reason', label: 'Reason, for the record', required: true };

export function killSwitch(gates) {
  const to = gates?.kill_switch === 'ON' ? 'OFF' : 'ON';
  return confirm({
    title: `Turn the kill switch ${to}?`,
    lines: [to === 'ON'
      ? 'On every replica: new intents are denied, resting entries are canceled, slices stop. What reduces, protects or cancels passes.'
      : 'On every replica: new exposure is allowed again.'],
    fields: [reason, ...keyField('ops')],
    action: `Turn it ${to}`,
    run: values => ask('PUT', '/ops/kill-switch', { state: to, reason: values.reason }, values.key),
  });
}

/** What `POST /ops/cancel-all` will do, in words: of which symbol, on which market. */
function ending({ market, symbol, flatten }) {
  const name = symbol.trim().toUpperCase();
  const where = market ? `${name || 'every symbol'} on ${market}` : name || 'every symbol on both markets';
  const ends = `Ends every live intent of ${where}.`;
  if (!flatten) return `${ends} What protects a quantity that is held stays, and so does what is held.`;
  const held = [
    market !== 'SPOT' ? `the whole futures position of ${name || 'each symbol'}, whoever opened it` : null,
    market !== 'FUT' ? `what live spot intents have bought or protect${name ? ` of ${name}` : ''}` : null,
  ].filter(part => part !== null).join('; and ');
  return `${ends} Then closes at market, by reduce-only orders: ${held}. Their stops and take-profits go. It cannot be taken back.`;
}

export function cancelAll() {
  return confirm({
    title: 'Cancel every live intent?',
    lines: ['New intents are not held up: the kill switch does that.'],
    fields: [
      { name: 'market', kind: 'choice', label: 'Market', options: [['', 'Both'], ['SPOT', 'SPOT'], ['FUT', 'FUT']] },
      { name: 'symbol', label: 'Symbol (empty: all)', most: 32 },
      { name: 'flatten', kind: 'tick', label: 'Close what is held as well (flatten)', required: false },
      reason, ...keyField('ops'),
      { name: 'sure', kind: 'tick', label: 'I mean exactly this.' },
    ],
    says: ending,
    action: values => values.flatten ? 'Cancel all and close what is held' : 'Cancel all',
    run: values => ask('POST', '/ops/cancel-all', {
      ...(values.market ? { market: values.market } : {}), ...(values.symbol.trim() ? { symbol: values.symbol.trim().toUpperCase() } : {}),
      ...(values.flatten ? { flatten: true } : {}), confirm: values.sure === 'on', reason: values.reason,
    }, values.key),
  });
}

export function cancel(id) {
  return confirm({
    title: `Cancel ${id}?`,
    lines: ['What is alive of it at the exchange is canceled. What is filled stays, and so does its protection unless nothing else is left to cancel.'],
    fields: keyField('trade'),
    action: 'Cancel the intent',
    run: values => ask('POST', '/cancel', { intent_id: id, reason: 'OPS_PAGE' }, values.key),
  });
}

export function resolve(id) {
  return confirm({
    title: `Resolve ${id}`,
    lines: ['S4 could neither find its order nor prove that there is none. Look at the exchange: open orders, order history and trades. A wrong word here can trade twice. S4 looks once more itself, and what the exchange shows wins.'],
    fields: [
      { name: 'order_id', label: 'Order id at the exchange (empty: there is no such order)', most: 64 },
      reason, ...keyField('ops'),
      { name: 'sure', kind: 'tick', label: 'I have looked at the exchange.' },
    ],
    action: 'Resolve',
    run: values => ask('POST', `/ops/intents/${encodeURIComponent(id)}/resolve`, { evidence: values.order_id.trim() || 'ABSENT', confirm: values.sure === 'on', reason: values.reason }, values.key),
  });
}

/** Asks for this tab's key until one lets it read; null where it was given up. */
export function signIn(why) {
  return confirm({
    title: 'A key is needed',
    lines: [why, 'It stays in this tab and is forgotten when the tab closes.'],
    fields: [{ name: 'own', kind: 'password', label: 'Key with the role read, trade or ops', required: true, most: 128 }],
    action: 'Use it',
    isDanger: false,
    run: async values => {
      await ask('GET', '/ops/gates', undefined, values.own);
      keys.use(values.own);
      return true;
    },
  });
}
