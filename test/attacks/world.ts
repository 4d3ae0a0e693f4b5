import net from 'node:net';
import { performance } from 'node:perf_hooks';
import { expect } from 'vitest';
import { WebSocket } from 'ws';
import type { Platform } from '../../supergraph/src/platform.js';
import { visit, type Visitor } from '../support/client.js';
import { makeKey, merchantToken } from '../support/credentials.js';
import { openSite, startPart, type Site } from '../support/hosting.js';

/*
 * The whole platform in one process, as strangers see it, and the oracle that every bad input is held against: it is
 * answered in JSON and with a status below 500, says nothing of how we are made, changes no row, is counted, comes soon,
 * and a harmless query beside it is answered soon too. That memory does not grow is looked at by `memory.test.ts`.
 */

/** How soon a rejection must come, in ms. */
const rejectionMs = 200;
/** How soon the harmless query beside it must be answered, in ms. */
const harmlessMs = 500;
/** How often an input is tried that is over these, for the best of them counts: a scheduler that is busy with other tests is no slow guard. */
const mostTries = 3;
/** How soon it must be counted, in ms: metrics are read over HTTP. */
const countedMs = 3_000;

/** What came back, over whichever transport. */
export interface Answer {
  /** Status over HTTP, or what closed a socket; null for a socket that stays open. */
  status: number | null;
  text: string;
  contentType?: string | null;
  headers?: Headers;
}

export interface World {
  url: string;
  visitor: Visitor;
  /** Bearer tokens by who has them. */
  tokens: Record<'ann' | 'bob' | 'staff' | 'operator', string>;
  /** Keys of API clients: one that may talk, one that may read FAQs. */
  keys: Record<'talking' | 'reading', string>;
  /** POSTs a body to /graphql. */
  post(body: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** Any request to the gateway. */
  request(path: string, init?: RequestInit): Promise<Answer>;
  /** Sends bytes over TCP, and gives what comes until the connection ends. */
  raw(bytes: string): Promise<Answer>;
  /** A WebSocket that sends these messages as soon as it is open, and what comes until it is closed or `enough`. */
  socket(messages: readonly (string | object)[], options?: SocketOptions): Promise<Answer>;
  /** Says who it is over a WebSocket, waits for the acknowledgement, then sends. */
  talk(messages: readonly object[], enough?: SocketOptions['enough']): Promise<Answer>;
  /** Sends bytes over a WebSocket that is open, until the server says goodbye. */
  frames(frames: readonly Buffer[]): Promise<Answer>;
  /** Makes an attack and holds it against the oracle. It may take `moreMs` longer than one rejection: for what is waited on purpose, or many rejections in turn. */
  attack(send: (world: World) => Promise<Answer>, moreMs?: number): Promise<Answer>;
  close(): Promise<void>;
}

export interface SocketOptions {
  protocols?: string | string[];
  headers?: Record<string, string>;
  /** Whether what came is all that is waited for. @default an error message came */
  enough?: (text: string) => boolean;
}

export async function openWorld(settings: Record<string, string> = {}): Promise<World> {
  const site = await openSite([{ number: '#W1000001' }, { number: '#W1000002' }]);
  const own = { REDIS_URL: '', INTROSPECTION: 'false', WS_INIT_MS: '500', CORS_ORIGINS: 'https://shop.example' };
  const platform = await startPart({ ...site.settings, ...own, ...settings });
  const url = platform.gatewayUrl!;
  const sign = (role: string, sub: string) => merchantToken(site, { role, sub });
  const tokens = {
    ann: await sign('customer', 'cus_ann'),
    bob: await sign('customer', 'cus_bob'),
    staff: await sign('staff', 'stf_sam'),
    operator: await sign('operator', 'stf_ola'),
  };
  const keys = {
    talking: await makeKey(url, tokens.operator, ['sessions:write']),
    reading: await makeKey(url, tokens.operator, ['faq:read']),
  };
  const visitor = await visit(url);
  let rows: Promise<unknown[]> | undefined;
  const request: World['request'] = async (path, init) => answerOf(await fetch(`${url}${path}`, init));
  const world: World = {
    url,
    visitor,
    tokens,
    keys,
    request,
    post: (body, headers = {}) =>
      request('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    raw: (bytes) => raw(url, bytes),
    socket: (messages, options) => socket(url, messages, options),
    talk: (messages, enough) => talk(url, messages, enough),
    frames: (sent) => frames(url, sent),
    // Nothing that an attack does may change a row, so what there was before the first one holds for all.
    attack: async (send, moreMs = 0) => {
      const before = await (rows ??= rowsOf(site));
      return attack(world, { site, platform, rows: before }, send, moreMs);
    },
    async close() {
      await platform.stop();
      await site.close();
    },
  };
  return world;
}

async function answerOf(response: Response): Promise<Answer> {
  const { status, headers } = response;
  return { status, headers, contentType: headers.get('content-type'), text: await response.text() };
}

function raw(url: string, bytes: string): Promise<Answer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const connection = net.connect(Number(port), hostname);
    let text = '';
    connection.setEncoding('utf8').on('data', (piece: string) => (text += piece));
    connection.on('error', () => {});
    connection.on('close', () => {
      const [head = '', ...body] = text.split('\r\n\r\n');
      const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0);
      const contentType = /^content-type: (.*)$/im.exec(head)?.[1] ?? null;
      resolve({ status, contentType, text: body.join('\r\n\r\n') });
    });
    connection.write(bytes);
  });
}

