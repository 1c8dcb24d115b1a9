// Price and fills of one intent over time: the middle of the book, what rested there, what it filled, slices to come.
import uPlot from './vendor/uplot/uPlot.esm.js';
import { el } from './dom.mjs';
import { number } from './format.mjs';

const Height = 240;
const seconds = iso => Date.parse(iso) / 1000;

// Canvas knows no variables and no light-dark(): an element is asked what they come to.
function colours(host) {
  const probe = host.appendChild(el('i'));
  const of = name => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const found = Object.fromEntries(['faint', 'line', 'link', 'warn', 'buy', 'sell', 'sheet', 'ink'].map(name => [name, of(name)]));
  probe.remove();
  return found;
}

// A column per series and a row per point: two fills of one instant stay two points.
function table(chart, avg) {
  const points = chart.mids.map(seen => [seconds(seen.at), 0, Number(seen.mid)]);
  for (const fill of chart.fills) points.push([seconds(fill.at), 2 + (fill.side === 'SELL' ? 2 : 0) + (fill.maker === true ? 1 : 0), Number(fill.price)]);
  if (avg !== null && chart.fills.length > 0) for (const at of [seconds(chart.fills[0].at), end(chart)]) points.push([at, 1, avg]);
  points.sort((a, b) => a[0] - b[0]);
  const columns = Array.from({ length: 6 }, () => points.map(() => null));
  points.forEach(([, column, value], row) => { columns[column][row] = value; });
  return [points.map(([at]) => at), ...columns];
}

const levels = order => [order.price, order.trigger_px].filter(price => price !== null && price !== undefined).map(Number);
const end = chart => Math.max(...chart.mids.map(seen => seconds(seen.at)), ...chart.fills.map(fill => seconds(fill.at)), ...chart.orders.map(order => seconds(order.until ?? order.from)));

function spanOfTime(chart) {
  const all = [...chart.mids, ...chart.fills, ...chart.slices.filter(slice => slice.state !== 'SKIPPED')].map(one => seconds(one.at))
    .concat(chart.orders.flatMap(order => [seconds(order.from), seconds(order.until ?? order.from)]));
  const [from, to] = [Math.min(...all), Math.max(...all)];
  const pad = Math.max(0.5, (to - from) * 0.03);
  return [from - pad, to + pad];
}

// Exits far from the market would flatten everything else: they are told of at the edge instead.
function spanOfPrice(chart) {
  const all = [...chart.mids.map(seen => Number(seen.mid)), ...chart.fills.map(fill => Number(fill.price)), ...chart.orders.filter(order => order.purpose === 'ENTRY').flatMap(levels)];
  if (all.length === 0) all.push(...chart.orders.flatMap(levels));
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const pad = (high - low) * 0.12 || high * 0.0005 || 1;
  return [low - pad, high + pad];
}

function drawOrders(u, chart, colour) {
  const { ctx, bbox } = u;
  ctx.save();
  ctx.lineWidth = devicePixelRatio * 1.5;
  ctx.font = `${11 * devicePixelRatio}px system-ui, sans-serif`;
  ctx.strokeStyle = ctx.fillStyle = colour.warn;
  ctx.textAlign = 'right';
  const far = { top: 0, bottom: 0 };
  const label = (text, right, base) => {
    ctx.fillStyle = colour.sheet;
    ctx.fillRect(right - ctx.measureText(text).width - 4 * devicePixelRatio, base - 11 * devicePixelRatio, ctx.measureText(text).width + 4 * devicePixelRatio, 14 * devicePixelRatio);
    ctx.fillStyle = colour.warn;
    ctx.fillText(text, right, base);
  };
  for (const order of chart.orders) {
    for (const price of levels(order)) {
      if (price > u.scales.y.max || price < u.scales.y.min) {
        const isAbove = price > u.scales.y.max;
        const line = ++far[isAbove ? 'top' : 'bottom'] * 14 * devicePixelRatio;
        label(`${isAbove ? '↑' : '↓'} ${order.type.toLowerCase().replace('_', ' ')} ${number(price)}${order.until ? ' (ended)' : ''}`, bbox.left + bbox.width, isAbove ? bbox.top + line : bbox.top + bbox.height - line + 10 * devicePixelRatio);
        continue;
      }
      const y = u.valToPos(price, 'y', true);
      ctx.beginPath();
      ctx.moveTo(Math.max(bbox.left, u.valToPos(seconds(order.from), 'x', true)), y);
      ctx.lineTo(Math.min(bbox.left + bbox.width, order.until ? u.valToPos(seconds(order.until), 'x', true) : bbox.left + bbox.width), y);
      ctx.stroke();
    }
  }
  ctx.strokeStyle = colour.faint;
  ctx.setLineDash([2 * devicePixelRatio, 4 * devicePixelRatio]);
  for (const slice of chart.slices.filter(one => one.state === 'WAITING')) {
    const x = u.valToPos(seconds(slice.at), 'x', true);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
  }
  ctx.restore();
}

