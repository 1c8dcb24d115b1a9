// What the page knows: rows by intent, panels by name. No document in here.

/** What a person has to look at comes first. */
export const rank = row => row.code === 'NEEDS_REVIEW' ? 0 : row.status === 'UNKNOWN' ? 1 : 2;

const byRank = (a, b) => rank(a) - rank(b) || b.created_at.localeCompare(a.created_at) || a.intent_id.localeCompare(b.intent_id);

export function matches(row, { text, state, market }) {
  if (market && row.market !== market) return false;
  if (state === 'ATTENTION' && rank(row) === 2) return false;
  if (state === 'OPEN' && row.final) return false;
  if (state && state !== 'ATTENTION' && state !== 'OPEN' && row.status !== state) return false;
  const wanted = text.trim().toLowerCase();
  return wanted === '' || row.intent_id.toLowerCase().includes(wanted) || row.symbol.toLowerCase().includes(wanted);
}

export class Model {
  rows = new Map();
  older = new Map();
  panels = {};
  /** True from the first complete lot on: before it, an empty table means nothing. */
  isLoaded = false;
  #incoming = null;

  /** One event of the stream. */
  take(event, data) {
    if (event === 'begin') this.#incoming = new Map();
    else if (event === 'rows') for (const row of data.items) (this.#incoming ?? this.rows).set(row.intent_id, row);
    else if (event === 'gone') for (const id of data.ids) this.rows.delete(id);
    else if (event === 'end') {
      if (this.#incoming) this.rows = this.#incoming;
      this.#incoming = null;
      this.isLoaded = true;
    } else if (event !== 'beat') this.panels[event] = data;
  }

  takeOlder(items) {
    for (const row of items) this.older.set(row.intent_id, row);
  }

  get(id) { return this.rows.get(id) ?? this.older.get(id); }

  /** Every known row once, as the stream has it where it has it. */
  all() { return [...this.rows.values(), ...[...this.older.values()].filter(row => !this.rows.has(row.intent_id))]; }

  list(filter) { return this.all().filter(row => matches(row, filter)).sort(byRank); }

  attention() { return [...this.rows.values()].filter(row => rank(row) < 2); }
}
