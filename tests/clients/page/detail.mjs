import { assert, scenario, until } from './scenario.mjs';
import { row } from './stage.mjs';

/** How many points of the chart are not its ground, by colour of the theme. */
const painted = page => page.locator('#detail canvas').evaluate(canvas => {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  let count = 0;
  for (let at = 3; at < data.length; at += 4) if (data[at] > 0) count++;
  return count;
});

scenario('opens an intent with its chart, orders and story, and keeps it in the address', async stage => {
  await stage.router.send('detail-1');
  const page = await stage.page();
  await row(page, 'detail-1').click();
  const steps = page.locator('#detail .steps');
  await steps.filter({ hasText: 'ROUTER_ORDER_EXECUTED' }).waitFor();
  const story = await steps.locator('b').allTextContents();
  assert.deepEqual(['RECEIVED', 'DECIDED', 'SENT', 'FILL', 'ACKNOWLEDGED', 'CLOSED'].filter(step => !story.includes(step)), []);
  assert(await painted(page) > 1000, 'the chart is blank');
  assert.match(await page.locator('#detail canvas').getAttribute('aria-label'), /1 fills, 1 orders, average 90,001/);
  assert.match(await page.locator('#detail .legend').textContent(), /middle of the book.*average price.*bought/);
  assert.match(await page.locator('#detail dl').textContent(), /State.*FILLED, final.*BUY 0\.01 BTCUSDT, SPOT.*Slippage\+0\.11 bps/);
  await page.reload();
  await page.locator('#detail h2', { hasText: 'detail-1' }).waitFor();
});

scenario('shows the schedule of a TWAP as its slices start', async stage => {
  const page = await stage.page();
  await stage.router.send('twap-1', { market: 'FUT', qty: '0.03', exec_policy: { twap: { slices: 3, gap_ms: 3000 } } });
  await row(page, 'twap-1').click();
  const slices = page.locator('#detail table').first();
  await slices.filter({ hasText: 'WAITING' }).waitFor();
  assert.equal(await slices.locator('tbody tr').count(), 3);
  await page.locator('#detail .legend', { hasText: 'slice is due' }).waitFor();
  await until('all slices are done', async () => (await slices.locator('tbody tr td:nth-child(2)').allTextContents()).join() === 'DONE,DONE,DONE');
  assert.match(await row(page, 'twap-1').locator('.policy').textContent(), /TWAP/);
});

scenario('says so where there is nothing to draw and nothing was placed', async stage => {
  await stage.router.ask('POST', '/orders', { intent_id: 'denied-1', market: 'SPOT', symbol: 'NOPEUSDT', side: 'BUY', qty: '1' });
  const page = await stage.page();
  await row(page, 'denied-1').click();
  await page.locator('#detail', { hasText: 'Nothing to draw' }).waitFor();
  await page.locator('#detail', { hasText: 'None was placed.' }).waitFor();
  await page.locator('#detail', { hasText: 'S4 itself: nothing was sent' }).waitFor();
});
