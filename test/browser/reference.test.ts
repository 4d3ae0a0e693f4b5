import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Supergraph } from '@apollo/federation-internals';
import { isEnumType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import supergraphSdl from '../../supergraph/schema.graphql';
import { rootFolder } from '../../supergraph/src/folders.js';
import { readStaticFiles } from '../../supergraph/src/static.js';
import { launchChromium } from './chromium.js';
import { lowContrast, namelessControls } from './looks.js';

vi.setConfig({ testTimeout: 60_000 });

let folder: string;
let server: Server;
let browser: Browser;
let url: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'supportgraph-reference-'));
  const outDir = path.join(folder, 'web');
  await build({ root: path.join(rootFolder(), 'web'), logLevel: 'error', build: { outDir, emptyOutDir: false } });
  const files = await readStaticFiles(outDir);
  server = createServer((request, response) => {
    const isThere = files.answer(request, response, new URL(request.url!, 'http://localhost').pathname);
    if (!isThere) response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has one.
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/reference`;
  browser = await launchChromium();
}, 180_000);
afterAll(async () => {
  await browser?.close();
  server?.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true });
});

async function open(options: BrowserContextOptions = {}, hash = ''): Promise<{ page: Page; problems: string[] }> {
  const context = await browser.newContext(options);
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  page.on(
    'request',
    (request) => new URL(request.url()).origin !== new URL(url).origin && problems.push(request.url()),
  );
  await page.goto(url + hash);
  return { page, problems };
}

const names = (page: Page) => page.locator('.entry:visible dt code, .type:visible h3 a').allTextContents();

test('the reference has every type, field, input and value of the API, each with what it says', async () => {
  const { page, problems } = await open();
  const ids = new Set(await page.locator('[id]').evaluateAll((elements) => elements.map(({ id }) => id)));
  const schema = Supergraph.build(supergraphSdl).apiSchema().toGraphQLJSSchema();
  const expected = Object.values(schema.getTypeMap())
    .filter(({ name }) => !name.startsWith('__'))
    .flatMap((type) => {
      const has =
        isObjectType(type) || isInterfaceType(type) || isInputObjectType(type) ? Object.keys(type.getFields()) : [];
      const values = isEnumType(type) ? type.getValues().map(({ name }) => name) : [];
      return [...has, ...values].map((name) => `${type.name}.${name}`);
    });
  expect(expected.length).toBeGreaterThan(400);
  expect(expected.filter((id) => !ids.has(id))).toEqual([]);
  expect(await page.locator('.entry dd:empty').count()).toBe(0);
  expect(problems).toEqual([]);
});

test('the reference leads from a type to what it is made of, and nowhere to nothing', async () => {
  const { page } = await open();
  const broken = await page
    .locator('a[href^="#"]')
    .evaluateAll((links) =>
      links
        .map((link) => decodeURIComponent(link.getAttribute('href')!.slice(1)))
        .filter((id) => !document.getElementById(id)),
    );
  expect(broken).toEqual([]);
});

test('the reference is searched by name, and a link leaves the search', async () => {
  const { page } = await open();
  await page.getByLabel('Find a type').fill('sendmess');
  await expect.poll(() => names(page)).toEqual(['sendMessage', 'SendMessagePayload', 'message', 'turn', 'userErrors', 'SendMessageInput', 'idempotencyKey', 'sessionId', 'text']); // prettier-ignore
  expect(await page.locator('#found').textContent()).toBe('3 found.');
  await page.getByRole('link', { name: 'SendMessagePayload' }).first().click();
  await expect.poll(async () => (await names(page)).length).toBeGreaterThan(500);
  expect(page.url()).toContain('#SendMessagePayload');
  await page.getByLabel('Find a type').fill('no such name');
  await expect.poll(() => page.locator('#found').textContent()).toBe('Nothing has that name.');
});

test.each(['light', 'dark'] as const)(
  'the reference can be read in %s colours, on a phone too',
  async (colorScheme) => {
    const { page } = await open({ colorScheme, viewport: { width: 360, height: 720 } });
    expect(await page.evaluate(lowContrast)).toEqual([]);
    expect(await page.evaluate(namelessControls)).toEqual([expect.stringContaining('id="search"')]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  },
);

test('the reference can be read without scripts', async () => {
  const { page } = await open({ javaScriptEnabled: false }, '#Query.order');
  expect(await page.locator('[id="Query.order"]').textContent()).toContain('One order by id.');
});
