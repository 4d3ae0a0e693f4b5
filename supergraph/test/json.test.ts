import { describe, expect, onTestFinished, test } from 'vitest';
import { openGateway, token, until } from './shop.js';

test('a query is answered from two subgraphs', async () => {
  const { post } = await openGateway();
  const { status, headers, body } = await post({
    query: 'query One($id: ID!) { session(id: $id) { handoff { reason } id title } }',
    variables: { id: 'ses_1' },
  });
  expect(status).toBe(200);
  expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(body).toEqual({
    data: { session: { handoff: { reason: 'CUSTOMER_ASKED' }, id: 'ses_1', title: 'Session ses_1' } },
  });
});

test('a mutation is carried out once and its answer joined', async () => {
  const { post, titles } = await openGateway();
  const { body } = await post({
    query: 'mutation { rename(id: "ses_1", title: "Shoes") { title handoff { position } } }',
  });
  expect(body).toEqual({ data: { rename: { title: 'Shoes', handoff: { position: 2 } } } });
  expect(titles.get('ses_1')).toBe('Shoes');
});

test('the newer media type is written to those who ask for it first', async () => {
  const { post } = await openGateway();
  const accept = 'application/graphql-response+json, application/json;q=0.9';
  const { headers } = await post({ query: '{ __typename }' }, { accept });
  expect(headers.get('content-type')).toBe('application/graphql-response+json; charset=utf-8');
});

test('one of several operations is chosen by its name', async () => {
  const { post } = await openGateway();
  const query = 'query A { a: __typename } query B { b: __typename }';
  expect((await post({ query, operationName: 'B' })).body).toEqual({ data: { b: 'Query' } });
  expect((await post({ query })).body.errors?.[0]?.extensions.code).toBe('OPERATION_RESOLUTION_FAILURE');
});

test('many changes at once are carried out without a warning of Node', async () => {
  const { post, titles } = await openGateway();
  const warnings: string[] = [];
  const note = ({ message }: Error) => void warnings.push(message);
  process.on('warning', note);
  onTestFinished(() => void process.off('warning', note));
  const query = 'mutation Rename($id: ID!) { rename(id: $id, title: "x") { handoff { reason } } }';
  await Promise.all(Array.from({ length: 30 }, (_, n) => post({ query, variables: { id: `ses_${n}` } })));
  expect(titles.size).toBe(30);
  expect(warnings).toEqual([]);
});

test('an alias like __proto__ is a name like any other', async () => {
  const { post } = await openGateway();
  const { body } = await post({ query: '{ session(id: "ses_1") { __proto__: title } }' });
  expect(JSON.stringify(body)).toBe('{"data":{"session":{"__proto__":"Session ses_1"}}}');
});

describe('faults of subgraphs', () => {
  test('what a subgraph did not mean for clients is hidden, with an id to ask about', async () => {
    const { post } = await openGateway();
    const { status, body } = await post({ query: '{ broken session(id: "ses_1") { id } }' });
    expect(status).toBe(200);
    expect(body.data).toEqual({ broken: null, session: { id: 'ses_1' } });
    expect(body.errors).toEqual([
      {
        message: 'Something went wrong on our side.',
        path: ['broken'],
        extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: expect.stringMatching(/^req_/) as string },
      },
    ]);
  });

  test('what a subgraph meant for clients is shown without its name', async () => {
    const { post } = await openGateway();
    const { body } = await post({ query: '{ hidden }' });
    expect(body.errors).toEqual([
      { message: 'You may not do this.', path: ['hidden'], extensions: { code: 'FORBIDDEN' } },
    ]);
  });

  test('a subgraph that hangs leaves the other fields intact', async () => {
    const shop = await openGateway({ execution: { subgraphMs: 60 } });
    shop.handoffGate = new Promise(() => {});
    const { status, body } = await shop.post({ query: '{ session(id: "ses_1") { title handoff { id reason } } }' });
    expect(status).toBe(200);
    expect(body.data).toEqual({ session: { title: 'Session ses_1', handoff: null } });
    expect(body.errors?.map(({ extensions }) => extensions.code)).toEqual(['SUBGRAPH_TIMEOUT']);
  });

  test('a field that waits on purpose may take longer, but not past the gateway deadline', async () => {
    const shop = await openGateway({ deadlineMs: 400, execution: { subgraphMs: 20, marginMs: 50 } });
    let open = () => {};
    shop.handoffGate = new Promise((resolve) => (open = resolve));
    const slow = shop.post({ query: '{ turn(id: "trn_1") { settled { status } } }' });
    setTimeout(open, 100);
    expect((await slow).body).toEqual({ data: { turn: { settled: { status: 'COMPLETED' } } } });
    shop.handoffGate = new Promise(() => {});
    const late = await shop.post({ query: '{ turn(id: "trn_1") { settled { status } } }' });
    expect(late.body.errors?.map(({ extensions }) => extensions.code)).toEqual(['SUBGRAPH_TIMEOUT']);
  });
});