function socket(url: string, messages: readonly (string | object)[], options: SocketOptions = {}): Promise<Answer> {
  const {
    protocols = 'graphql-transport-ws',
    headers = {},
    enough = (text) => text.includes('"type":"error"'),
  } = options;
  return new Promise((resolve) => {
    const made = new WebSocket(`${url.replace('http', 'ws')}/graphql`, protocols, { headers });
    let text = '';
    let refused: Answer | null = null;
    const done = (status: number | null) => {
      made.removeAllListeners('close');
      made.terminate();
      resolve(refused ?? { status, text });
    };
    made.on('open', () => {
      for (const message of messages) made.send(typeof message === 'string' ? message : JSON.stringify(message));
    });
    made.on('message', (data: Buffer) => {
      text += `${data.toString('utf8')}\n`;
      if (enough(text)) done(null);
    });
    made.on('unexpected-response', (_request, response) => {
      let body = '';
      response.on('data', (piece: Buffer) => (body += piece.toString('utf8')));
      response.on('end', () => {
        refused = {
          status: response.statusCode ?? 0,
          contentType: response.headers['content-type'] ?? null,
          text: body,
        };
        done(null);
      });
    });
    made.on('error', () => {});
    made.on('close', (code: number) => done(code));
  });
}

/** As the socket's own client would be refused, see {@link World.talk}. */
function talk(
  url: string,
  messages: readonly object[],
  enough: SocketOptions['enough'] = (text) => text.includes('"type":"error"'),
): Promise<Answer> {
  return new Promise((resolve) => {
    const made = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    let text = '';
    made.on('open', () => made.send('{"type":"connection_init"}'));
    made.on('message', (data: Buffer) => {
      const message = data.toString('utf8');
      text += `${message}\n`;
      if (message.includes('connection_ack')) for (const each of messages) made.send(JSON.stringify(each));
      if (enough(text)) made.close(1000);
    });
    made.on('close', (status: number) => resolve({ status, text }));
  });
}

const handshake = [
  'GET /graphql HTTP/1.1',
  ...['host: x', 'connection: upgrade', 'upgrade: websocket', 'sec-websocket-version: 13'],
  ...['sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==', 'sec-websocket-protocol: graphql-transport-ws'],
].join('\r\n');

function frames(url: string, sent: readonly Buffer[]): Promise<Answer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const connection = net.connect(Number(port), hostname);
    let received = Buffer.alloc(0);
    connection.on('data', (piece: Buffer) => {
      if (received.length === 0) for (const each of sent) connection.write(each);
      received = Buffer.concat([received, piece]);
      if (goodbyeIn(received) !== null) connection.destroy();
    });
    connection.on('error', () => {});
    connection.on('close', () => resolve({ status: goodbyeIn(received), text: received.toString('latin1') }));
    connection.write(`${handshake}\r\n\r\n`);
  });
}

/** The code in the closing frame of what a server sent after its answer to the handshake; null if there is none yet. */
function goodbyeIn(received: Buffer): number | null {
  const end = received.indexOf('\r\n\r\n');
  for (let at = end + 4; end >= 0 && at + 4 <= received.length;) {
    const opcode = received[at]! & 0x0f;
    const length = received[at + 1]!;
    // The server's own messages here are short; one of 126 bytes and more has its length in the next two.
    const [head, size] = length < 126 ? [2, length] : [4, received.readUInt16BE(at + 2)];
    if (opcode === 8) return received.readUInt16BE(at + head);
    at += head + size;
  }
  return null;
}

