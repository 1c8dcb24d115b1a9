// Server-sent events over fetch: EventSource cannot send a key. Comes back with Last-Event-ID until it is told to stop.
import { headers, refusal } from './api.mjs';

const Silence = 25_000;                       // the stream beats every ten seconds
const Pauses = [500, 1000, 2000, 4000, 8000];

/** Splits a stream of text into events: { event, data, id }. */
export class Events {
  #rest = '';
  #event = { event: 'message', data: [], id: null };

  * push(text) {
    const lines = (this.#rest + text).split(/\r\n|\n|\r/);
    this.#rest = lines.pop();
    for (const line of lines) {
      if (line === '') {
        if (this.#event.data.length > 0) yield { ...this.#event, data: this.#event.data.join('\n') };
        this.#event = { event: 'message', data: [], id: null };
        continue;
      }
      const at = line.indexOf(':');
      const [field, value] = at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at + 1).replace(/^ /, '')];
      if (field === 'event') this.#event.event = value;
      else if (field === 'data') this.#event.data.push(value);
      else if (field === 'id') this.#event.id = value;
    }
  }
}

/** Watches for ever. `told(event, data)` for each event; `moved(state, error)` with live, lost or refused. */
export class Live {
  #position = null;
  #wake = () => {};

  constructor(path, told, moved) {
    Object.assign(this, { path, told, moved });
  }

  async watch() {
    for (let failures = 0; ; failures++) {
      try {
        await this.#once(() => { failures = -1; });
        this.moved('lost', null);
      } catch (error) {
        const isRefused = error.status === 401 || error.status === 403;
        this.moved(isRefused ? 'refused' : 'lost', error);
        if (isRefused) {
          await new Promise(resolve => { this.#wake = resolve; });
          failures = -1;
          continue;
        }
      }
      await new Promise(resolve => setTimeout(resolve, Pauses[Math.min(Math.max(failures, 0), Pauses.length - 1)]));
    }
  }

  /** There is a new key to try. */
  again() { this.#wake(); }

  async #once(opened) {
    const abort = new AbortController();
    const response = await fetch(this.path, {
      headers: { ...headers(), Accept: 'text/event-stream', ...(this.#position ? { 'Last-Event-ID': this.#position } : {}) },
      cache: 'no-store',
      signal: abort.signal,
    });
    if (!response.ok) throw await refusal(response);
    opened();
    this.moved('live', null);
    const events = new Events();
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const silent = setTimeout(() => abort.abort(new Error('the stream fell silent')), Silence);
      const { done, value } = await reader.read().finally(() => clearTimeout(silent));
      if (done) return;
      for (const { event, data, id } of events.push(value)) {
        this.told(event, JSON.parse(data));
        if (id) this.#position = id;
      }
    }
  }
}