describe('HTTP', () => {
  const query = '{ __typename }';
  const codeOf = async (response: Response) => {
    const { errors } = (await response.json()) as { errors: { extensions: { code: string } }[] };
    return [response.status, errors[0]?.extensions.code];
  };

  test('a query may be sent with GET by those who show that they are no foreign page', async () => {
    const { url } = await openGateway();
    const search = new URLSearchParams({
      query: 'query Q($id: ID!) { session(id: $id) { id } }',
      variables: '{"id":"ses_1"}',
    });
    const refused = await fetch(`${url}?${search}`);
    expect(await codeOf(refused)).toEqual([400, 'BAD_REQUEST']);
    // No page can send any of these to us without being allowed first.
    const shown: Record<string, string>[] = [
      { 'apollo-require-preflight': '1' },
      { authorization: `Bearer ${await token('customer', 'cus_1')}` },
    ];
    for (const headers of shown) {
      const answered = await fetch(`${url}?${search}`, { headers });
      expect(await answered.json()).toMatchObject({ data: { session: { id: 'ses_1' } } });
    }
  });

  test('a mutation cannot be sent with GET', async () => {
    const { url, titles } = await openGateway();
    const search = new URLSearchParams({ query: 'mutation { rename(id: "ses_1", title: "x") { id } }' });
    const response = await fetch(`${url}?${search}`, { headers: { 'apollo-require-preflight': '1' } });
    expect(response.headers.get('allow')).toBe('GET, POST, OPTIONS');
    expect(await codeOf(response)).toEqual([405, 'METHOD_NOT_ALLOWED']);
    expect(titles.size).toBe(0);
  });

  test('a browser that opens the endpoint sees no page', async () => {
    const { url } = await openGateway();
    const response = await fetch(url, { headers: { accept: 'text/html' } });
    expect(response.headers.get('content-type')).toContain('application/json');
    expect(response.status).toBe(400);
  });

  test.each([
    [
      'a form',
      { 'content-type': 'application/x-www-form-urlencoded' },
      'query={__typename}',
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    ['plain text', { 'content-type': 'text/plain' }, '{"query":"{__typename}"}', 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['another charset', { 'content-type': 'application/json; charset=utf-7' }, '{}', 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['a compressed body', { 'content-encoding': 'gzip' }, 'xx', 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['truncated JSON', {}, '{"query":"{__type', 400, 'BAD_REQUEST'],
    ['an array', {}, '[{"query":"{__typename}"}]', 400, 'BAD_REQUEST'],
    ['no query', {}, '{"variables":{}}', 400, 'BAD_REQUEST'],
    ['variables that are no object', {}, '{"query":"{__typename}","variables":"x"}', 400, 'BAD_REQUEST'],
    ['a syntax error', {}, '{"query":"{ session("}', 400, 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', {}, '{"query":"{ sesion }"}', 400, 'GRAPHQL_VALIDATION_FAILED'],
    ['more than 100 KB', {}, JSON.stringify({ query: '#'.repeat(103_000) }), 413, 'PAYLOAD_TOO_LARGE'],
    ['an answer nobody can make', { accept: 'image/png' }, '{"query":"{__typename}"}', 406, 'NOT_ACCEPTABLE'],
    [
      'a subscription as JSON',
      { accept: 'application/json' },
      '{"query":"subscription { sessionEvents(sessionId: 1) { seq } }"}',
      406,
      'NOT_ACCEPTABLE',
    ],
  ])('%s is refused in JSON', async (_what, headers, body, status, code) => {
    const { url, post } = await openGateway();
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
    expect(response.headers.get('content-type')).toContain('application/json');
    const text = await response.clone().text();
    expect(text).not.toMatch(/Did you mean|node_modules|internal:4999|\bat /);
    expect(await codeOf(response)).toEqual([status, code]);
    expect((await post({ query })).status).toBe(200);
  });

  test('a body without a length is counted as it comes', async () => {
    const { url } = await openGateway({ limits: { bodyBytes: 1_000 } });
    const body = new ReadableStream({
      pull: (controller) => controller.enqueue(new TextEncoder().encode('x'.repeat(600))),
    });
    const options = { method: 'POST', headers: { 'content-type': 'application/json' }, body, duplex: 'half' };
    expect(await codeOf(await fetch(url, options as RequestInit))).toEqual([413, 'PAYLOAD_TOO_LARGE']);
  });

  test('what is not there is not found, in JSON', async () => {
    const { gateway } = await openGateway();
    expect(await codeOf(await fetch(`${gateway.url}/../../etc/passwd`))).toEqual([404, 'NOT_FOUND']);
    expect(await codeOf(await fetch(`${gateway.url}/wp-login.php`, { method: 'POST' }))).toEqual([404, 'NOT_FOUND']);
  });

  test('headers that are too large are refused in JSON', async () => {
    const { url } = await openGateway();
    const response = await fetch(url, { headers: { 'x-large': 'x'.repeat(20_000) } });
    expect(response.status).toBe(431);
    expect(await response.json()).toHaveProperty('errors');
  });

  test('only pages of allowed origins may read answers', async () => {
    const { url, post } = await openGateway({ corsOrigins: ['https://shop.example'] });
    const preflight = (origin: string) =>
      fetch(url, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
      });
    expect((await preflight('https://shop.example')).headers.get('access-control-allow-origin')).toBe(
      'https://shop.example',
    );
    expect((await preflight('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
    const answered = await post({ query }, { origin: 'https://shop.example' });
    expect(answered.headers.get('access-control-allow-origin')).toBe('https://shop.example');
  });

  test('a query whose caller left is given up', async () => {
    const shop = await openGateway();
    shop.handoffGate = new Promise(() => {});
    const leaving = new AbortController();
    const asked = fetch(shop.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ session(id: "ses_1") { handoff { reason } } }' }),
      signal: leaving.signal,
    });
    await until(() => shop.calls.handoff === 1);
    leaving.abort();
    await expect(asked).rejects.toThrow();
  });
});
