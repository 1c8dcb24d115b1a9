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

export function cancelAll() {
  return confirm({
    title: 'Cancel every live intent?',
    lines: ['Every live intent is asked to end, or those of a market or symbol. What protects a quantity that is held stays. New intents are not held up: the kill switch does that.'],
    fields: [
      { name: 'market', kind: 'choice', label: 'Market', options: [['', 'Both'], ['SPOT', 'SPOT'], ['FUT', 'FUT']] },
      { name: 'symbol', label: 'Symbol (empty: all)', most: 32 },
      reason, ...keyField('ops'),
      { name: 'sure', kind: 'tick', label: 'I mean all of them.' },
    ],
    action: 'Cancel all',
    run: values => ask('POST', '/ops/cancel-all', {
      ...(values.market ? { market: values.market } : {}), ...(values.symbol ? { symbol: values.symbol.toUpperCase() } : {}), confirm: values.sure === 'on', reason: values.reason,
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
