import { assert, scenario, until } from './scenario.mjs';
import { ops, row, trade } from './stage.mjs';

const turn = async (page, dialog, key) => {
  await dialog.getByLabel('Key with the role ops').fill(key);
  await dialog.getByRole('button', { name: /^Turn it/ }).click();
};

scenario('turns the kill switch on and off after a question, and only with the key of an operator', async stage => {
  const page = await stage.page();
  await page.getByRole('button', { name: 'Engage kill switch…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Turn the kill switch ON?' });
  await turn(page, dialog, ops);
  assert.equal(await dialog.getByLabel('Reason').evaluate(field => field.validity.valueMissing), true, 'a reason is needed');
  await dialog.getByLabel('Reason').fill('tried from the page');
  await turn(page, dialog, 'not-an-operators-key-0');
  await dialog.getByRole('alert').filter({ hasText: 'API key required' }).waitFor();
  await turn(page, dialog, '');
  await dialog.getByRole('alert').filter({ hasText: 'needs ops' }).waitFor();
  assert.equal((await stage.router.ask('GET', '/ops/gates')).json.kill_switch, 'OFF');
  await turn(page, dialog, ops);
  await page.locator('#lamps', { hasText: 'kill switch ON' }).waitFor();
  assert.equal((await stage.router.ask('POST', '/orders', { intent_id: 'killed-1', market: 'SPOT', symbol: 'BTCUSDT', side: 'BUY', qty: '0.01' })).status, 423);
  await page.locator('#panels', { hasText: 'New exposure is denied' }).waitFor();
  await page.locator('#panels .alert', { hasText: 'KILL_SWITCH' }).waitFor();
  await page.getByRole('button', { name: 'Release kill switch…' }).click();
  const off = page.getByRole('dialog', { name: 'Turn the kill switch OFF?' });
  await off.getByLabel('Reason').fill('and back');
  await turn(page, off, ops);
  await page.locator('#lamps', { hasText: 'kill switch OFF' }).waitFor();
});

scenario('leaves everything as it is where a question is given up', async stage => {
  const page = await stage.page();
  await page.getByRole('button', { name: 'Engage kill switch…' }).click();
  await page.getByRole('button', { name: 'Leave it' }).click();
  assert.equal(await page.getByRole('dialog').count(), 0);
  assert.equal((await stage.router.ask('GET', '/ops/gates')).json.kill_switch, 'OFF');
});

scenario('cancels a working intent', async stage => {
  await stage.router.rest('cancel-1');
  const page = await stage.page();
  await row(page, 'cancel-1').filter({ hasText: 'NEW' }).click();
  await page.getByRole('button', { name: 'Cancel the intent…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Cancel cancel-1?' });
  await dialog.getByLabel('Key with the role trade').fill(trade);
  await dialog.getByRole('button', { name: 'Cancel the intent' }).click();
  await page.locator('#detail dl', { hasText: 'CANCELED, final' }).waitFor();
  await row(page, 'cancel-1').filter({ hasText: 'CANCELED' }).waitFor();
  await page.getByRole('button', { name: 'Cancel the intent…' }).waitFor({ state: 'hidden' });
  const { client_order_id } = (await stage.router.ask('GET', '/orders/cancel-1')).json.result;
  assert.equal(await stage.sim.status(client_order_id), 'CANCELED');
});

scenario('cancels everything of a market once it is said to be meant', async stage => {
  await stage.router.rest('all-1');
  await stage.router.rest('all-2', '85000', { market: 'FUT' });
  const page = await stage.page();
  await row(page, 'all-2').filter({ hasText: 'NEW' }).waitFor();
  await page.getByRole('button', { name: 'Cancel all…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Cancel every live intent?' });
  await dialog.getByLabel('Market').selectOption('FUT');
  await dialog.getByLabel('Reason').fill('tried from the page');
  await dialog.getByLabel('Key with the role ops').fill(ops);
  await dialog.getByRole('button', { name: 'Cancel all', exact: true }).click();
  assert.equal(await dialog.getByLabel('I mean exactly this.').evaluate(field => field.validity.valueMissing), true, 'it has to be meant');
  await dialog.getByLabel('I mean exactly this.').check();
  await dialog.getByRole('button', { name: 'Cancel all', exact: true }).click();
  await row(page, 'all-2').filter({ hasText: 'CANCELED' }).waitFor();
  assert.match(await row(page, 'all-1').textContent(), /NEW/);
  await until('nothing of the market rests', async () => (await stage.router.ask('GET', '/orders?state=NEW&market=FUT')).json.items.length === 0);
});

