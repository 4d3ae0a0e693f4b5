import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openGateway } from './shop.js';

const largeScript = 'export const line = "again and again";\n'.repeat(1_000);

async function openPages() {
  const webFolder = await mkdtemp(join(tmpdir(), 'pages-'));
  onTestFinished(() => rm(webFolder, { recursive: true }));
  await mkdir(join(webFolder, 'assets'));
  await writeFile(join(webFolder, 'index.html'), '<!doctype html><title>Chat</title>');
  await writeFile(join(webFolder, 'inbox.html'), '<!doctype html><title>Inbox</title>');
  await writeFile(join(webFolder, 'explorer.html'), '<!doctype html><title>Explorer</title>');
  await writeFile(join(webFolder, 'assets/chat-1a2b.js'), 'export {}');
  await writeFile(join(webFolder, 'assets/editor-3c4d.js'), largeScript);
  const { gateway } = await openGateway({ webFolder });
  return (path: string, headers: Record<string, string> = {}) => fetch(gateway.url + path, { headers });
}

test('pages are served at their names, with a strict policy, and asked for again each time', async () => {
  const get = await openPages();
  const page = await get('/?session=ses_1');
  expect(await page.text()).toContain('Chat');
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(page.headers.get('cache-control')).toBe('no-cache');
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
  expect(await (await get('/inbox')).text()).toContain('Inbox');
  const again = await get('/', { 'if-none-match': page.headers.get('etag')! });
  expect(again.status).toBe(304);
});

test('assets, whose names change with their content, are kept for ever', async () => {
  const get = await openPages();
  const asset = await get('/assets/chat-1a2b.js');
  expect(asset.headers.get('cache-control')).toContain('immutable');
  expect(asset.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  expect(asset.headers.get('x-content-type-options')).toBe('nosniff');
});

test('the explorer alone may have workers and inline styles, and no page may have inline code', async () => {
  const get = await openPages();
  const policy = async (path: string) => (await get(path)).headers.get('content-security-policy')!.split('; ');
  const [explorer, chat] = [await policy('/explorer'), await policy('/')];
  expect(explorer.filter((rule) => !chat.includes(rule))).toEqual([
    "style-src 'self' 'unsafe-inline'",
    "worker-src 'self'",
  ]);
  expect(explorer).toEqual(expect.arrayContaining(["default-src 'none'", "script-src 'self'", "connect-src 'self'"]));
  expect(explorer).toContain("frame-ancestors 'none'");
});

test.each([
  ['gzip, deflate, br', 'br'],
  ['gzip', 'gzip'],
  ['br;q=0, gzip;q=0.5', 'gzip'],
  ['identity', null],
])('a large text that may come as %s comes as %s', async (accepted, encoding) => {
  const get = await openPages();
  const headers = { 'accept-encoding': accepted };
  const asset = await get('/assets/editor-3c4d.js', headers);
  expect(asset.headers.get('content-encoding')).toBe(encoding);
  expect(asset.headers.get('vary')).toBe('accept-encoding');
  expect(Number(asset.headers.get('content-length')) < 1_000).toBe(encoding !== null);
  expect(await asset.text()).toBe(largeScript);
  const etag = asset.headers.get('etag')!;
  expect((await get('/assets/editor-3c4d.js', { ...headers, 'if-none-match': etag })).status).toBe(304);
  const other = await get('/assets/editor-3c4d.js', { 'accept-encoding': 'deflate', 'if-none-match': etag });
  expect(other.status).toBe(encoding === null ? 304 : 200);
});

test('there is no page for a browser that opens the address of the graph', async () => {
  const get = await openPages();
  const response = await get('/graphql', { accept: 'text/html' });
  expect(response.status).toBe(400);
  expect(response.headers.get('content-type')).toContain('application/json');
});

test.each(['/assets/..%2f..%2fpackage.json', '/%2e%2e/package.json', '/assets/', '/nothing', '//'])(
  'there is nothing at %s',
  async (path) => {
    const get = await openPages();
    const response = await get(path);
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({
      errors: [{ message: 'There is nothing here.', extensions: { code: 'NOT_FOUND' } }],
    });
  },
);
