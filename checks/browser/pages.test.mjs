// Uses the HTML reports as a person does, in a real browser. Environment: PAGES, the folder with the pages that
// .ci/web wrote; CHROMIUM, the browser; SCREENSHOTS, a folder for pictures of the pages, if any are wanted.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const { PAGES, CHROMIUM, SCREENSHOTS } = process.env;
let browser;

before(async () => {
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
});
after(() => browser.close());

/** Opens a page and fails the test on any error in it, or any request beyond the page itself. */
async function open(name, options = {}) {
  const page = await browser.newPage({ viewport: { width: 1120, height: 680 }, ...options });
  const wrong = [];
  page.on('pageerror', e => wrong.push(e.message));
  page.on('console', m => { if (m.type() === 'error') wrong.push(m.text()); });
  page.on('request', r => { if (!r.url().endsWith(name + '.html')) wrong.push('request: ' + r.url()); });
  await page.goto(pathToFileURL(join(PAGES, name + '.html')).href);
  return { page, done: async () => { assert.deepEqual(wrong, []); await page.close(); } };
}

async function picture(page, name, options = {}) {
  if (!SCREENSHOTS) return;
  mkdirSync(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: join(SCREENSHOTS, name + '.png'), ...options });
}

const why = page => page.locator('#why').innerText();

/** Clicks the cell of two parties, named without their kind. */
async function click(page, from, to) {
  const spot = await page.evaluate(([from, to]) => {
    const row = shown.rows.findIndex(r => sides[sources[r]].bare === from);
    const column = shown.columns.findIndex(c => sides[destinations[c]].bare === to);
    return { x: SIDE + (column + 0.5) * size - grid.scrollLeft, y: HEAD + (row + 0.5) * size - grid.scrollTop };
  }, [from, to]);
  await page.locator('#grid').click({ position: spot });
}

test('a matrix of 300 by 300 and more is drawn within 2 s', async () => {
  const { page, done } = await open('large');
  await page.waitForSelector('html[data-drawn]');
  const [drawn, rows, columns] = await page.evaluate(() =>
    [Number(document.documentElement.dataset.drawn), shown.rows.length, shown.columns.length]);
  assert.ok(rows >= 300 && columns >= 300, `${rows} by ${columns}`);
  assert.ok(drawn <= 2000, `${drawn} ms`);
  const painted = await page.evaluate(() => {
    const pixels = pen.getImageData(SIDE, HEAD, canvas.width - SIDE, canvas.height - HEAD).data;
    return new Set(new Uint32Array(pixels.buffer)).size;
  });
  assert.ok(painted > 2, 'cells of several colours');
  console.log(`${rows} by ${columns} drawn ${drawn} ms after the page began to load`);
  const start = Date.now();
  await page.locator('#words').fill('app-2-100');
  await page.waitForFunction(() => shown.rows.length < 300 || shown.columns.length < 300 || shown.passing < 2000);
  assert.ok(Date.now() - start < 2000, 'a search answers at once');
  await page.locator('#words').fill('');
  for (let i = 0; i < 2; i++) await page.locator('#smaller').click();
  await picture(page, 'matrix-large');
  await done();
});

