import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { shopFile } from '../../subgraphs/orders/test/shop.js';
import { caller } from '../support/client.js';
import { launchChromium } from './chromium.js';
import { lowContrast } from './looks.js';
import { startWorld, type World } from './world.js';

vi.setConfig({ testTimeout: 60_000 });

const secret = 'for the tests of the explorer, for the tests';

let world: World;
let browser: Browser;
let url: string;
beforeAll(async () => {
  const settings = { INTROSPECTION: 'true', AUTH_JWT_SECRET: secret };
  [world, browser] = await Promise.all([
    startWorld({ tokensPerSecond: 50, shop: shopFile(), settings }),
    launchChromium(),
  ]);
  url = `${world.url}explorer`;
}, 180_000);
afterAll(async () => {
  await browser.close();
  await world.close();
});

const token = (role: 'staff' | 'operator') =>
  new SignJWT({ role })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject('stf_sam')
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(secret));

/** An API key as an operator makes it for a partner. */
async function apiKey(scopes: string[], requestsPerMinute?: number): Promise<string> {
  const { createApiClient } = await caller(world.url.slice(0, -1), await token('operator')).run<{
    createApiClient: { secret: string };
  }>('mutation ($input: CreateApiClientInput!) { createApiClient(input: $input) { secret } }', {
    input: { idempotencyKey: randomUUID(), name: 'Partner', scopes, requestsPerMinute },
  });
  return createApiClient.secret;
}

/** As {@link expect.poll}, with the patience that a browser on a small machine needs. */
const eventually = <Value>(look: () => Value) => expect.poll(look, { timeout: 10_000 });

type Editor = 'operation' | 'variables' | 'response';
/** GraphiQL's own hold on its editor, as far as these tests use it. */
interface Monaco {
  editor: {
    getEditors(): { getModel(): { uri: { path: string }; getValue(): string; setValue(text: string): void } }[];
  };
}

interface Explorer {
  page: Page;
  /** What went wrong that nobody sees. */
  problems: readonly string[];
  /** Every address that was asked for, and the body that was sent. */
  requests: readonly { url: string; body: string }[];
  text(editor: Editor): Promise<string>;
  write(editor: Editor, text: string): Promise<void>;
  /** Presses the button and gives the answer, once it is there. */
  run<Answer = Shown>(): Promise<Answer>;
  /** Opens an example. */
  open(title: string): Promise<void>;
  use(field: 'API key' | 'or bearer token', value: string): Promise<void>;
}

/** What the result pane shows, as far as these tests look at it. */
interface Shown {
  data?: Record<string, unknown>;
  errors?: { message: string; extensions: { code: string } }[];
  extensions?: { cost: { requested: number; actual: number; max: number } };
}

async function visit(options: BrowserContextOptions = {}, address = url): Promise<Explorer> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const problems = watch(page);
  const requests: { url: string; body: string }[] = [];
  page.on('request', (request) => requests.push({ url: request.url(), body: request.postData() ?? '' }));
  await page.goto(address);
  await editorsOf(page);

  const text: Explorer['text'] = (editor) => page.evaluate(readEditor, editor);
  return {
    ...{ page, problems, requests, text },
    write: (editor, written) => page.evaluate(writeEditor, [editor, written] as const),
    async run() {
      await page.getByRole('button', { name: /^Execute query/ }).click();
      await page.getByRole('button', { name: /^Execute query/ }).waitFor();
      await eventually(() => text('response')).not.toBe('');
      // Whoever asks knows what is shown.
      return JSON.parse(await text('response')) as never;
    },
    async open(title) {
      const tabs = await page.getByRole('tab').count();
      await page.getByRole('button', { name: title }).click();
      await eventually(() => page.getByRole('tab').count()).toBe(tabs + 1);
    },
    async use(field, value) {
      await page.getByLabel(field).fill(value);
      await page.getByRole('button', { name: 'Use', exact: true }).click();
    },
  };
}

/** Collects errors of the page and its console, breaches of its policy, requests to elsewhere and requests that fail. */
function watch(page: Page): string[] {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(world.url)) problems.push(`request to ${request.url()}`);
  });
  page.on('requestfailed', (request) => problems.push(`${request.url()} failed: ${request.failure()?.errorText}`));
  return problems;
}

