import { WebSocket } from 'ws';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answer, openWorld, type SocketOptions, type World } from './world.js';

let world: World;
beforeAll(async () => {
  world = await openWorld({ WS_OPERATIONS: '5' });
}, 120_000);
afterAll(() => world.close());

const init = { type: 'connection_init' };
const initAs = (payload: object) => ({ type: 'connection_init', payload });
const subscribe = (query: string, id = '1', variables?: object) => ({
  type: 'subscribe',
  id,
  payload: { query, variables },
});
const codeIn = ({ text }: Answer) => /"code":"([A-Z_]+)"/.exec(text)?.[1];

test.each<[string, (string | object)[], number, SocketOptions?]>([
  ['text that is no JSON', [init, 'hello'], 4400],
  ['a message of no known type', [init, { type: 'please' }], 4400],
  ['a message that only servers send', [init, { type: 'next', id: '1', payload: {} }], 4400],
  ['an array', [init, '[]'], 4400],
  ['a subscription without an id', [init, { type: 'subscribe', payload: { query: '{ __typename }' } }], 4400],
  ['a subscription whose query is no text', [init, { type: 'subscribe', id: '1', payload: { query: 5 } }], 4400],
  ['subscribing before saying who one is', [subscribe('{ __typename }')], 4401],
  ['a forged token', [initAs({ authorization: 'Bearer a.b.c' })], 4403],
  ['a key that nobody has', [initAs({ 'x-api-key': `sgk_${'b'.repeat(43)}` })], 4403],
  ['a payload that is no object', [{ type: 'connection_init', payload: 'admin' }], 4400],
  ['silence', [], 4408],
  ['saying who one is twice', [init, init], 4429],
  ['a frame of 1 MB', [init, { type: 'ping', payload: { x: 'x'.repeat(1_000_000) } }], 1009],
  ['no protocol', [], 4406, { protocols: [] }],
])('%s closes the socket', async (_sentence, messages, code, options) => {
  // The order of an id in use and others is left to the protocol's own tests.
  const answer = await world.attack((w) => w.socket(messages, { enough: () => false, ...options }));
  expect(answer.status).toBe(code);
});

test('a page elsewhere gets no socket', async () => {
  const answer = await world.attack((w) => w.socket([], { headers: { origin: 'https://evil.example' } }));
  expect(answer.status).toBe(403);
});

test.each([
  ['a field that is not there', subscribe('{ shopp }'), 'GRAPHQL_VALIDATION_FAILED'],
  ['what is for the staff', subscribe('{ sessions { nodes { id } } }'), 'GRAPHQL_VALIDATION_FAILED'],
  ['the schema', subscribe('{ __schema { types { name } } }'), 'GRAPHQL_VALIDATION_FAILED'],
  ['a syntax error', subscribe('{ shop('), 'GRAPHQL_PARSE_FAILED'],
  ['11 root fields', subscribe(`{ ${'__typename '.repeat(11)} }`), 'OPERATION_TOO_LARGE'],
  ['a page of a million', subscribe('{ products(first: 1000000) { nodes { id } } }'), 'BAD_USER_INPUT'],
  [
    'pages in pages',
    subscribe('{ viewer { sessions(first: 100) { nodes { messages(first: 100) { nodes { id } } } } } }'),
    'COST_LIMIT_EXCEEDED',
  ],
  [
    'two fields of one subscription',
    subscribe('subscription { a: sessionEvents(sessionId: "1") { seq } b: sessionEvents(sessionId: "2") { seq } }'),
    'GRAPHQL_VALIDATION_FAILED',
  ],
  [
    'a variable of another type',
    subscribe('query ($id: ID!) { session(id: $id) { id } }', '1', { id: { $ne: 1 } }),
    'BAD_USER_INPUT',
  ],
  [
    'variables that are a text',
    { type: 'subscribe', id: '1', payload: { query: '{ __typename }', variables: 'x' } },
    null,
  ],
])('%s is refused as over HTTP', async (_sentence, message, code) => {
  // An operation may follow the acknowledgement only, so it is waited for by sending both and reading what comes.
  const answer = await world.attack((w) => acknowledged(w, [message]));
  if (code === null) expect(answer.status).toBe(4400);
  else expect(codeIn(answer)).toBe(code);
});

/** Says who it is, waits for the acknowledgement, then sends. */
function acknowledged(
  { url }: World,
  messages: readonly object[],
  enough = (text: string) => text.includes('"type":"error"'),
): Promise<Answer> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    let text = '';
    socket.addEventListener('open', () => socket.send(JSON.stringify(init)));
    socket.addEventListener('message', ({ data }) => {
      text += `${String(data)}\n`;
      if (String(data).includes('connection_ack')) for (const message of messages) socket.send(JSON.stringify(message));
      if (enough(text)) socket.close(1000);
    });
    socket.addEventListener('close', ({ code }) => resolve({ status: code, text }));
  });
}

test('of 500 subscriptions on one socket all but those that it may have are refused, and it stays open', async () => {
  const query = 'subscription ($id: ID!) { sessionEvents(sessionId: $id) { seq } }';
  const many = Array.from({ length: 500 }, (_, n) => subscribe(query, String(n), { id: 'ses_none' }));
  const count = (text: string) => text.match(/"type":"(?:error|complete)"/g)?.length ?? 0;
  const answer = await world.attack((w) => acknowledged(w, many, (text) => count(text) >= 500));
  expect(answer.status).toBe(1000);
  expect(answer.text.match(/THROTTLED/g)!.length).toBeGreaterThan(400);
});
