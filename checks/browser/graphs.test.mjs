// Gives the graphs to what draws them: Graphviz, Mermaid (as hosts of repositories use it) and a browser.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { instance } from '@viz-js/viz';
import { chromium } from 'playwright-core';

const { PAGES, CHROMIUM } = process.env;
const read = name => readFileSync(join(PAGES, name), 'utf8');
let browser;

before(async () => {
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
});
after(() => browser.close());

for (const name of ['connectivity', 'diff', 'hostile']) {
  test(`Graphviz draws ${name}.dot`, async () => {
    const { status, output, errors } = (await instance()).render(read(name + '.dot'), { format: 'svg' });
    assert.equal(status, 'success', JSON.stringify(errors));
    assert.ok(output.includes('db[Deployment]'), 'its names are in the picture');
  });
}

test('Mermaid draws the graphs, and of too many arrows those between namespaces', async () => {
  const page = await browser.newPage();
  await page.addScriptTag({ path: 'node_modules/mermaid/dist/mermaid.min.js' });
  for (const name of ['connectivity', 'diff', 'hostile', 'large']) {
    const graph = read(name + '.mermaid');
    const svg = await page.evaluate(async text => {
      mermaid.initialize({ startOnLoad: false });
      return (await mermaid.render('drawn', text)).svg;
    }, graph);
    assert.ok(svg.startsWith('<svg'), name);
    assert.ok(!svg.includes('Syntax error'), name);
    assert.equal(graph.includes('too many for Mermaid'), name === 'large');
  }
  assert.notEqual(await page.title(), 'owned');
  await page.close();
});

for (const name of ['connectivity', 'diff', 'hostile']) {
  test(`a browser shows ${name}.svg, which asks for nothing`, async () => {
    const page = await browser.newPage();
    const asked = [];
    page.on('request', r => asked.push(r.url()));
    await page.goto(pathToFileURL(join(PAGES, name + '.svg')).href);
    assert.equal(await page.locator('path').count() > 4, true);
    assert.match(await page.locator('svg > text').first().textContent(), /^(Who reaches whom|What differs)/);
    assert.equal(await page.locator('script, img').count(), 0);
    assert.equal(asked.length, 1);
    await page.close();
  });
}