/** Resolves once the editors are there and the schema was told or refused. */
async function editorsOf(page: Page): Promise<void> {
  await page.locator('.graphiql-query-editor .view-line').first().waitFor({ timeout: 20_000 });
  await page.locator('.result-window .monaco-editor').waitFor();
  await page.locator('.schema-status:not([data-kind=loading])').waitFor();
}

// These run in the page, so each is complete in itself.
function readEditor(name: Editor): string {
  const { __MONACO } = globalThis as unknown as { __MONACO: Monaco };
  const models = __MONACO.editor.getEditors().map((editor) => editor.getModel());
  return models.find(({ uri }) => uri.path.includes(name))!.getValue();
}
function writeEditor([name, text]: readonly [Editor, string]): void {
  const { __MONACO } = globalThis as unknown as { __MONACO: Monaco };
  const models = __MONACO.editor.getEditors().map((editor) => editor.getModel());
  models.find(({ uri }) => uri.path.includes(name))!.setValue(text);
}

const status = (page: Page) => page.locator('.schema-status').textContent();
const examplesOf = (page: Page) => page.locator('.examples strong').allTextContents();
const isOperation = ({ url: asked, body }: { url: string; body: string }) =>
  asked.endsWith('/graphql') && !body.includes('__schema');

test('the explorer comes whole from this host, under a policy that it keeps', async () => {
  const { page, problems, requests, run } = await visit();
  const { data, extensions } = await run();
  expect(data).toEqual({ viewer: { role: 'ANONYMOUS', scopes: [] } });
  expect(extensions!.cost).toEqual({ requested: 1, actual: 1, max: 2_000 });
  // What is loaded only when it is used: the formatter, and the workers that complete and check.
  await page.getByRole('button', { name: /^Prettify/ }).click();
  await page.locator('.graphiql-query-editor .view-line').nth(1).click();
  await page.keyboard.press('Control+Space');
  await page.locator('.suggest-widget .monaco-list-row').first().waitFor();
  expect(page.workers().length).toBeGreaterThanOrEqual(3);
  await page.getByRole('button', { name: /Documentation Explorer/ }).click();
  await page.getByRole('link', { name: 'Subscription', exact: true }).click();
  await page.getByRole('link', { name: 'turnEvents' }).waitFor();
  expect(requests.length).toBeGreaterThan(8);
  expect(problems).toEqual([]);
});

describe('the schema', () => {
  /** The fields of `Query` that the documentation shows. */
  async function queries(page: Page): Promise<string[]> {
    const docs = page.getByRole('region', { name: 'Documentation Explorer' });
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    await docs.getByRole('link', { name: 'Query', exact: true }).click();
    await docs.getByRole('link', { name: 'viewer', exact: true }).waitFor();
    return docs.locator('.graphiql-doc-explorer-field-name').allTextContents();
  }

  test('is that of a partner for an API key, without what is for staff', async () => {
    const { page, use, problems } = await visit();
    await use('API key', await apiKey(['explorer', 'faq:read']));
    await eventually(() => status(page)).toMatch(/^The schema as this API key may know it: \d+ types\.$/);
    expect(await examplesOf(page)).toContain('An order with its items');
    expect(await examplesOf(page)).not.toContain('The newest orders');
    const fields = await queries(page);
    expect(fields).toContain('order');
    expect(fields).not.toContain('orders');
    expect(problems).toEqual([]);
  });

  test('is that of the staff for their token, and what it has more is in the examples too', async () => {
    const { page, use, open, run } = await visit();
    expect(await examplesOf(page)).not.toContain('The newest orders');
    await use('or bearer token', `Bearer ${await token('staff')}`);
    await eventually(() => examplesOf(page)).toContain('The newest orders');
    await open('The newest orders');
    const { data } = await run();
    expect(data!.orders).toMatchObject({ nodes: expect.arrayContaining([expect.objectContaining({ number: '#W2000001' })]) }); // prettier-ignore
    const fields = await queries(page);
    expect(fields).toContain('orders');
    expect(fields).not.toContain('usage');
  });

  test('is not told to everybody by a gateway that is not in development, and the page says what to do', async () => {
    const key = await apiKey(['explorer'], 2);
    const weak = await apiKey(['faq:read']);
    await world.stopGateway();
    await world.startGateway({ INTROSPECTION: 'false' });
    onTestFinished(async () => {
      await world.stopGateway();
      await world.startGateway();
    });
    const { page, use, write, run } = await visit();
    expect(await status(page)).toContain('Paste an API key with the scope “explorer”');
    expect(await examplesOf(page)).toEqual([]);
    expect((await run()).data).toMatchObject({ viewer: { role: 'ANONYMOUS' } });
    await use('API key', 'sgk_wrong');
    await eventually(() => status(page)).toContain('does not accept these credentials');
    expect((await run()).errors![0]!.extensions.code).toBe('UNAUTHENTICATED');
    await use('API key', weak);
    await eventually(() => status(page)).toContain('Paste an API key with the scope “explorer”');
    await use('API key', key);
    await eventually(() => status(page)).toContain('The schema as this API key may know it');
    await write('operation', '{ products(first: 100) { nodes { variants { id price { amount } } } } }');
    expect((await run()).errors![0]!.extensions.code).toBe('COST_LIMIT_EXCEEDED');
    // The schema was the first request of this minute.
    await write('operation', '{ viewer { role } }');
    expect((await run()).data).toEqual({ viewer: { role: 'PARTNER' } });
    expect((await run()).errors![0]!.extensions).toMatchObject({ code: 'THROTTLED', retryable: true });
  });
});

