import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { type Input, json } from './input.js';

const nested = (open: string, close: string, levels: number) => `${open.repeat(levels)}1${close.repeat(levels)}`;
const page = 'query ($n: Int) { products(first: $n) { nodes { id } } }';
const withPage = (n: string) => `{"query":${JSON.stringify(page)},"variables":{"n":${n}}}`;
const ids = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
const send = 'mutation ($input: SendMessageInput!) { sendMessage(input: $input) { userErrors { code } } }';
const known = '{ shop { name } }';
const hashed = (sha256Hash: unknown, query?: string, version: unknown = 1) => ({
  query,
  extensions: { persistedQuery: { version, sha256Hash } },
});

/** Bodies, and what is said of them in headers, by somebody who has read the standards. */
const rows: [what: string, refusal: string, body: string | object | Uint8Array<ArrayBuffer>, headers?: object][] = [
  ['two bodies, one after the other', '400 BAD_REQUEST', '{"query":"{ __typename }"}\n{"query":"{ __typename }"}'],
  ['NaN', '400 BAD_REQUEST', withPage('NaN')],
  ['a number beyond all numbers', '400 BAD_USER_INPUT', withPage('1e400')],
  ['half a page', '400 BAD_USER_INPUT', withPage('0.5')],
  ['a page of "NaN"', '400 BAD_USER_INPUT', withPage('"NaN"')],
  ['a page of true', '400 BAD_USER_INPUT', withPage('true')],
  ['a page of [5]', '400 BAD_USER_INPUT', withPage('[5]')],
  ['the same property twice, the second one for staff', '400 GRAPHQL_VALIDATION_FAILED', '{"query":"{ shop { name } }","query":"{ sessions { nodes { id } } }"}'],
  ['a query in __proto__', '400 BAD_REQUEST', '{"__proto__":{"query":"{ __typename }"}}'],
  ['a variable in __proto__', '400 BAD_USER_INPUT', '{"query":"query ($id: ID!) { session(id: $id) { id } }","variables":{"__proto__":{"id":"x"}}}'],
  ['half a surrogate as a field', '400 GRAPHQL_PARSE_FAILED', '{"query":"{ \\ud800 }"}'],
  ['a null character after the query', '400 GRAPHQL_PARSE_FAILED', '{"query":"{ shop { name } }\\u0000"}'],
  ['an id nested twenty thousand deep', '400 BAD_USER_INPUT', `{"query":"query ($id: ID!) { session(id: $id) { id } }","variables":{"id":${nested('[', ']', 20_000)}}}`],
  ['an operation name of 90 KB', '400 OPERATION_RESOLUTION_FAILURE', { query: '{ __typename }', operationName: 'x'.repeat(90_000) }],
  ['twenty thousand nulls for ids', '400 BAD_USER_INPUT', { query: ids, variables: { ids: new Array(20_000).fill(null) } }],
  ['five thousand properties that an input does not have', '400 BAD_USER_INPUT', { query: send, variables: { input: Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`property${n}`, n])) } }],
  ['five thousand ids', '200 BAD_USER_INPUT', { query: ids, variables: { ids: new Array(5_000).fill('x') } }],
  ['the hash of another query', '400 BAD_REQUEST', hashed(createHash('sha256').update(known).digest('hex'), '{ shop { currency } }')],
  ['a hash in capitals', '400 BAD_REQUEST', hashed('A'.repeat(64))],
  ['a hash that is a list', '400 BAD_REQUEST', hashed(['0'.repeat(64)])],
  ['a hash of another version', '400 BAD_REQUEST', hashed('0'.repeat(64), known, 2)],
  ['a query that is not valid, to be kept by its hash', '400 GRAPHQL_VALIDATION_FAILED', hashed(createHash('sha256').update('{ poison }').digest('hex'), '{ poison }')],
  ['a trusted document beside a query', '200 PERSISTED_QUERY_NOT_FOUND', { documentId: `sha256:${'0'.repeat(64)}`, query: known }],
  ['a media type that only begins well', '415 UNSUPPORTED_MEDIA_TYPE', '{}', { 'content-type': 'application/jsonp' }],
  ['two media types', '415 UNSUPPORTED_MEDIA_TYPE', '{}', { 'content-type': 'application/json, text/plain' }],
  ['an empty character set', '415 UNSUPPORTED_MEDIA_TYPE', '{}', { 'content-type': 'application/json; charset=' }],
  ['an upload by multipart', '415 UNSUPPORTED_MEDIA_TYPE', '--x\r\ncontent-disposition: form-data; name="operations"\r\n\r\n{"query":"{ __typename }"}\r\n--x--', { 'content-type': 'multipart/form-data; boundary=x', 'apollo-require-preflight': '1' }],
  ['a body in two packings', '415 UNSUPPORTED_MEDIA_TYPE', new Uint8Array(gzipSync(gzipSync('{}'))), { 'content-encoding': 'gzip, gzip' }],
  ['an Accept header of commas', '406 NOT_ACCEPTABLE', { query: '{ __typename }' }, { accept: ','.repeat(8_000) }],
  ['JSON of no quality', '406 NOT_ACCEPTABLE', { query: '{ __typename }' }, { accept: 'application/json;q=0, */*;q=NaN' }],
  ['a subscription in parts of another kind', '406 NOT_ACCEPTABLE', { query: 'subscription { sessionEvents(sessionId: "x") { seq } }' }, { accept: 'multipart/mixed;deferSpec=20220824' }],
  ['a wrong subscription as events', '200 GRAPHQL_VALIDATION_FAILED', { query: 'subscription { nothing }' }, { accept: 'text/event-stream' }],
  ['a subscription to nothing as events', '200 NOT_FOUND', { query: 'subscription { turnEvents(turnId: "\u0000") { seq } }' }, { accept: 'text/event-stream' }],
]; // prettier-ignore

export const bodies: readonly Input[] = rows.map(([what, refusal, body, headers]) => ({
  what,
  refusal,
  send: (world) =>
    body instanceof Uint8Array
      ? world.request('/graphql', { method: 'POST', headers: { ...json, ...headers }, body })
      : world.post(body, { ...headers }),
}));
