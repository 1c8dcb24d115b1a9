import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { assert, scenario } from './scenario.mjs';
import { root, row } from './stage.mjs';

// Every text that is seen, against what is painted behind it.
const faint = page => page.evaluate(() => {
  const rgb = text => text.match(/[\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(part => part / 255).map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4).reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
  const ground = element => {
    for (; element; element = element.parentElement) {
      const colour = rgb(getComputedStyle(element).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const found = [];
  for (const element of document.querySelectorAll('body *')) {
    if (![...element.childNodes].some(node => node.nodeType === 3 && node.data.trim()) || !element.checkVisibility() || element.closest('.sr, .skip, noscript, option')) continue;
    const [a, b] = [light(rgb(getComputedStyle(element).color)), light(ground(element))].sort((one, other) => other - one);
    if ((a + 0.05) / (b + 0.05) < 4.5) found.push(`${element.tagName}.${element.className} "${element.textContent.slice(0, 20)}" ${((a + 0.05) / (b + 0.05)).toFixed(2)}`);
  }
  return found;
});

const wide = page => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

// No control or figure may lie on another one.
const overlaps = (page, within) => page.evaluate(within => {
  const boxes = [...document.querySelector(within).querySelectorAll('button, input, select, h1, h2, .lamp, td, dt, dd, dialog p')].filter(element => element.checkVisibility() && !element.closest('.sr'))
    .map(element => ({ element, box: element.getBoundingClientRect() })).filter(({ box }) => box.width > 0 && box.height > 0);
  const found = [];
  for (const [at, one] of boxes.entries()) for (const other of boxes.slice(at + 1)) {
    if (one.element.contains(other.element) || other.element.contains(one.element)) continue;
    const width = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left), height = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
    const sticky = one.element.closest('header') !== null !== (other.element.closest('header') !== null);
    if (!sticky && width > 1 && height > 1) found.push(`"${one.element.textContent.slice(0, 20)}" and "${other.element.textContent.slice(0, 20)}"`);
  }
  return found;
}, within);

const shots = join(root, 'TestResults/page');

for (const [width, scheme] of [[1440, 'light'], [1440, 'dark'], [1180, 'light'], [390, 'light'], [390, 'dark']]) {
  scenario(`can be read ${scheme} and ${width} px wide: list, one intent, a question`, async stage => {
    mkdirSync(shots, { recursive: true });
    const page = await stage.page({ width, scheme });
    const ground = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    assert.equal(ground, scheme === 'light' ? 'rgb(244, 246, 248)' : 'rgb(16, 20, 24)');
    await row(page, 'twap-1').waitFor();
    const check = async (what, within = 'body') => {
      assert.deepEqual(await faint(page), [], `${what}: too faint`);
      assert.equal(await wide(page) <= 0, true, `${what}: wider than the window by ${await wide(page)} px`);
      assert.deepEqual(await overlaps(page, within), [], `${what}: one lies on another`);
      await page.screenshot({ path: join(shots, `${what}-${width}-${scheme}.png`) });
    };
    await check('list');
    await row(page, 'twap-1').click();
    await page.locator('#detail .steps', { hasText: 'TWAP_DONE' }).waitFor();
    await check('intent');
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    await page.getByRole('button', { name: 'Cancel all…' }).click();
    await page.getByLabel('Close what is held as well').check();
    await check('question', 'dialog');
  });
}