describe('a subscription', () => {
  interface Events {
    received: { data: { turnEvents: { __typename: string; text?: string; turn?: { reply: { text: string } } } } }[];
    events: number;
  }

  test('is shown with all of its events, from a session that the examples open', async () => {
    const { page, open, run, text, problems } = await visit();
    await open('1. Start a session');
    const { data } = await run();
    expect(data!.startSession).toMatchObject({ accessToken: expect.any(String), userErrors: [] });
    await page.getByRole('button', { name: 'Use its token' }).click();
    await eventually(() => status(page)).toContain('as this token may know it');
    await open('2. Send a message');
    expect((await run()).data!.sendMessage).toMatchObject({ turn: { id: expect.any(String) }, userErrors: [] });
    await open('3. Follow the reply');

    await page.getByRole('button', { name: /^Execute query/ }).click();
    await eventually(async () => (JSON.parse((await text('response')) || '{}') as Events).events).toBeGreaterThan(3);
    // The newest is in view while more come.
    await eventually(() => page.locator('.result-window').textContent()).toMatch(/"events":\s*\d+/);
    await page.getByRole('button', { name: /^Execute query/ }).waitFor({ timeout: 30_000 });
    const { received, events } = JSON.parse(await text('response')) as Events;
    expect(events).toBe(received.length);
    const happened = received.map((each) => each.data.turnEvents);
    const written = happened.map((event) => event.text ?? '').join('');
    expect(happened[0]!.__typename).toBe('TurnStarted');
    expect(happened.filter(({ __typename }) => __typename === 'TextDelta').length).toBeGreaterThan(5);
    expect(happened.at(-1)).toMatchObject({ __typename: 'TurnFinished', turn: { reply: { text: written } } });
    // The client of server-sent events hangs up itself when the last one was told.
    expect(problems.filter((problem) => !problem.endsWith('/graphql failed: net::ERR_ABORTED'))).toEqual([]);
  });

  test('ends at the server when it is stopped, and says so when it is cut', async () => {
    const { page, open, run, text, write } = await visit();
    await open('1. Start a session');
    await run();
    await page.getByRole('button', { name: 'Use its token' }).click();
    await open('Follow the whole session');
    await page.getByRole('button', { name: /^Execute query/ }).click();
    await eventually(() => world.openStreams()).toBe(1);
    await page.getByRole('button', { name: /^Stop query/ }).click();
    await eventually(() => world.openStreams()).toBe(0);

    await page.getByRole('button', { name: /^Execute query/ }).click();
    await eventually(() => world.openStreams()).toBe(1);
    onTestFinished(() => world.startGateway());
    await world.stopGateway();
    await eventually(() => text('response')).toContain('The gateway cannot be reached, or the connection was cut.');
    await write('operation', '{ viewer { role } }');
    expect((await run()).errors![0]!.message).toContain('cannot be reached');
  });
});

