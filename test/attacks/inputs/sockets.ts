import type { SocketOptions, World } from '../world.js';
import type { Input } from './input.js';

const init = { type: 'connection_init' };
const initAs = (payload: object) => ({ type: 'connection_init', payload });
const subscribe = (query: string, id = '1', variables?: object) => ({
  type: 'subscribe',
  id,
  payload: { query, variables },
});

const following = 'subscription { sessionEvents(sessionId: "ses_none") { seq } }';

const closing: [what: string, messages: (string | object)[], code: number, options?: SocketOptions][] = [
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
  ['saying who one is twice', [init, init], 4429],
  ['a frame of 1 MB', [init, { type: 'ping', payload: { x: 'x'.repeat(1_000_000) } }], 1009],
  ['no protocol', [], 4406, { protocols: [] }],
];

/** What closes a socket, sent as soon as it is open. */
export const closingMessages: readonly Input[] = [
  ...closing.map(([what, messages, code, options]) => ({
    what,
    refusal: `closed with ${code}`,
    send: (world: World) => world.socket(messages, { enough: () => false, ...options }),
  })),
  {
    what: 'silence',
    refusal: 'closed with 4408',
    // WS_INIT_MS of `world.ts`.
    waitsMs: 500,
    send: (world) => world.socket([], { enough: () => false }),
  },
];

const operations: [what: string, message: object | object[], refusal: string][] = [
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
    'closed with 4400',
  ],
  ['an id that is in use', [subscribe(following, '1'), subscribe(following, '1')], 'closed with 4409'],
  [
    '__proto__ as an id in use',
    [subscribe(following, '__proto__'), subscribe(following, '__proto__')],
    'closed with 4409',
  ],
  ['an empty id', subscribe('{ __typename }', ''), 'closed with 4400'],
  ['a number as an id', { ...subscribe('{ __typename }'), id: 1 }, 'closed with 4400'],
  [
    'an operation name that is a number',
    { type: 'subscribe', id: '1', payload: { query: '{ __typename }', operationName: 5 } },
    'closed with 4400',
  ],
  ['an id of 50 KB for what is not there', subscribe('{ shopp }', 'x'.repeat(50_000)), 'GRAPHQL_VALIDATION_FAILED'],
  [
    'a trusted document nobody wrote',
    { type: 'subscribe', id: '1', payload: { documentId: 'sha256:x', query: '{ __typename }' } },
    'PERSISTED_QUERY_NOT_FOUND',
  ],
  [
    'twelve thousand nulls for ids',
    subscribe('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', '1', { ids: new Array(12_000).fill(null) }),
    'BAD_USER_INPUT',
  ],
  ['a message type of 60 KB', { type: 'x'.repeat(60_000) }, 'closed with 4400'],
];

/** What is sent once the socket is acknowledged. */
export const refusedOperations: readonly Input[] = operations.map(([what, message, refusal]) => ({
  what,
  refusal,
  send: (world) => world.talk([message].flat()),
}));
