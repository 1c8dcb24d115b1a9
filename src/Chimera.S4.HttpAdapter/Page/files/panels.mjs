// Lamps in the head, panels beside the table. Each says in words why it is empty.
import { el, fill } from './dom.mjs';
import { dateTime, time } from './format.mjs';

const line = (name, value, kind = '') => el('div', { class: 'line' }, el('span', {}, name), ' ', el('span', { class: kind }, value));
const panel = (title, ...content) => el('div', {}, el('h2', {}, title), ...content);
const note = text => el('p', { class: 'note' }, text);
const lamp = (name, value, kind) => el('li', { class: `lamp ${kind}` }, `${name} `, el('b', {}, value));

const toneOf = { OK: 'good', CLOSED: 'good', OFF: 'good', DEGRADED: 'warn', HALF: 'warn', DOWN: 'bad', OPEN: 'bad', ON: 'bad' };

export function drawLamps(host, { gates, health }, connection, attention, showAttention) {
  const review = attention.filter(row => row.code === 'NEEDS_REVIEW').length;
  const unknown = attention.length - review;
  fill(host,
    lamp('page', connection, connection === 'live' ? 'good' : 'warn'),
    health ? lamp('router', health.status, toneOf[health.status] ?? '') : null,
    gates ? lamp('kill switch', gates.kill_switch, toneOf[gates.kill_switch]) : null,
    gates?.breakers.map(breaker => lamp(`breaker ${breaker.market}`, breaker.state, toneOf[breaker.state])),
    review + unknown === 0 ? null : el('li', {}, el('button', { type: 'button', class: 'lamp bad', on: { click: showAttention } },
      [review > 0 ? `${review} to review` : null, unknown > 0 ? `${unknown} unknown` : null].filter(Boolean).join(', '))));
}

function gatesPanel(gates) {
  if (!gates) return panel('Gates', note('Not heard yet.'));
  return panel('Gates',
    line('Kill switch', gates.kill_switch, toneOf[gates.kill_switch]),
    gates.breakers.map(breaker => line(`Breaker ${breaker.market}`, `${breaker.state}, ${breaker.failures} of ${breaker.answers} failed`, toneOf[breaker.state])),
    note(gates.kill_switch === 'ON' ? 'New exposure is denied; what reduces, protects or cancels passes.' : 'New exposure passes where its breaker is closed.'));
}

const meaning = { redis: 'state', arango: 'record', exch: 'exchange', cb_state: 'breakers', route_rev: 'route curves', bus: 'bus' };

function healthPanel(health) {
  if (!health) return panel('Health', note('Not heard yet.'));
  return panel('Health', health.checks.map(check => el('div', {},
    line(meaning[check.name] ?? check.name, check.status, toneOf[check.status] ?? ''),
    check.detail ? note(check.name === 'route_rev' ? `revision ${check.detail}` : check.detail) : null)));
}

function queuesPanel(queues) {
  if (!queues) return panel('Queues', note('Not heard yet.'));
  if (queues.bus === 'MEMORY') return panel('Queues', note('The bus is in this process’s memory: no broker runs, and nothing waits in one.'));
  return panel('Queues',
    queues.queues.map(queue => line(queue.name, `${queue.ready} waiting, ${queue.consumers} consumer${queue.consumers === 1 ? '' : 's'}${queue.errors > 0 ? `, ${queue.errors} in error` : ''}`,
      queue.errors > 0 || queue.consumers === 0 ? 'bad' : '')),
    queues.problem ? el('p', { class: 'note bad' }, queues.problem) : queues.queues.length === 0 ? note('The broker has not been looked at yet.') : null);
}

function alertsPanel(alerts, open) {
  if (!alerts || alerts.items.length === 0) return panel('Alerts', note('None. What a person has to know appears here, with the page of its runbook.'));
  return panel('Alerts', alerts.items.map(alert => el('div', { class: 'alert' },
    el('b', { class: alert.level === 'FATAL' ? 'bad' : 'warn' }, `${alert.level} ${alert.code}`), ' ',
    el('time', { class: 'note', datetime: alert.ts, title: dateTime(alert.ts) }, time(alert.ts)),
    el('div', {}, alert.text),
    el('div', { class: 'note' }, alert.runbook),
    alert.intent_id ? el('button', { type: 'button', on: { click: () => open(alert.intent_id) } }, `Open ${alert.intent_id}`) : null)));
}

export function drawPanels(host, panels, open) {
  fill(host, gatesPanel(panels.gates), queuesPanel(panels.queues), healthPanel(panels.health), alertsPanel(panels.alerts, open));
}