test('a click on a cell explains it: the decision and where it stands', async () => {
  const { page, done } = await open('connectivity');
  await page.locator('#port').fill('5432');
  await click(page, 'shop/checkout', 'data/orders-db');
  const said = await why(page);
  assert.match(said, /shop\/checkout.* → data\/orders-db/);
  assert.match(said, /ingress .*NetworkPolicy data\//);
  assert.match(said, /policies\.yaml:\d+:\d+/);
  assert.match(said, /polverdict explain --from shop\/checkout --to data\/orders-db:5432\/tcp/);
  await picture(page, 'matrix');
  await done();
});

test('search, namespace, verdict and port filter matrix and graph alike', async () => {
  const { page, done } = await open('connectivity');
  const counts = () => page.evaluate(() => [shown.rows.length, shown.columns.length, shown.passing]);
  const all = await counts();
  await page.locator('#words').fill('orders-db');
  const searched = await counts();
  assert.ok(searched[2] < all[2], 'fewer pairs');
  await page.locator('#words').fill('');
  await page.locator('#ns').selectOption('data');
  assert.deepEqual((await counts())[2], searched[2], 'data has one workload');
  await page.locator('#ns').selectOption('');
  await page.locator('#port').fill('5432');
  await page.locator('#verdict').selectOption('denied');
  const denied = await counts();
  await page.locator('#verdict').selectOption('allowed');
  const allowed = await counts();
  assert.ok(denied[2] > 0 && allowed[2] > 0 && denied[2] + allowed[2] <= all[2]);
  await page.locator('#show-graph').click();
  assert.equal(await page.locator('#graph path.ALLOWED').count(), allowed[2]);
  await page.locator('#port').fill('70/nonsense');
  assert.equal(await page.locator('#port').getAttribute('aria-invalid'), 'true');
  await done();
});

test('the matrix is used with the keyboard alone and says where it is', async () => {
  const { page, done } = await open('connectivity');
  for (let i = 0; i < 20 && (await page.evaluate(() => document.activeElement.id)) !== 'grid'; i++) {
    await page.keyboard.press('Tab');
  }
  assert.equal(await page.evaluate(() => document.activeElement.id), 'grid', 'Tab leads to the matrix');
  assert.notEqual(await page.evaluate(() => getComputedStyle(grid).outlineStyle), 'none', 'focus is seen');
  for (const key of ['Control+Home', 'ArrowDown', 'ArrowDown', 'ArrowRight']) await page.keyboard.press(key);
  assert.deepEqual(await page.evaluate(() => [at.row, at.column]), [2, 1]);
  assert.equal(await page.locator('#grid').getAttribute('aria-activedescendant'), 'cell');
  assert.equal(await page.locator('#cell').getAttribute('aria-rowindex'), '3');
  assert.match(await page.locator('#cell').textContent(), / → .*: (allowed|partly allowed|denied|unknown)/);
  await page.keyboard.press('Enter');
  assert.match(await why(page), / → /);
  assert.notEqual(await page.locator('#why').getAttribute('aria-live'), null);
  await page.keyboard.press('Control+End');
  assert.deepEqual(await page.evaluate(() => [at.row + 1, at.column + 1]),
    await page.evaluate(() => [shown.rows.length, shown.columns.length]));
  await done();
});

test('a party of the graph lists whom it reaches, and each of them is explained', async () => {
  const { page, done } = await open('connectivity');
  await page.locator('#show-graph').click();
  await page.locator('#port').fill('8080');
  const node = page.locator('#graph g[data-party^="shop/frontend"]');
  await node.focus();
  await page.keyboard.press('Enter');
  assert.equal(await node.getAttribute('aria-pressed'), 'true');
  await picture(page, 'graph');
  await page.locator('#why .peers button').first().click();
  assert.match(await why(page), /(egress|ingress) /);
  await done();
});

test('the page is light or dark as the reader wants it', async () => {
  const paper = {};
  for (const colorScheme of ['light', 'dark']) {
    const { page, done } = await open('connectivity', { colorScheme });
    paper[colorScheme] = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await click(page, 'shop/checkout', 'data/orders-db');
    if (colorScheme === 'dark') await picture(page, 'matrix-dark');
    await done();
  }
  assert.notEqual(paper.light, paper.dark);
});

test('on paper there is the whole matrix, and no field to type in', async () => {
  const { page, done } = await open('connectivity');
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.locator('form').isVisible(), false);
  const pdf = await page.pdf({ format: 'A4' });
  assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
  await done();
});

test('nothing in a page can call out', async () => {
  const { page } = await open('connectivity');
  const [fetched, script] = await page.evaluate(async () => {
    const fetched = await fetch('http://127.0.0.1:9/').then(() => 'answered', e => e.constructor.name);
    const added = document.createElement('script');
    added.textContent = 'window.ran = true';
    document.body.append(added);
    return [fetched, window.ran === true];
  });
  assert.equal(fetched, 'TypeError');
  assert.equal(script, false, 'only the scripts that the page was written with run');
  await page.close();
});

const tables = [
  ['diff', 'opened'], ['lint', 'high'], ['explain', 'DENIED'], ['inspect', 'policy'], ['parity', 'DENIED, ALLOWED'],
  ['baseline', 'not met'], ['plan', 'cut'], ['assert', 'fails'], ['evidence', 'input'],
];
for (const [name, kind] of tables) {
  test(`${name}: lines are searched, chosen by kind and opened by the keyboard`, async () => {
    const { page, done } = await open(name);
    const lines = page.locator('table.lines tbody tr:visible');
    const all = await lines.count();
    assert.ok(all > 0);
    await page.locator('#kind').selectOption(kind);
    const chosen = await lines.count();
    assert.ok(chosen > 0 && chosen <= all);
    const summary = page.locator('table.lines tbody tr:visible summary').first();
    await summary.focus();
    await page.keyboard.press('Enter');
    assert.equal(await page.locator('details[open] dl').first().isVisible(), true);
    await picture(page, name);
    await page.locator('#words').fill('surely nothing says this');
    assert.equal(await lines.count(), 0);
    assert.match(await page.locator('#count').textContent(), /^0 of /);
    await done();
  });
}

test('policies that were made are there to copy, with the proof', async () => {
  const { page, done } = await open('tighten');
  assert.match(await page.locator('strong').first().textContent(), /^PROVED$/);
  assert.match(await page.locator('pre').first().textContent(), /kind: NetworkPolicy/);
  await page.locator('#kind').selectOption('closes');
  assert.ok((await page.locator('table.lines tbody tr:visible').count()) > 0);
  await picture(page, 'tighten');
  await done();
});

test('pages of tables are light or dark, and whole on paper', async () => {
  for (const name of ['baseline', 'plan', 'assert', 'tighten', 'parity', 'evidence']) {
    const paper = [];
    for (const colorScheme of ['light', 'dark']) {
      const { page, done } = await open(name, { colorScheme });
      paper.push(await page.evaluate(() => getComputedStyle(document.body).backgroundColor));
      await done();
    }
    assert.notEqual(paper[0], paper[1], name);
    const { page, done } = await open(name);
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.locator('form').isVisible(), false);
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    assert.equal(await page.locator('details:not([open])').count(), 0, name);
    await done();
  }
});

test('a name that is markup stays text', async () => {
  const { page, done } = await open('hostile');
  assert.match(await page.locator('h1').textContent(), /<img src=x onerror=/);
  assert.equal(await page.locator('img').count(), 0);
  assert.notEqual(await page.title(), 'owned');
  await done();
});
