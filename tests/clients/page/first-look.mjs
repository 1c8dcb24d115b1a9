import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { assert, scenario } from './scenario.mjs';
import { read, root } from './stage.mjs';

scenario('asks for a key, says why one is refused, and goes live with one that may read', async stage => {
  const page = await stage.tab();
  const dialog = page.getByRole('dialog', { name: 'A key is needed' });
  await dialog.getByLabel('Key with the role').fill('not-a-key-of-the-page');
  await dialog.getByRole('button', { name: 'Use it' }).click();
  await dialog.getByRole('alert').filter({ hasText: 'API key required' }).waitFor();
  await dialog.getByLabel('Key with the role').fill(read);
  await dialog.getByRole('button', { name: 'Use it' }).click();
  await page.locator('#lamps', { hasText: 'page live' }).waitFor();
  await page.locator('#lamps', { hasText: 'router OK' }).waitFor();
});

scenario('explains its empty tables', async stage => {
  const page = await stage.page();
  await page.locator('#empty', { hasText: 'No intent yet' }).waitFor();
  assert.match(await page.locator('#empty pre').textContent(), new RegExp(`curl .*${stage.router.url}/orders`));
  await page.locator('#panels', { hasText: 'no broker runs' }).waitFor();
  await page.locator('#panels', { hasText: 'None. What a person has to know appears here' }).waitFor();
});

scenario('carries the chart library as its package has it', async () => {
  const dist = join(dirname(createRequire(import.meta.url).resolve('uplot/package.json')), 'dist');
  for (const name of ['uPlot.esm.js', 'uPlot.min.css', '../LICENSE']) {
    const vendored = join(root, 'src/Chimera.S4.HttpAdapter/Page/files/vendor/uplot', name.replace('../', ''));
    assert.equal(readFileSync(vendored, 'utf8').trimEnd(), readFileSync(join(dist, name), 'utf8').trimEnd(), name);
  }
});
