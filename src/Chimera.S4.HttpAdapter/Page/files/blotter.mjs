// The table of intents. A row keeps its element as long as it is shown; only what changed is drawn again.
import { el } from './dom.mjs';
import { bps, number, policy, share, time, tone } from './format.mjs';
import { rank } from './model.mjs';

const cell = (kind, title, ...children) => el('td', { class: kind, role: 'gridcell', title }, ...children);

// A long code breaks between its words.
const words = code => code.split('_').flatMap((word, at) => at === 0 ? [word] : ['_', el('wbr'), word]);

function cells(row) {
  const track = el('i');
  track.style.width = `${share(row) * 100}%`;
  return [
    cell('id', row.intent_id, row.intent_id, el('span', { class: 'policy' }, policy(row))),
    cell('where', null, `${row.market} `, el('b', {}, row.symbol)),
    cell(`side ${row.side}`, null, row.side),
    cell('filled', `${row.filled_qty} of ${row.qty}`, el('span', {}, `${number(row.filled_qty)} of ${number(row.qty)}`), el('div', { class: 'track' }, track)),
    cell('num average', row.avg_price, number(row.avg_price)),
    cell('num mid', row.mid_at_send, number(row.mid_at_send)),
    cell(`num slippage ${Number(row.slippage_bps ?? 0) > 0 ? 'warn' : ''}`, 'against the mid when it was sent; positive is a cost', bps(row.slippage_bps)),
    cell(`state ${tone(row)}`, row.final ? 'final' : 'not final', row.status + (row.final ? '' : ' …'), row.code ? el('small', {}, words(row.code)) : null),
    cell('num changed faint', row.updated_at, time(row.updated_at)),
  ];
}

export class Blotter {
  #elements = new Map();       // id → { element, row }
  #list = [];
  #active = null;

  constructor(body, open) {
    Object.assign(this, { body, open });
    body.addEventListener('click', event => this.#openAt(event.target));
    body.addEventListener('focusin', event => this.#activate(event.target.closest('tr')?.dataset.id));
  }

  get size() { return this.#list.length; }

  draw(list, selected) {
    const had = this.body.contains(document.activeElement) ? this.#active : null;
    this.#list = list;
    const shown = new Set(list.map(row => row.intent_id));
    for (const [id, { element }] of this.#elements) {
      if (shown.has(id)) continue;
      element.remove();
      this.#elements.delete(id);
    }
    if (!shown.has(this.#active)) this.#active = list[0]?.intent_id ?? null;
    let before = this.body.firstElementChild;
    for (const row of list) {
      const element = this.#element(row);
      if (element === before) before = before.nextElementSibling;
      else this.body.insertBefore(element, before);
      element.setAttribute('aria-selected', String(row.intent_id === selected));
      element.tabIndex = row.intent_id === this.#active ? 0 : -1;
    }
    // Moving an element takes its focus away.
    if (had !== null && !this.body.contains(document.activeElement)) this.focus(had);
  }

  focus(id = this.#active) {
    const element = this.#elements.get(id)?.element ?? this.#elements.get(this.#active)?.element ?? this.body;
    element.focus({ preventScroll: false });
  }

  /** Up and down; by more than there are is to the first or last. */
  move(step) {
    if (this.#list.length === 0) return;
    const at = this.#list.findIndex(row => row.intent_id === this.#active);
    const isIn = this.body.contains(document.activeElement);
    const to = Math.min(this.#list.length - 1, Math.max(0, isIn ? at + step : at));
    this.focus(this.#list[to].intent_id);
  }

  openActive() { if (this.#active !== null) this.open(this.#active); }

  #activate(id) {
    if (id === undefined || id === this.#active) return;
    const old = this.#elements.get(this.#active)?.element;
    if (old) old.tabIndex = -1;
    this.#active = id;
    this.#elements.get(id).element.tabIndex = 0;
  }

  #openAt(target) {
    const id = target.closest('tr')?.dataset.id;
    if (id === undefined || String(getSelection()) !== '') return;        // text is being selected
    this.#activate(id);
    this.open(id);
  }

  #element(row) {
    let held = this.#elements.get(row.intent_id);
    if (held?.row === row) return held.element;
    const element = held?.element ?? el('tr', { role: 'row' });
    element.dataset.id = row.intent_id;
    element.className = ['review', 'unknown', ''][rank(row)];
    element.replaceChildren(...cells(row));
    if (held) this.#flash(element);
    held = { element, row };
    this.#elements.set(row.intent_id, held);
    return element;
  }

  #flash(element) {
    void element.offsetWidth;       // so that the animation starts anew
    element.classList.add('fresh');
  }
}
