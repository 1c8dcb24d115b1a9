import { createServer, request } from 'node:http';
import { assert, scenario, until } from './scenario.mjs';
import { freePort, ops, row } from './stage.mjs';

// A quarter of an hour makes an UNKNOWN intent one to review. The scenario does not wait for it: it puts a mirror before the real router, in which one intent has the code already.
async function mirror(router, id) {
  const marked = value => value?.intent_id === id ? { ...value, code: 'NEEDS_REVIEW' } : value;
  const rewrite = line => {
    if (!line.startsWith('data: {')) return line;
    const data = JSON.parse(line.slice(6));
    return `data: ${JSON.stringify(data.items ? { ...data, items: data.items.map(marked) } : data)}`;
  };
  const server = createServer((asked, answer) => {
    const { pathname } = new URL(asked.url, router.url);
    asked.pipe(request(router.url + asked.url, { method: asked.method, headers: asked.headers }, real => {
      const headers = { ...real.headers };
      delete headers['content-length'];
      answer.writeHead(real.statusCode, headers);
      let rest = '';
      real.setEncoding('utf8');
      real.on('data', text => {
        const lines = (rest + text).split('\n');
        rest = lines.pop();
        answer.write(lines.map(line => pathname === '/ops/live' ? rewrite(line) : line).concat('').join('\n'));
      });
      real.on('end', () => {
        if (pathname === `/orders/${id}`) rest = JSON.stringify({ ...JSON.parse(rest), intent: marked(JSON.parse(rest).intent) });
        answer.end(rest);
      });
      answer.on('close', () => real.destroy());
    }));
  });
  const port = await freePort();
  await new Promise(resolve => server.listen(port, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${port}`, stop: () => { server.closeAllConnections(); server.close(); } };
}

/** The exchange takes it and tells nobody. */
async function lose(stage, id) {
  await stage.sim.admin('PUT', 'faults', [
    { kind: 'accept-then-cut-response', venue: 'SPOT', count: 1 }, { kind: 'hide-order', venue: 'SPOT', seconds: 600, lists: true, count: 1 }, { kind: 'drop-events', venue: 'SPOT', event: 'executionReport' },
  ]);
  await stage.router.rest(id, '88000');
}

scenario('puts first what needs review, then what is unknown, and shows both from the head', async stage => {
  await lose(stage, 'unknown-1');
  const page = await stage.page();
  await row(page, 'unknown-1').filter({ hasText: 'UNKNOWN' }).waitFor();
  await lose(stage, 'review-1');
  await row(page, 'review-1').filter({ hasText: 'UNKNOWN' }).waitFor();
  await stage.router.send('newest-1', { market: 'FUT', qty: '0.02' });
  await row(page, 'newest-1').waitFor();

  const before = await mirror(stage.router, 'unknown-1');
  try {
    const mirrored = await stage.page({ url: before.url });
    await row(mirrored, 'unknown-1').filter({ hasText: 'NEEDS_REVIEW' }).waitFor();
    await row(mirrored, 'newest-1').waitFor();
    const shown = async () => (await mirrored.locator('#rows tr').evaluateAll(rows => rows.map(each => each.dataset.id))).join();
    await until('in this order', async () => (await shown()).startsWith('unknown-1,review-1,newest-1,'));
    await mirrored.getByRole('button', { name: '1 to review, 1 unknown' }).click();
    await until('only those two', async () => await shown() === 'unknown-1,review-1');

    await row(mirrored, 'unknown-1').click();
    await mirrored.getByRole('button', { name: 'Resolve…' }).click();
    const dialog = mirrored.getByRole('dialog', { name: 'Resolve unknown-1' });
    await dialog.getByLabel('Reason').fill('tried from the page');
    await dialog.getByLabel('Key with the role ops').fill(ops);
    await dialog.getByRole('button', { name: 'Resolve', exact: true }).click();
    assert.equal(await dialog.getByLabel('I have looked at the exchange.').evaluate(field => field.validity.valueMissing), true);
    await dialog.getByLabel('I have looked at the exchange.').check();
    await dialog.getByRole('button', { name: 'Resolve', exact: true }).click();
    // The real router knows that it is not in review yet.
    await dialog.getByRole('alert').filter({ hasText: 'Not resolved' }).waitFor();
  } finally {
    before.stop();
    await stage.sim.admin('DELETE', 'faults');
  }
});
