import { assert, scenario } from './scenario.mjs';
import { row } from './stage.mjs';

scenario('says that it has lost the router, keeps what it knew, and goes on by itself', async stage => {
  await stage.router.rest('before-1');
  const page = await stage.page();
  await row(page, 'before-1').waitFor();
  await stage.router.kill();
  await page.locator('#notice', { hasText: /Not connected.*What is shown is of \d\d:\d\d:\d\d UTC/ }).waitFor();
  assert.equal(await row(page, 'before-1').count(), 1);
  await stage.router.start();
  await page.locator('#lamps', { hasText: 'page live' }).waitFor();
  await page.locator('#notice').waitFor({ state: 'hidden' });
  await stage.router.send('after-1', { market: 'FUT', qty: '0.02' });
  await row(page, 'after-1').waitFor();
});
