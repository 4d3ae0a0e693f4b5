import { gzipSync } from 'node:zlib';
import type { Answer, World } from '../world.js';
import { asked, type Input, json, search } from './input.js';

/** Packed before anybody looks at a clock. */
const bomb = new Uint8Array(gzipSync(Buffer.alloc(20_000_000)));

type Row = [what: string, status: number, code: string, send: (world: World) => Promise<Answer>];

const body =
  (text: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = json) =>
  (world: World) =>
    world.request('/graphql', { method: 'POST', headers, body: text });
const rows: Row[] = [
  [
    'a mutation by GET',
    405,
    'METHOD_NOT_ALLOWED',
    (w) =>
      w.request(search({ query: 'mutation { startSession(input: { idempotencyKey: "k" }) { accessToken } }' }), {
        headers: asked,
      }),
  ],
  [
    'a subscription by GET',
    405,
    'METHOD_NOT_ALLOWED',
    (w) => w.request(search({ query: 'subscription { sessionEvents(sessionId: "x") { seq } }' }), { headers: asked }),
  ],
  ['a GET that any page could send', 400, 'BAD_REQUEST', (w) => w.request(search({ query: '{ __typename }' }))],
  [
    'a GET with one parameter twice',
    400,
    'BAD_REQUEST',
    (w) => w.request('/graphql?query={a}&query={b}', { headers: asked }),
  ],
  ['a GET without a query', 400, 'BAD_REQUEST', (w) => w.request('/graphql', { headers: asked })],
  [
    'variables in a query string that are no JSON',
    400,
    'BAD_REQUEST',
    (w) => w.request(search({ query: '{ __typename }', variables: '{' }), { headers: asked }),
  ],
  ['a PUT', 405, 'METHOD_NOT_ALLOWED', (w) => w.request('/graphql', { method: 'PUT', headers: json, body: '{}' })],
  ['a DELETE', 405, 'METHOD_NOT_ALLOWED', (w) => w.request('/graphql', { method: 'DELETE' })],
  [
    'a browser that opens the endpoint',
    400,
    'BAD_REQUEST',
    (w) => w.request('/graphql', { headers: { accept: 'text/html' } }),
  ],
  [
    'a form post',
    415,
    'UNSUPPORTED_MEDIA_TYPE',
    body('query={__typename}', { 'content-type': 'application/x-www-form-urlencoded' }),
  ],
  [
    'a multipart form',
    415,
    'UNSUPPORTED_MEDIA_TYPE',
    body('--x--', { 'content-type': 'multipart/form-data; boundary=x' }),
  ],
  ['plain text', 415, 'UNSUPPORTED_MEDIA_TYPE', body('{"query":"{__typename}"}', { 'content-type': 'text/plain' })],
  ['UTF-7', 415, 'UNSUPPORTED_MEDIA_TYPE', body('{}', { 'content-type': 'application/json; charset=utf-7' })],
  ['UTF-16', 415, 'UNSUPPORTED_MEDIA_TYPE', body('{}', { 'content-type': 'application/json; charset=utf-16' })],
  ['a body that says it is gzip', 415, 'UNSUPPORTED_MEDIA_TYPE', body('{}', { ...json, 'content-encoding': 'gzip' })],
  [
    'a bomb of 20 MB in a gzip',
    415,
    'UNSUPPORTED_MEDIA_TYPE',
    (w) => body(bomb, { ...json, 'content-encoding': 'gzip' })(w),
  ],
  ['truncated JSON', 400, 'BAD_REQUEST', body('{"query":"{__type')],
  ['an empty body', 400, 'BAD_REQUEST', body('')],
  ['a body of null', 400, 'BAD_REQUEST', body('null')],
  ['a body that is a number', 400, 'BAD_REQUEST', body('1e999')],
  ['bytes that are no UTF-8', 400, 'BAD_REQUEST', body(new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]))],
  [
    'JSON nested ten thousand deep',
    400,
    'BAD_REQUEST',
    body(`{"query":"{__typename}","variables":${'['.repeat(10_000)}${']'.repeat(10_000)}}`),
  ],
  ['an array of two operations', 400, 'BAD_REQUEST', body('[{"query":"{__typename}"},{"query":"{__typename}"}]')],
  ['a query that is a number', 400, 'BAD_REQUEST', body('{"query":1}')],
  ['an operation name that is an object', 400, 'BAD_REQUEST', body('{"query":"{__typename}","operationName":{}}')],
  ['variables that are a text', 400, 'BAD_REQUEST', body('{"query":"{__typename}","variables":"x"}')],
  ['extensions that are an array', 400, 'BAD_REQUEST', body('{"query":"{__typename}","extensions":[]}')],
  [
    'a hash that is none',
    400,
    'BAD_REQUEST',
    body('{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"../../etc/passwd"}}}'),
  ],
  [
    'a hash nobody knows',
    200,
    'PERSISTED_QUERY_NOT_FOUND',
    body(`{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"${'0'.repeat(64)}"}}}`),
  ],
  ['a trusted document nobody wrote', 200, 'PERSISTED_QUERY_NOT_FOUND', body('{"documentId":"constructor"}')],
  ['150 KB', 413, 'PAYLOAD_TOO_LARGE', body(JSON.stringify({ query: '#'.repeat(150_000) }))],
  ['5 MB', 413, 'PAYLOAD_TOO_LARGE', body(JSON.stringify({ query: 'x'.repeat(5_000_000) }))],
  [
    'an answer in a picture',
    406,
    'NOT_ACCEPTABLE',
    (w) => w.post({ query: '{ __typename }' }, { accept: 'image/png' }),
  ],
  [
    'a subscription as JSON',
    406,
    'NOT_ACCEPTABLE',
    (w) => w.post({ query: 'subscription { sessionEvents(sessionId: "x") { seq } }' }, { accept: 'application/json' }),
  ],
  ['a file that is not there', 404, 'NOT_FOUND', (w) => w.request('/wp-login.php')],
  ['a path out of the folder', 404, 'NOT_FOUND', (w) => w.request('/%2e%2e/%2e%2e/etc/passwd')],
  ['a post to a page', 404, 'NOT_FOUND', (w) => w.request('/index.html', { method: 'POST', body: 'x' })],
];

/** Requests that are not well formed. */
export const requests: readonly Input[] = rows.map(([what, status, code, send]) => ({
  what,
  refusal: `${status} ${code}`,
  send,
}));
