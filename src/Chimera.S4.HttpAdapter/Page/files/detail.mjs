// One intent: where it stands, its picture, its slices, its orders, its story.
import { ask, intentPath } from './api.mjs';
import { Chart } from './chart.mjs';
import { el, fill } from './dom.mjs';
import { bps, dateTime, number, policy, time, tone } from './format.mjs';

const Again = 2_000;

const fact = (name, value, kind = '') => el('div', {}, el('dt', {}, name), el('dd', { class: kind }, value));
const table = (heads, rows) => el('div', { class: 'scroll' }, el('table', {},
  el('thead', {}, el('tr', {}, heads.map(([text, kind]) => el('th', { class: kind ?? '' }, text)))),
  el('tbody', {}, rows.map(cells => el('tr', {}, cells.map((cell, at) => el('td', { class: heads[at][1] ?? '' }, cell)))))));

function facts({ intent, result }) {
  return [
    fact('State', `${intent.status}${intent.final ? ', final' : ', goes on'}`, tone(intent)),
    intent.code ? fact('Code', intent.code, tone(intent)) : null,
    fact('Order', `${intent.side} ${number(intent.qty)} ${intent.symbol}, ${intent.market}`),
    fact('Policy', policy(intent)),
    fact('Filled', `${number(intent.filled_qty)} of ${number(intent.qty)}`),
    fact('Average price', number(intent.avg_price)),
    fact('Mid at send', number(intent.mid_at_send)),
    fact('Slippage', bps(intent.slippage_bps)),
    fact('Received (UTC)', dateTime(intent.created_at)),
    fact('Changed (UTC)', dateTime(intent.updated_at)),
    result.rejected_by ? fact('Refused by', result.rejected_by === 'ROUTER' ? 'S4 itself: nothing was sent' : 'the exchange') : null,
    result.message ? fact('Message', result.message) : null,
  ];
}

const slices = list => list.length === 0 ? [] : [el('h3', {}, 'TWAP schedule'),
  table([['Slice'], ['State'], ['Starts (UTC)', 'num'], ['Filled', 'num']],
    list.map(slice => [String(slice.no), slice.state, time(slice.at), `${number(slice.filled_qty)} of ${number(slice.qty)}`]))];

const orders = list => [el('h3', {}, 'Orders at the exchange'), list.length === 0
  ? el('p', { class: 'note' }, 'None was placed.')
  : table([['Order'], ['Price', 'num'], ['Filled', 'num'], ['State']], list.map(order => [
    el('span', {}, `${order.purpose === 'ENTRY' ? '' : `${order.purpose.toLowerCase()} `}${order.side} ${order.type}`, el('br'), el('code', {}, order.client_order_id)),
    order.trigger_px ? `at ${number(order.trigger_px)}` : order.price ? number(order.price) : 'market',
    `${number(order.filled_qty)} of ${number(order.qty)}`,
    order.needs_review ? `${order.status}, to review` : order.status,
  ]))];

const story = steps => [el('h3', {}, 'Timeline (UTC)'), steps.length === 0
  ? el('p', { class: 'note' }, 'Nothing has happened yet.')
  : el('ol', { class: 'steps' }, steps.map(step => el('li', {},
    el('time', { datetime: step.at, title: dateTime(step.at) }, time(step.at, true)),
    el('span', { title: step.client_order_id }, el('b', {}, step.what), step.detail ? ` ${step.detail}` : ''))))];

export class Detail {
  #id = null;
  #parts = null;
  #chart = null;
  #seen = null;
  #timer = 0;

  constructor(host, levers, closed) {
    Object.assign(this, { host, levers, closed });
  }

  get id() { return this.#id; }

  show(id) {
    if (this.#id === id) return;
    this.#drop();
    this.#id = id;
    const button = (text, kind, act) => el('button', { type: 'button', class: kind, hidden: true, on: { click: () => act(id).then(done => done && this.#load()) } }, text);
    this.#parts = {
      facts: el('dl'), chart: el('div', { class: 'plot' }), slices: el('div'), orders: el('div'), story: el('div'), wrong: el('p', { class: 'note bad', role: 'status' }),
      cancel: button('Cancel the intent…', 'danger', this.levers.cancel), resolve: button('Resolve…', 'danger', this.levers.resolve),
    };
    const p = this.#parts;
    this.host.replaceChildren(el('div', {},
      el('div', { class: 'top' }, el('h2', { id: 'detail-title', tabindex: '-1' }, id), el('button', { type: 'button', 'aria-label': 'Close', on: { click: this.closed } }, 'Close')),
      p.wrong, el('div', { class: 'acts' }, p.resolve, p.cancel), p.facts, el('h3', {}, 'Price and fills'), p.chart, p.slices, p.orders, p.story));
    this.host.hidden = false;
    this.#chart = new Chart(p.chart);
    this.#load();
  }

  /** The blotter's line of it, which may be newer than what is shown. */
  noticed(row) {
    if (row && this.#seen && row.updated_at !== this.#seen) this.#load();
  }

  close() {
    this.#drop();
    this.host.hidden = true;
    this.host.replaceChildren();
  }

  #drop() {
    clearTimeout(this.#timer);
    this.#chart?.end();
    this.#id = this.#chart = this.#parts = this.#seen = null;
  }

  async #load() {
    const id = this.#id;
    clearTimeout(this.#timer);
    try {
      const [view, chart] = await Promise.all([ask('GET', intentPath(id)), ask('GET', `${intentPath(id)}/chart`)]);
      if (this.#id !== id) return;
      this.#draw(view, chart);
      if (!view.intent.final) this.#timer = setTimeout(() => this.#load(), Again);
    } catch (error) {
      if (this.#id !== id) return;
      this.#parts.wrong.textContent = error.message;
      this.#timer = setTimeout(() => this.#load(), Again);
    }
  }

  #draw(view, chart) {
    const p = this.#parts;
    this.#seen = view.intent.updated_at;
    p.wrong.textContent = '';
    p.cancel.hidden = view.intent.final;
    p.resolve.hidden = view.intent.code !== 'NEEDS_REVIEW';
    fill(p.facts, facts(view));
    fill(p.slices, slices(chart.slices));
    fill(p.orders, orders(chart.orders));
    fill(p.story, story(view.timeline));
    this.#chart.draw(chart, view.intent.avg_price);
  }
}
