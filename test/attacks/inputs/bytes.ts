import type { Input } from './input.js';

const post = (head: string[], body = '') => `POST /graphql HTTP/1.1\r\nhost: x\r\n${head.join('\r\n')}\r\n\r\n${body}`;
const question = '{"query":"{ __typename }"}';
const inChunks = ['content-type: application/json', 'connection: close'];
const typed = [...inChunks, `content-length: ${question.length}`];
const chunks = `${question.length.toString(16)}\r\n${question}\r\n0\r\n\r\n`;

const rows: [what: string, bytes: string, status: number][] = [
  ['not HTTP at all', 'HELLO\r\n\r\n', 400],
  ['headers of 40 KB', post([`x-large: ${'x'.repeat(40_000)}`]), 431],
  ['a URL of 40 KB', `GET /${'x'.repeat(40_000)} HTTP/1.1\r\nhost: x\r\n\r\n`, 431],
  ['a folded header', post([...typed, 'x-folded: a', '  b'], question), 400],
  ['no host', `POST /graphql HTTP/1.1\r\nconnection: close\r\n\r\n`, 400],
  ['two hosts', post(['host: y', ...typed], question), 400],
  ['two keys', post([`x-api-key: a`, 'x-api-key: b', ...typed], question), 401],
  ['a space before a colon', post(['content-type : application/json', ...typed.slice(1)], question), 400],
  ['lines that end with a line feed alone', post(typed, question).replaceAll('\r\n', '\n'), 400],
  ['chunks in a packing', post([...inChunks, 'transfer-encoding: gzip, chunked'], chunks), 400],
  ['chunks in chunks', post([...inChunks, 'transfer-encoding: chunked, chunked'], chunks), 400],
  [
    'a chunk with 20 KB about it',
    post([...inChunks, 'transfer-encoding: chunked'], chunks.replace('\r', `;${'a'.repeat(20_000)}\r`)),
    400,
  ],
  [
    'a chunk of 2^68 bytes',
    post([...inChunks, 'transfer-encoding: chunked'], `fffffffffffffffff\r\n${question}\r\n0\r\n\r\n`),
    400,
  ],
  ['a length with a sign', post([...inChunks, `content-length: +${question.length}`], question), 400],
  ['a length of 2^40', post([...inChunks, 'content-length: 1099511627776'], question), 413],
  ['a tunnel', 'CONNECT elsewhere.example:443 HTTP/1.1\r\nhost: elsewhere.example:443\r\n\r\n', 405],
  ['an echo', 'TRACE /graphql HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n', 405],
  ['a question to all of the server', 'OPTIONS * HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n', 404],
  ['HTTP/2 without asking', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
  ['a handshake of TLS', '\u0016\u0003\u0001\u0002\u0000\u0001\u0000', 400],
  [
    'a second request that is none',
    `${post(['content-type: application/json', `content-length: ${question.length}`], question)}BROKEN\r\n\r\n`,
    400,
  ],
  [
    'a WebSocket by POST',
    post(['connection: upgrade', 'upgrade: websocket', 'sec-websocket-version: 13', 'sec-websocket-key: x'], ''),
    400,
  ],
  [
    'a WebSocket with a key that is none',
    'GET /graphql HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: abc\r\n\r\n',
    400,
  ],
  ['two lengths', post(['content-type: application/json', 'content-length: 2', 'content-length: 20'], '{}'), 400],
  ['a length and chunks at once', post(['content-length: 5', 'transfer-encoding: chunked'], '0\r\n\r\nGET /'), 400],
  ['a length below nothing', post(['content-length: -1']), 400],
  [
    'chunks that are none',
    post(['content-type: application/json', 'transfer-encoding: chunked', 'connection: close'], 'zz\r\n'),
    400,
  ],
  ['a header with a null character', post(['x-evil: a\u0000b']), 400],
  ['an expectation nobody can meet', post(['expect: money', 'content-length: 2', 'connection: close'], '{}'), 417],
  [
    'an upgrade to another protocol',
    'GET /graphql HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n',
    400,
  ],
  [
    'a WebSocket without a key',
    'GET /graphql HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n\r\n',
    400,
  ],
  ['a WebSocket elsewhere', 'GET /admin HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n', 404],
];

const codes: Readonly<Record<number, string>> = {
  401: 'UNAUTHENTICATED',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  413: 'PAYLOAD_TOO_LARGE',
};

const written: Input[] = rows.map(([what, sent, status]) => ({
  what,
  refusal: `${status} ${codes[status] ?? 'BAD_REQUEST'}`,
  send: (world) => world.raw(sent),
}));

const twoTokens: Input = {
  what: 'a good token beside a better one',
  refusal: '401 UNAUTHENTICATED',
  send: ({ raw, tokens: { ann, operator } }) =>
    raw(post([`authorization: Bearer ${ann}`, `authorization: Bearer ${operator}`, ...typed], question)),
};

/** Bytes that are hardly HTTP. */
export const bytes: readonly Input[] = [...written, twoTokens];
