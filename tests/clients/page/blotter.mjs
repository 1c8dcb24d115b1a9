import { assert, scenario, until } from './scenario.mjs';
import { row } from './stage.mjs';

scenario('shows an intent as it comes and as it fills, without a reload', async stage => {
  const page = await stage.page();
  await page.evaluate(() => { window.sameDocument = true; });
  await stage.router.rest('live-1', '89999.5', { qty: '0.02' });
  await row(page, 'live-1').filter({ hasText: 'NEW' }).waitFor();
  await stage.sim.sell('SPOT', '89999.5', '0.005');
  await row(page, 'live-1').filter({ hasText: 'PARTIALLY_FILLED' }).waitFor();
  assert.match(await row(page, 'live-1').locator('.filled').textContent(), /^0\.005 of 0\.02/);
  await stage.sim.sell('SPOT', '89999.5', '0.1');
  await row(page, 'live-1').filter({ hasText: /FILLED(?! …)/ }).filter({ hasText: '0.02 of 0.02' }).waitFor();
  assert.equal(await row(page, 'live-1').locator('.average').textContent(), '89,999.5');
  assert.equal(await row(page, 'live-1').locator('.mid').textContent(), '90,000');
  assert.equal(await row(page, 'live-1').locator('.slippage').textContent(), '-0.06 bps');
  assert.equal(await page.evaluate(() => window.sameDocument), true);
});

scenario('filters by text, state and market, and says when nothing matches', async stage => {
  await stage.router.send('filter-1');
  await stage.router.send('filter-2', { market: 'FUT', qty: '0.02' });
  await stage.router.rest('filter-3', '80000');
  const page = await stage.page();
  const shown = () => page.locator('#rows tr').evaluateAll(rows => rows.map(each => each.dataset.id).sort());
  const becomes = (what, ids) => until(what, async () => JSON.stringify(await shown()) === JSON.stringify(ids));
  await row(page, 'filter-3').waitFor();
  await page.getByLabel('Search intent or symbol').fill('FILTER-');
  await becomes('text', ['filter-1', 'filter-2', 'filter-3']);
  await page.getByLabel('Market', { exact: true }).selectOption('FUT');
  await becomes('market', ['filter-2']);
  await page.getByLabel('Market', { exact: true }).selectOption('');
  await page.getByLabel('State', { exact: true }).selectOption('OPEN');
  await becomes('open', ['filter-3']);
  assert.match(await page.locator('#count').textContent(), /^1 of \d+$/);
  await page.getByLabel('State', { exact: true }).selectOption('EXPIRED');
  await page.locator('#empty', { hasText: 'No intent matches' }).waitFor();
  await page.getByRole('button', { name: 'Show all' }).click();
  await becomes('all again', (await stage.router.ask('GET', '/orders')).json.items.map(item => item.intent_id).sort());
});

scenario('shows what a publisher wrote as text, whatever it is', async stage => {
  const id = '<img src=x onerror=window.hit=1>';
  await stage.router.send(id);
  const page = await stage.page();
  await page.locator('#rows .id', { hasText: id }).click();
  await page.locator('#detail h2', { hasText: id }).waitFor();
  await page.locator('#detail .steps', { hasText: 'FILL' }).waitFor();
  assert.deepEqual(await page.evaluate(() => [document.querySelectorAll('img').length, window.hit]), [0, undefined]);
});

scenario('is worked with the keyboard alone', async stage => {
  const page = await stage.page();
  await row(page, 'filter-1').waitFor();
  const focused = () => page.evaluate(() => document.activeElement.dataset.id ?? document.activeElement.id);
  const becomes = (what, id) => until(`${what}: ${id}`, async () => await focused() === id);
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Skip to the intents');
  await page.keyboard.press('/');
  await becomes('slash', 'search');
  await page.keyboard.type('filter-');
  await until('three are shown', async () => await page.locator('#rows tr').count() === 3);
  await page.keyboard.press('ArrowDown');
  await becomes('out of the search', 'filter-3');
  await page.keyboard.press('ArrowDown');
  await becomes('down', 'filter-2');
  await page.keyboard.press('End');
  await becomes('end', 'filter-1');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await becomes('into the detail', 'detail-title');
  assert.equal(await page.locator('#detail h2').textContent(), 'filter-2');
  await page.keyboard.press('Escape');
  await becomes('back on its row', 'filter-2');
  assert.equal(await page.locator('#detail').isVisible(), false);
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await page.keyboard.press('Escape');
  await until('the search is empty', async () => await page.locator('#search').inputValue() === '');
});
