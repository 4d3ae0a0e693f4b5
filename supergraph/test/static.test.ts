import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openGateway } from './shop.js';

async function openPages() {
  const webFolder = await mkdtemp(join(tmpdir(), 'pages-'));
  onTestFinished(() => rm(webFolder, { recursive: true }));
  await mkdir(join(webFolder, 'assets'));
  await writeFile(join(webFolder, 'index.html'), '<!doctype html><title>Chat</title>');
  await writeFile(join(webFolder, 'inbox.html'), '<!doctype html><title>Inbox</title>');
  await writeFile(join(webFolder, 'assets/chat-1a2b.js'), 'export {}');
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
