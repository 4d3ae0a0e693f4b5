import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gzipSync } from 'node:zlib';
import { type Answer, openWorld, type World } from './world.js';

let world: World;
beforeAll(async () => {
  world = await openWorld();
}, 120_000);
afterAll(() => world.close());

const codesOf = ({ text }: Answer) => {
  const { errors = [] } = JSON.parse(text) as { errors?: { extensions: { code: string } }[] };
  return errors.map(({ extensions }) => extensions.code);
};
const times = (n: number, make: (n: number) => string) => Array.from({ length: n }, (_, i) => make(i)).join(' ');
const search = (query: Record<string, string>) => `/graphql?${new URLSearchParams(query)}`;
const asked = { 'apollo-require-preflight': '1' };
const json = { 'content-type': 'application/json' };

type Row = [sentence: string, status: number, code: string, send: (world: World) => Promise<Answer>];

describe('requests that are not well formed', () => {
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
      (w) => body(new Uint8Array(gzipSync(Buffer.alloc(20_000_000))), { ...json, 'content-encoding': 'gzip' })(w),
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
      (w) =>
        w.post({ query: 'subscription { sessionEvents(sessionId: "x") { seq } }' }, { accept: 'application/json' }),
    ],
    ['a file that is not there', 404, 'NOT_FOUND', (w) => w.request('/wp-login.php')],
    ['a path out of the folder', 404, 'NOT_FOUND', (w) => w.request('/%2e%2e/%2e%2e/etc/passwd')],
    ['a post to a page', 404, 'NOT_FOUND', (w) => w.request('/index.html', { method: 'POST', body: 'x' })],
  ];
  test.each(rows)('%s is refused with %i %s', async (_sentence, status, code, send) => {
    const answer = await world.attack(send);
    expect([answer.status, codesOf(answer)[0]]).toEqual([status, code]);
  });
});

describe('bytes that are hardly HTTP', () => {
  const post = (head: string[], body = '') =>
    `POST /graphql HTTP/1.1\r\nhost: x\r\n${head.join('\r\n')}\r\n\r\n${body}`;
  test.each([
    ['not HTTP at all', 'HELLO\r\n\r\n', 400],
    ['headers of 40 KB', post([`x-large: ${'x'.repeat(40_000)}`]), 431],
    ['a URL of 40 KB', `GET /${'x'.repeat(40_000)} HTTP/1.1\r\nhost: x\r\n\r\n`, 431],
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
    [
      'a WebSocket elsewhere',
      'GET /admin HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n',
      404,
    ],
  ])('%s is refused', async (_sentence, bytes, status) => {
    const answer = await world.attack((w) => w.raw(bytes));
    expect(answer.status).toBe(status);
  });
});

