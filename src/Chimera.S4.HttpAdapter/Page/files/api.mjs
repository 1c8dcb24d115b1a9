// Talks to the REST adapter that served this page. The key stays in this tab and ends with it.

const Stored = 's4-key';

export const keys = {
  current: sessionStorage.getItem(Stored) ?? '',
  /** The adapter has asked for a key, or was given one. */
  needed: sessionStorage.getItem(Stored) !== null,
  use(key) {
    this.current = key;
    this.needed = true;
    sessionStorage.setItem(Stored, key);
  },
};

/** An answer that is not a result: its problem document in words. */
export class Refused extends Error {
  constructor(status, problem) {
    super([problem?.title, problem?.detail].filter(Boolean).join(': ') || `HTTP ${status}`);
    this.status = status;
    this.code = problem?.code ?? `HTTP_${status}`;
  }
}

export const headers = (key = keys.current) => key ? { 'X-API-Key': key } : {};

export async function refusal(response) {
  const problem = await response.json().catch(() => null);
  if (response.status === 401) keys.needed = true;
  return new Refused(response.status, problem);
}

/** The JSON of the answer. Throws Refused, or the browser's own error where nothing answers. */
export async function ask(method, path, body, key = keys.current) {
  const response = await fetch(path, {
    method,
    headers: { ...headers(key), ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
    body: body === undefined ? undefined : JSON.stringify(body),
    cache: 'no-store',
  });
  if (!response.ok) throw await refusal(response);
  return response.json();
}

export const intentPath = id => `/orders/${encodeURIComponent(id)}`;