interface Scene {
  site: Site;
  platform: Platform;
  rows: unknown[];
}

async function attack(
  world: World,
  scene: Scene,
  send: (world: World) => Promise<Answer>,
  moreMs: number,
): Promise<Answer> {
  const best = { rejection: Infinity, harmless: Infinity };
  for (let tries = 1; ; tries++) {
    const { answer, ms, harmless } = await attackOnce(world, scene, send);
    best.rejection = Math.min(best.rejection, ms - moreMs);
    best.harmless = Math.min(best.harmless, harmless);
    if ((best.rejection < rejectionMs && best.harmless < harmlessMs) || tries === mostTries) {
      expect(best.rejection).toBeLessThan(rejectionMs);
      expect(best.harmless).toBeLessThan(harmlessMs);
      return answer;
    }
  }
}

/** All of the oracle but the times, which are given. */
async function attackOnce(
  world: World,
  { site, platform, rows }: Scene,
  send: (world: World) => Promise<Answer>,
): Promise<{ answer: Answer; ms: number; harmless: number }> {
  const countBefore = await countOf(platform);
  const startedAt = performance.now();
  const attacked = send(world).then((answer) => ({ answer, ms: performance.now() - startedAt }));
  const harmless = await world.post({ query: '{ shop { name } }' });
  const harmlessTook = performance.now() - startedAt;
  const { answer, ms } = await attacked;

  expect(harmless).toMatchObject({ status: 200 });
  expect(JSON.parse(harmless.text)).toMatchObject({ data: { shop: { name: 'Test shop' } } });
  expectNothingToldOf(answer);
  expect(await rowsOf(site)).toEqual(rows);
  // The harmless query is one of what is counted.
  await expect.poll(() => countOf(platform), { timeout: countedMs }).toBeGreaterThan(countBefore + 1);
  return { answer, ms, harmless: harmlessTook };
}

/** How we are made: stacks, paths, SQL, addresses, libraries, and names that graphql-js guesses. */
const secretsOfOurs = [
  /\n\s+at .+:\d+/,
  /node_modules|\/(?:src|dist|home|root|tmp|work|usr)\//,
  /\b(?:SELECT|INSERT|UPDATE|DELETE) (?:.+ )?(?:FROM|INTO|SET)\b/,
  /prisma|postgres|redis|graphql-js|pg_|P20\d\d/i,
  /(?:localhost|127\.0\.0\.1|::1):\d+|ECONN|ENOENT|EACCES/,
  /serviceName|stacktrace|"stack"|__resolveReference|subgraph/i,
  /Did you mean/,
];

function expectNothingToldOf({ status, text, contentType }: Answer): void {
  if (contentType !== undefined) {
    expect(status).toBeGreaterThanOrEqual(200);
    expect(status).toBeLessThan(500);
    expect(contentType).toMatch(/^(?:application\/json|application\/graphql-response\+json|text\/event-stream)/);
    if (!contentType?.startsWith('text/event-stream')) JSON.parse(text);
  }
  for (const pattern of secretsOfOurs) expect(text).not.toMatch(pattern);
}

const tableNames = `
  SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
    WHERE (table_schema IN ('conversation', 'commerce', 'faq', 'router', 'techsupport') OR table_name = 'outbox')
      AND table_type = 'BASE TABLE' ORDER BY 1`;

/** What may not change: all that customers and staff see, and what others are told. The audit may grow: it tells of what was tried. */
async function rowsOf({ database }: Site): Promise<unknown[]> {
  const tables = await database.db.query<{ name: string }>(tableNames);
  const digests = tables.map(
    ({ name }) => `SELECT '${name}' AS name, md5(string_agg(t::text, '' ORDER BY t::text)) AS digest FROM ${name} t`,
  );
  return database.db.query(digests.join(' UNION ALL '));
}

async function countOf({ adminUrl }: Platform): Promise<number> {
  const metrics = await (await fetch(`${adminUrl}/metrics`)).text();
  const counters = metrics.matchAll(/^supportgraph_(?:refused|over_limit|operations)_total\{[^}]*\} (\d+)$/gm);
  return [...counters].reduce((sum, [, value]) => sum + Number(value), 0);
}
