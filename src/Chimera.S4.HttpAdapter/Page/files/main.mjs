// Joins stream, model and views. Drawn at most once a frame, whatever comes in between.
import { ask, keys } from './api.mjs';
import { Blotter } from './blotter.mjs';
import { Detail } from './detail.mjs';
import { help } from './dialogs.mjs';
import { byId, el } from './dom.mjs';
import { time } from './format.mjs';
import { listen } from './keyboard.mjs';
import { cancel, cancelAll, killSwitch, resolve, signIn } from './levers.mjs';
import { Live } from './live.mjs';
import { Model } from './model.mjs';
import { drawLamps, drawPanels } from './panels.mjs';

const model = new Model();
const blotter = new Blotter(byId('rows'), open);
const detail = new Detail(byId('detail'), { cancel, resolve }, close);
const live = new Live('/ops/live', take, moved);
const [search, state, market] = ['search', 'state', 'market'].map(byId);
let connection = 'connecting', trouble = null, heardAt = null, older = {};

const filter = () => ({ text: search.value, state: state.value, market: market.value });

let isAsked = false;
function draw() {
  if (isAsked) return;
  isAsked = true;
  requestAnimationFrame(() => {
    isAsked = false;
    const list = model.list(filter());
    blotter.draw(list, detail.id);
    byId('count').textContent = `${list.length} of ${model.all().length}`;
    drawEmpty(list);
    drawNotice();
    drawLamps(byId('lamps'), model.panels, connection, model.attention(), showAttention);
    drawPanels(byId('panels'), model.panels, open);
    byId('kill').textContent = model.panels.gates?.kill_switch === 'ON' ? 'Release kill switch…' : 'Engage kill switch…';
    byId('key').hidden = !keys.needed;
    byId('older').hidden = !(model.panels.window?.has_older) || older.isEnd === true;
    if (detail.id !== null) detail.noticed(model.get(detail.id));
  });
}

function drawEmpty(list) {
  const host = byId('empty');
  host.hidden = list.length > 0;
  if (list.length > 0) return;
  const answer = model.panels.router?.answers;
  if (!model.isLoaded) host.replaceChildren(el('p', {}, connection === 'refused' ? 'Nothing is shown without a key.' : 'Asking the router…'));
  else if (model.all().length > 0) host.replaceChildren(el('h3', {}, 'No intent matches'), el('p', {}, 'Nothing that is shown here has this text, state and market. '),
    el('p', {}, el('button', { type: 'button', on: { click: clearFilter } }, 'Show all')));
  else if (answer === false) host.replaceChildren(el('h3', {}, 'No router answers'), el('p', {}, 'Intents are kept by the broker and the store; they appear here as soon as a router runs.'));
  else host.replaceChildren(el('h3', {}, 'No intent yet'), el('p', {}, 'Intents appear here as soon as they are sent, over the bus or over HTTP:'),
    el('pre', {}, `curl -s -H 'content-type: application/json' ${location.origin}/orders \\\n  -d '{"intent_id":"first-1","market":"SPOT","symbol":"BTCUSDT","side":"BUY","qty":"0.01"}'`));
}

function drawNotice() {
  const router = model.panels.router;
  const text = connection === 'refused' ? trouble.message
    : connection !== 'live' && heardAt !== null ? `Not connected${trouble ? `: ${trouble.message}` : ''}. What is shown is of ${time(heardAt)} UTC.`
    : connection !== 'live' && trouble !== null ? `Not connected: ${trouble.message}`
    : router?.answers === false ? `The router does not answer (${router.code}): ${router.detail} What is shown may be old.`
    : model.panels.window?.has_more_open ? 'There are more open intents than are shown; GET /orders?state= lists all of them.'
    : null;
  const host = byId('notice');
  host.hidden = text === null;
  host.className = router?.answers === false ? 'bad' : '';
  if (host.textContent !== (text ?? '')) host.textContent = text ?? '';
}

function take(event, data) {
  heardAt = new Date().toISOString();
  model.take(event, data);
  if (event !== 'rows' && event !== 'begin') draw();
}

function moved(now, error) {
  connection = now;
  trouble = error;
  draw();
  if (now === 'refused') askForKey(error.message);
}

async function askForKey(why) {
  if (document.querySelector('dialog[open]') || await signIn(why) === null) return;
  live.again();
}

function open(id) {
  document.querySelector('main').classList.add('has-detail');
  detail.show(id);
  history.replaceState(null, '', `#intent=${encodeURIComponent(id)}`);
  byId('detail-title').focus({ preventScroll: true });
  if (getComputedStyle(byId('blotter')).display === 'none') scrollTo(0, 0);
  draw();
}

function close() {
  if (detail.id === null) return;
  const id = detail.id;
  detail.close();
  document.querySelector('main').classList.remove('has-detail');
  history.replaceState(null, '', location.pathname);
  draw();
  blotter.focus(id);
}

function showAttention() {
  search.value = market.value = '';
  state.value = 'ATTENTION';
  close();
  draw();
}

function clearFilter() {
  search.value = state.value = market.value = '';
  older = {};
  draw();
  search.focus();
}

const wire = () => ['', 'OPEN', 'ATTENTION'].includes(state.value) ? '' : `&state=${state.value}`;

async function showOlder() {
  byId('older').disabled = true;
  try {
    // The first page is what is shown already; from its end on there is more to see.
    for (let isNews = false; !isNews && !older.isEnd;) {
      const page = await ask('GET', `/orders?limit=200${wire()}${market.value ? `&market=${market.value}` : ''}${older.cursor ? `&cursor=${encodeURIComponent(older.cursor)}` : ''}`);
      isNews = page.items.some(row => !model.get(row.intent_id));
      model.takeOlder(page.items);
      older = { cursor: page.next_cursor, isEnd: page.next_cursor === null };
    }
  } catch (error) {
    trouble = error;
    byId('notice').textContent = error.message;
    byId('notice').hidden = false;
  } finally {
    byId('older').disabled = false;
  }
  draw();
}

for (const control of [search, state, market]) control.addEventListener('input', () => { older = {}; draw(); });
byId('older').addEventListener('click', showOlder);
byId('kill').addEventListener('click', () => killSwitch(model.panels.gates));
byId('cancel-all').addEventListener('click', cancelAll);
byId('key').addEventListener('click', () => signIn('Use another key.').then(done => done && live.again()));
byId('help').addEventListener('click', help);
listen({ search, move: step => blotter.move(step), openActive: () => blotter.openActive(), close, toRows: () => blotter.focus(), help });

const linked = new URLSearchParams(location.hash.slice(1)).get('intent');
if (linked) open(linked);
draw();
live.watch();