test('a key is kept nowhere: not in storage, not in the address, and not in links', async () => {
  const key = await apiKey(['explorer', 'faq:read']);
  const { page, use, open, run } = await visit({ permissions: ['clipboard-read', 'clipboard-write'] });
  await use('API key', key);
  await eventually(() => status(page)).toContain('as this API key may know it');
  await open('Search the FAQ');
  expect((await run()).errors).toBeUndefined();
  await page.getByRole('button', { name: 'Copy a link' }).click();
  await page.getByText('The link is copied.').waitFor();

  const kept = async () => {
    const state = await page.context().storageState({ indexedDB: true });
    const held = await page.evaluate(async () => [
      ...[JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie, location.href],
      ...[JSON.stringify(history.state), await navigator.clipboard.readText(), String(await caches.keys())],
      JSON.stringify(await indexedDB.databases()),
      document.documentElement.outerHTML,
    ]);
    return [JSON.stringify(state), ...held].join('\n');
  };
  // GraphiQL writes its tabs half a second after a change.
  await eventually(async () => (await kept()).includes('SearchFaqs')).toBe(true);
  expect((await kept()).includes(key)).toBe(false);

  await page.reload();
  await editorsOf(page);
  await page.getByRole('tab', { name: 'SearchFaqs' }).waitFor();
  expect(await page.getByLabel('API key').inputValue()).toBe('');
  expect(await status(page)).toContain('a visitor without credentials');
  expect((await kept()).includes(key)).toBe(false);
});

describe('a link', () => {
  test('opens in a new tab what was shared, and does not run it', async () => {
    const { page, write, open } = await visit({ permissions: ['clipboard-read', 'clipboard-write'] });
    await open('1. Start a session');
    const query = 'mutation Start($input: StartSessionInput!) {\n  startSession(input: $input) { session { id } }\n}';
    const variables = '{ "input": { "idempotencyKey": "好 & more" } }';
    await write('operation', query);
    await write('variables', variables);
    await page.getByRole('button', { name: 'Copy a link' }).click();
    await page.getByText('The link is copied.').waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    expect(link).toMatch(/\/explorer#1\.[\w-]+$/);

    const other = await visit({}, link);
    await other.page.getByText('The operation of the link').waitFor();
    expect(await other.text('operation')).toBe(query);
    expect(await other.text('variables')).toBe(variables);
    expect(await other.text('response')).toBe('');
    expect(other.page.url()).toBe(url);
    expect(other.requests.filter(isOperation)).toEqual([]);
    expect(other.requests.filter((request) => request.url.includes('#') || request.url.includes('idempotency'))).toEqual([]); // prettier-ignore
    expect(other.problems).toEqual([]);
  });

  test('that is broken is told to be so, and the page works on', async () => {
    const { page, problems, run } = await visit({}, `${url}#1.AAAA`);
    await page.getByText('This link is damaged').waitFor();
    for (const [fragment, message] of [
      ['#Query', 'not one of the explorer'],
      [`#1.${'A'.repeat(50_000)}`, 'too long'],
    ] as const) {
      await page.evaluate((hash) => void (location.hash = hash), fragment);
      await page.locator('.notice', { hasText: message }).waitFor();
      expect(page.url()).toBe(url);
    }
    expect(await page.getByRole('tab').count()).toBe(1);
    expect((await run()).data).toBeDefined();
    expect(problems).toEqual([]);
  });
});

test('what is ours on the page can be read in light and dark colours, wide and narrow', async () => {
  const { page, open, run } = await visit();
  await open('1. Start a session');
  await run();
  await page.getByText('answers only to its token').waitFor();
  for (const name of ['API key', 'or bearer token'])
    expect(await page.getByLabel(name).getAttribute('autocomplete')).toBe('off');
  for (const title of ['2. Send', '3. Follow', 'Search the FAQ', 'Products', 'An order']) await open(title);
  for (const width of [1_280, 800]) {
    await page.setViewportSize({ width, height: 800 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    for (const part of ['.result-window', 'header button', '.graphiql-tab-add'])
      expect(await page.locator(part).boundingBox()).toMatchObject({ x: expect.toSatisfy((x: number) => x < width - 30) }); // prettier-ignore
  }
  await page.evaluate(() => {
    // The colours of GraphiQL are its own.
    for (const part of document.querySelectorAll<HTMLElement>('.graphiql-sessions, .graphiql-sidebar'))
      part.style.display = 'none';
  });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await page.evaluate(lowContrast)).toEqual([]);
  }
});