/** What the exchange's trades have made of it. */
const position = async (stage, symbol) => (await stage.sim.ledger()).trades.filter(trade => trade.venue === 'FUT' && trade.symbol === symbol)
  .reduce((sum, { side, qty }) => sum + (side === 'BUY' ? 1 : -1) * Math.round(qty * 1000), 0);

scenario('closes what is held of a symbol as well, once its words are meant as they stand', async stage => {
  for (const symbol of ['BTCUSDT', 'ETHUSDT']) {
    await stage.router.send(`held-${symbol}`, { market: 'FUT', symbol, qty: '0.05' });
    await until(`${symbol} is held`, async () => (await stage.router.ask('GET', `/orders/held-${symbol}`)).json.result?.status === 'FILLED');
  }
  const held = await position(stage, 'BTCUSDT');
  assert(held >= 50 && await position(stage, 'ETHUSDT') >= 50);
  await stage.router.rest('flat-rest', '85000', { market: 'FUT' });
  const page = await stage.page();
  await row(page, 'flat-rest').filter({ hasText: 'NEW' }).waitFor();
  await page.getByRole('button', { name: 'Cancel all…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Cancel every live intent?' });
  const sure = dialog.getByLabel('I mean exactly this.'), flatten = dialog.getByLabel('Close what is held as well'), told = dialog.getByRole('status');
  assert.equal(await flatten.isChecked(), false, 'closing is not what is asked for unless it is said');
  assert.match(await told.textContent(), /every symbol on both markets\. What protects a quantity that is held stays, and so does what is held\./);
  await flatten.check();
  assert.match(await told.textContent(), /Then closes at market, by reduce-only orders: the whole futures position of each symbol, whoever opened it; and what live spot intents have bought or protect\. /);
  await dialog.getByLabel('Symbol').fill('ethusdt');
  await dialog.getByLabel('Market').selectOption('SPOT');
  assert.match(await told.textContent(), /^Ends every live intent of ETHUSDT on SPOT\. Then closes at market, by reduce-only orders: what live spot intents have bought or protect of ETHUSDT\. /);
  await flatten.uncheck();
  await dialog.getByLabel('Market').selectOption('FUT');
  await dialog.getByLabel('Reason').fill('flattened from the page');
  await dialog.getByLabel('Key with the role ops').fill(ops);
  await sure.check();
  await flatten.check();
  assert.match(await told.textContent(), /^Ends every live intent of ETHUSDT on FUT\. Then closes at market, .*: the whole futures position of ETHUSDT, whoever opened it\. .* cannot be taken back\.$/);
  assert.equal(await sure.isChecked(), false, 'what was meant was something else');
  const go = dialog.getByRole('button', { name: 'Cancel all and close what is held' });
  await go.click();
  assert.equal(await sure.evaluate(field => field.validity.valueMissing), true, 'it has to be meant');
  await sure.check();
  await go.click();
  await dialog.waitFor({ state: 'hidden' });
  const done = await until('ETHUSDT is flat', async () => {
    const { json } = await stage.router.ask('GET', '/ops/cancel-all');
    return json.done && json;
  });
  assert.deepEqual([done.flatten, done.market, done.symbol, done.reason, done.closes.map(close => `${close.symbol} ${close.state}`)], [true, 'FUT', 'ETHUSDT', 'flattened from the page', ['ETHUSDT FLAT']]);
  assert.deepEqual([await position(stage, 'ETHUSDT'), await position(stage, 'BTCUSDT')], [0, held]);
  assert.match(await row(page, 'flat-rest').textContent(), /NEW/, 'another symbol is left alone');
});
