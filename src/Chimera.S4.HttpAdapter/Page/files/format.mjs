// Figures and times as people read them. The exact text of the router goes into titles.

const figures = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 8 });
const points = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2, signDisplay: 'exceptZero' });

export const number = text => text === null || text === undefined ? '–' : figures.format(Number(text));
export const bps = text => text === null || text === undefined ? '–' : `${points.format(Number(text))} bps`;

/** UTC, as the logs and the record have it. */
export function time(iso, withMs = false) {
  if (!iso) return '–';
  const text = new Date(iso).toISOString();
  return text.slice(11, withMs ? 23 : 19);
}

export function dateTime(iso) {
  return iso ? `${new Date(iso).toISOString().slice(0, 10)} ${time(iso)}` : '–';
}

export const share = row => Number(row.qty) > 0 ? Math.min(1, Number(row.filled_qty) / Number(row.qty)) : 0;

const policies = {
  TWAP: 'TWAP', MAKER_THEN_TAKER: 'maker, then taker', OCO: 'OCO', GUARD_STOP: 'guarded stop', POST_FILL_ACTIONS: 'stop and target', REPLACES: 'replaces another',
};
export const policy = row => [row.type, ...(row.policy ?? '').split('+').filter(Boolean).map(word => policies[word] ?? word)].join(' · ');

/** good, warn or bad: the colour of a status, which is always said in words as well. */
export function tone(row) {
  if (row.code === 'NEEDS_REVIEW') return 'bad';
  return { FILLED: 'good', REJECTED: 'bad', UNKNOWN: 'warn', EXPIRED: 'faint', CANCELED: 'faint' }[row.status] ?? '';
}