const legend = [['mid', 'middle of the book'], ['avg', 'average price'], ['order', 'price of an order'], ['buy', 'bought', 'dot'], ['sell', 'sold', 'dot'], ['due', 'slice is due']];

function drawLegend(chart, avg) {
  const has = {
    mid: chart.mids.length > 0, avg: avg !== null, order: chart.orders.some(order => levels(order).length > 0), due: chart.slices.some(slice => slice.state === 'WAITING'),
    buy: chart.fills.some(fill => fill.side === 'BUY'), sell: chart.fills.some(fill => fill.side === 'SELL'),
  };
  return legend.filter(([name]) => has[name]).map(([name, text, kind]) =>
    el('span', { class: name }, el('i', { class: kind ? `${kind} full` : '' }), kind ? `${text} (hollow: as maker)` : text));
}

export class Chart {
  #plot = null;
  #last = null;

  constructor(host) {
    this.host = host;
    this.sizes = new ResizeObserver(() => this.#plot?.setSize({ width: this.host.clientWidth, height: Height }));
    this.theme = matchMedia('(prefers-color-scheme: dark)');
    this.redraw = () => this.#last && this.draw(...this.#last);
    this.sizes.observe(host);
    this.theme.addEventListener('change', this.redraw);
  }

  draw(chart, average) {
    this.#last = [chart, average];
    this.#plot?.destroy();
    this.#plot = null;
    const avg = average === null || average === undefined ? null : Number(average);
    if (chart.mids.length + chart.fills.length + chart.orders.flatMap(levels).length === 0) {
      this.host.replaceChildren(el('p', { class: 'note' }, 'Nothing to draw: no order was placed, and no price of its market was known while it lived.'));
      return;
    }
    this.host.replaceChildren();
    const colour = colours(this.host);
    const dots = (stroke, full) => ({ paths: () => null, stroke, points: { show: true, size: 9, width: 2, stroke, fill: full ? stroke : colour.sheet } });
    const axis = { stroke: colour.faint, grid: { stroke: colour.line, width: 1 }, ticks: { stroke: colour.line }, font: '11px system-ui, sans-serif' };
    this.#plot = new uPlot({
      width: this.host.clientWidth,
      height: Height,
      tzDate: at => uPlot.tzDate(new Date(at * 1000), 'Etc/UTC'),
      legend: { show: false },
      cursor: { show: false },
      scales: { x: { time: true, range: () => spanOfTime(chart) }, y: { range: () => spanOfPrice(chart) } },
      axes: [{ ...axis, values: [[60, '{HH}:{mm}', null, null, null, null, null, null, 1], [1, '{HH}:{mm}:{ss}', null, null, null, null, null, null, 1], [0.001, ':{ss}.{fff}', null, null, null, null, null, null, 1]] },
        { ...axis, size: 74, values: (_, splits) => splits.map(price => number(price)) }],
      series: [
        {},
        { stroke: colour.faint, width: 1.5, paths: uPlot.paths.stepped({ align: 1 }), spanGaps: true, points: { show: false } },
        { stroke: colour.link, width: 1.5, dash: [6, 4], spanGaps: true, points: { show: false } },
        dots(colour.buy, true), dots(colour.buy, false), dots(colour.sell, true), dots(colour.sell, false),
      ],
      hooks: { draw: [u => drawOrders(u, chart, colour)] },
    }, table(chart, avg), this.host);
    const canvas = this.host.querySelector('canvas');
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', `Price over time: ${chart.fills.length} fills, ${chart.orders.length} orders${avg === null ? '' : `, average ${number(avg)}`}`);
    this.host.append(el('div', { class: 'legend' }, drawLegend(chart, avg)));
  }

  end() {
    this.sizes.disconnect();
    this.theme.removeEventListener('change', this.redraw);
    this.#plot?.destroy();
  }
}
