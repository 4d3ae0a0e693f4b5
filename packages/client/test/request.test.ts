import { describe, expect, test } from 'vitest';
import { GraphFault } from '../src/faults.js';
import { newKey, request } from '../src/request.js';

/** Answers one request after another; what was asked is kept. */
function server(...answers: (Response | Error)[]) {
  const asked: { headers: Record<string, string>; body: { variables: object } }[] = [];
  const fetch: typeof globalThis.fetch = (_, init) => {
    const body = JSON.parse(String(init?.body)) as { variables: object };
    // As `post` makes them.
    asked.push({ headers: init?.headers as Record<string, string>, body });
    const answer = answers.shift();
    return answer instanceof Response ? Promise.resolve(answer) : Promise.reject(answer ?? new Error('No more.'));
  };
  return { asked, connection: { url: 'http://localhost/graphql', fetch } };
}
const answered = (data: unknown) => Response.json({ data });
const faulty = (code: string, retryAfterMs?: number) =>
  Response.json({ data: null, errors: [{ message: code, extensions: { code, retryAfterMs } }] });
const away = new TypeError('fetch failed');
const mutation = 'mutation ($input: AnyInput!) { any(input: $input) { userErrors { code } } }';

describe('a request', () => {
  test('that may be repeated is tried until it is answered, each time with the same key', async () => {
    const { asked, connection } = server(away, faulty('SERVICE_UNAVAILABLE', 1), answered({ any: 1 }));
    const variables = { input: { idempotencyKey: newKey() } };
    expect(await request({ ...connection, query: mutation, variables })).toEqual({ any: 1 });
    expect(asked.map(({ body }) => body.variables)).toEqual([variables, variables, variables]);
  });

  test('that changes something without a key is sent once', async () => {
    const { asked, connection } = server(away, answered({ any: 1 }));
    const asking = request({ ...connection, query: mutation, variables: { input: {} } });
    await expect(asking).rejects.toMatchObject({ code: 'UNREACHABLE' });
    expect(asked).toHaveLength(1);
  });

  test('is not repeated when the fault would be the same', async () => {
    const { asked, connection } = server(faulty('UNAUTHENTICATED'), answered({ any: 1 }));
    await expect(request({ ...connection, query: '{ any }' })).rejects.toEqual(new GraphFault('UNAUTHENTICATED'));
    expect(asked).toHaveLength(1);
  });

  test('gives up after as many tries as it may have', async () => {
    const { asked, connection } = server(away, away, away);
    await expect(request({ ...connection, query: '{ any }', tries: 2 })).rejects.toBeInstanceOf(GraphFault);
    expect(asked).toHaveLength(2);
  });

  test('takes the page of a proxy for nothing', async () => {
    const { connection } = server(new Response('<html>Bad gateway</html>', { status: 502 }));
    await expect(request({ ...connection, query: '{ any }', tries: 1 })).rejects.toMatchObject({ code: 'UNREACHABLE' });
  });

  test('says what was answered beside an error', async () => {
    const partial = Response.json({ data: { any: null }, errors: [{ extensions: { code: 'FORBIDDEN' } }] });
    const { connection } = server(partial);
    const asking = request({ ...connection, query: '{ any }' });
    await expect(asking).rejects.toMatchObject({ code: 'FORBIDDEN', data: { any: null } });
  });

  test('asks for the token anew each time, and sends the headers', async () => {
    const { asked, connection } = server(away, answered({ any: 1 }));
    const tokens = ['first', 'second'];
    const credentials = { token: () => tokens.shift()!, headers: { 'x-api-key': 'key' }, language: 'zh-TW' };
    await request({ ...connection, ...credentials, query: '{ any }' });
    expect(asked.map(({ headers }) => headers.authorization)).toEqual(['Bearer first', 'Bearer second']);
    expect(asked[1]!.headers).toMatchObject({ 'x-api-key': 'key', 'accept-language': 'zh-TW' });
  });

  test('ends when its signal says so, even while it waits', async () => {
    const { connection } = server(faulty('THROTTLED', 60_000));
    const leaving = new AbortController();
    const asking = request({ ...connection, query: '{ any }', signal: leaving.signal });
    leaving.abort(new Error('left'));
    await expect(asking).rejects.toThrow('left');
  });
});