describe('documents that are too much', () => {
  const related = (levels: number) =>
    `{ session(id: "x") { ${'customer { sessions(first: 1) { nodes { '.repeat(levels)} id ${'} } }'.repeat(levels)} } }`;
  const bomb = (leaf: string) =>
    `{ ...F0 } ${times(14, (n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} }`)} fragment F14 on Query { ${leaf} }`;
  const rows: [string, string, object | undefined, string][] = [
    ['200 levels', related(67), undefined, 'OPERATION_TOO_LARGE'],
    [
      'levels in fragments',
      `{ session(id: "x") { ...A } } ${times(12, (n) => `fragment ${'ABCDEFGHIJKLM'[n]} on Session { customer { sessions { nodes { ...${'BCDEFGHIJKLMN'[n]} } } } }`)} fragment M on Session { id } fragment N on Session { id }`,
      undefined,
      'OPERATION_TOO_LARGE',
    ],
    ['2,000 aliases', `{ ${times(400, (n) => `a${n}: __typename`)} }`, undefined, 'OPERATION_TOO_LARGE'],
    [
      '100 aliases of one mutation',
      `mutation { ${times(100, (n) => `m${n}: closeSession(input: { sessionId: "x" }) { session { id } }`)} }`,
      undefined,
      'OPERATION_TOO_LARGE',
    ],
    ['11 root fields', `{ ${'__typename '.repeat(11)} }`, undefined, 'OPERATION_TOO_LARGE'],
    [
      'a cycle of fragments',
      '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }',
      undefined,
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['a fragment in itself', '{ ...A } fragment A on Query { ...A }', undefined, 'GRAPHQL_VALIDATION_FAILED'],
    ['a bomb of 2^14 fragments', bomb('__typename'), undefined, 'OPERATION_TOO_LARGE'],
    ['the same with an alias', bomb('a: __typename'), undefined, 'OPERATION_TOO_LARGE'],
    ['250 directives', `{ __typename ${'@skip(if: false) '.repeat(250)} }`, undefined, 'OPERATION_TOO_LARGE'],
    ['20,000 directives', `{ __typename ${'@a '.repeat(20_000)} }`, undefined, 'GRAPHQL_PARSE_FAILED'],
    ['10,000 tokens', `{ ${'__typename '.repeat(8_000)} }`, undefined, 'GRAPHQL_PARSE_FAILED'],
    ['20,000 brackets', '{'.repeat(20_000), undefined, 'GRAPHQL_PARSE_FAILED'],
    ['a page of a million', '{ products(first: 1000000) { nodes { id } } }', undefined, 'BAD_USER_INPUT'],
    [
      'a page of a million in a variable',
      'query ($n: Int) { products(first: $n) { nodes { id } } }',
      { n: 1_000_000 },
      'BAD_USER_INPUT',
    ],
    [
      'a page of a million by default',
      'query ($n: Int = 1000000) { products(first: $n) { nodes { id } } }',
      undefined,
      'BAD_USER_INPUT',
    ],
    ['a page of less than nothing', '{ products(first: -1) { nodes { id } } }', undefined, 'BAD_USER_INPUT'],
    [
      'pages in pages',
      '{ viewer { sessions(first: 100) { nodes { messages(first: 100) { nodes { id } } } } } }',
      undefined,
      'COST_LIMIT_EXCEEDED',
    ],
    [
      'two that wait',
      '{ a: turn(id: "trn_1") { settled { id } } b: turn(id: "trn_2") { settled { id } } }',
      undefined,
      'OPERATION_TOO_LARGE',
    ],
    ['@defer', '{ shop { ... @defer { name } } }', undefined, 'GRAPHQL_VALIDATION_FAILED'],
    ['@stream', '{ products { nodes @stream { id } } }', undefined, 'GRAPHQL_VALIDATION_FAILED'],
  ];
  test.each(rows)('%s is refused', async (_sentence, query, variables, code) => {
    const answer = await world.attack((w) => w.post({ query, variables }));
    expect([answer.status, codesOf(answer)[0]]).toEqual([
      codesOf(answer)[0] === 'BAD_USER_INPUT' && query.includes('-1') ? 200 : 400,
      code,
    ]);
  });
});

describe('documents that ask for what there is not', () => {
  const rows: [string, object, string][] = [
    ['nothing', { query: '   ' }, 'GRAPHQL_PARSE_FAILED'],
    ['a type definition', { query: 'type Query { a: Int }' }, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'two operations without a name',
      { query: 'query A { __typename } query B { __typename }' },
      'OPERATION_RESOLUTION_FAILURE',
    ],
    [
      'an operation of another name',
      { query: 'query A { __typename }', operationName: 'B' },
      'OPERATION_RESOLUTION_FAILURE',
    ],
    [
      '__proto__ as the name',
      { query: 'query A { __typename }', operationName: '__proto__' },
      'OPERATION_RESOLUTION_FAILURE',
    ],
    ['a field almost right', { query: '{ shopp { name } }' }, 'GRAPHQL_VALIDATION_FAILED'],
    ['the schema', { query: '{ __schema { types { name } } }' }, 'GRAPHQL_VALIDATION_FAILED'],
    ['one type', { query: '{ __type(name: "AuditEvent") { name } }' }, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'entities of the services',
      { query: '{ _entities(representations: [{ __typename: "Order", id: "x" }]) { __typename } }' },
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['the text of a service', { query: '{ _service { sdl } }' }, 'GRAPHQL_VALIDATION_FAILED'],
    ['what is for the staff', { query: '{ sessions { nodes { id } } }' }, 'GRAPHQL_VALIDATION_FAILED'],
    ['what is for operators', { query: '{ apiClients { nodes { id } } }' }, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'a mutation of operators',
      {
        query: 'mutation ($input: CreateApiClientInput!) { createApiClient(input: $input) { secret } }',
        variables: { input: {} },
      },
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['a variable that is missing', { query: 'query ($id: ID!) { session(id: $id) { id } }' }, 'BAD_USER_INPUT'],
    [
      'a variable of null',
      { query: 'query ($id: ID!) { session(id: $id) { id } }', variables: { id: null } },
      'BAD_USER_INPUT',
    ],
    [
      'an object as an id',
      { query: 'query ($id: ID!) { session(id: $id) { id } }', variables: { id: { $ne: null } } },
      'BAD_USER_INPUT',
    ],
    [
      'a page of 2^40',
      { query: 'query ($n: Int) { products(first: $n) { nodes { id } } }', variables: { n: 2 ** 40 } },
      'BAD_USER_INPUT',
    ],
    ['a cursor that is none', { query: '{ products(after: "\' OR 1=1") { nodes { id } } }' }, 'BAD_USER_INPUT'],
  ];
  test.each(rows)('%s is refused', async (_sentence, body, code) => {
    const answer = await world.attack((w) => w.post(body));
    expect(codesOf(answer)[0]).toBe(code);
    expect(answer.text).not.toMatch(/\$ne|1=1/);
  });

  test('__proto__ as an alias is a name like any other', async () => {
    const { text } = await world.attack((w) => w.post({ query: '{ shop { __proto__: name constructor: name } }' }));
    expect(text).toContain('"data":{"shop":{"__proto__":"Test shop","constructor":"Test shop"}}');
  });
});

describe('credentials that are not good', () => {
  const unsigned = (claims: object) =>
    `${[{ alg: 'none' }, { exp: 9_999_999_999, ...claims }].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.`;
  const tampered = (token: string) => {
    const [head, , signature] = token.split('.');
    const claims = { role: 'operator', sub: 'stf_1', exp: 9_999_999_999 };
    return [head, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
  };
  const rows: [string, (world: World) => Record<string, string>][] = [
    ['a JWT with alg none', () => ({ authorization: `Bearer ${unsigned({ role: 'operator', sub: 'x' })}` })],
    ['a JWT whose claims were changed', ({ tokens }) => ({ authorization: `Bearer ${tampered(tokens.bob)}` })],
    ['three dots', () => ({ authorization: 'Bearer a.b.c' })],
    ['an empty header', () => ({ authorization: '' })],
    ['a password', () => ({ authorization: 'Basic YWRtaW46YWRtaW4=' })],
    ['a token of 12 KB', () => ({ authorization: `Bearer ${'a'.repeat(12_000)}` })],
    [
      'a visitor’s token for another session',
      ({ visitor }) => ({ authorization: `Bearer ${visitor.token.replace(visitor.sessionId, 'ses_other')}` }),
    ],
    ['a visitor’s token cut short', ({ visitor }) => ({ authorization: `Bearer ${visitor.token.slice(0, -1)}` })],
    ['a key that nobody has', () => ({ 'x-api-key': `sgk_${'a'.repeat(43)}` })],
    ['a key with SQL in it', () => ({ 'x-api-key': "' OR '1'='1" })],
    ['an empty key', () => ({ 'x-api-key': '' })],
    [
      'a token and a key at once',
      ({ tokens, keys }) => ({ authorization: `Bearer ${tokens.bob}`, 'x-api-key': keys.talking }),
    ],
  ];
  test.each(rows)('%s is refused with 401', async (_sentence, headers) => {
    const answer = await world.attack((w) => w.post({ query: '{ viewer { role } }' }, headers(w)));
    expect([answer.status, codesOf(answer)]).toEqual([401, ['UNAUTHENTICATED']]);
    expect(answer.headers!.get('www-authenticate')).toBe('Bearer');
  });

  test.each([
    ['the token of the gateway itself', { 'x-internal-token': 'x' }],
    [
      'names of internal headers',
      { 'x-viewer': '{"role":"OPERATOR"}', 'x-forwarded-user': 'admin', 'x-role': 'OPERATOR' },
    ],
  ])('%s from outside makes nobody somebody', async (_sentence, headers) => {
    const { text } = await world.attack((w) => w.post({ query: '{ viewer { role scopes } }' }, headers));
    expect(JSON.parse(text)).toMatchObject({ data: { viewer: { role: 'ANONYMOUS', scopes: [] } } });
  });

  test('a token in the query string is not read', async () => {
    const { tokens, keys } = world;
    const inUrl = { query: '{ viewer { role } }', authorization: `Bearer ${tokens.ann}`, 'x-api-key': keys.talking };
    const { text } = await world.attack((w) => w.request(search(inUrl), { headers: asked }));
    expect(JSON.parse(text)).toMatchObject({ data: { viewer: { role: 'ANONYMOUS' } } });
  });

  test('a key does not do what its scopes do not say', async () => {
    const answer = await world.attack((w) =>
      w.post(
        { query: 'mutation { startSession(input: { idempotencyKey: "k1" }) { accessToken } }' },
        { 'x-api-key': w.keys.reading },
      ),
    );
    expect([answer.status, codesOf(answer)]).toEqual([403, ['FORBIDDEN']]);
  });

  test('a page elsewhere may not read answers', async () => {
    const { headers } = await world.attack((w) =>
      w.post({ query: '{ __typename }' }, { origin: 'https://evil.example' }),
    );
    expect(headers!.get('access-control-allow-origin')).toBeNull();
  });
});
