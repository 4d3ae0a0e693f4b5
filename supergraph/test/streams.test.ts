import { createClient } from 'graphql-sse';
import { describe, expect, test } from 'vitest';
import { type Answer, delta, openGateway, token, until } from './shop.js';

const deltas = `subscription Follow($id: ID!) {
  sessionEvents(sessionId: $id) { cursor seq ... on TextDelta { partId offset text firstSeq } }
}`;
const joined = `subscription Follow($id: ID!) {
  sessionEvents(sessionId: $id) { __typename seq ... on HandoffUpdated { handoff { reason id } } }
}`;

/** Opens a stream over plain fetch; `next` gives what comes with the next pieces until `enough` says so. */
async function open(url: string, accept: string, body: object, headers: Record<string, string> = {}) {
  const leaving = new AbortController();
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept, ...headers },
    body: JSON.stringify(body),
    signal: leaving.signal,
  });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    response,
    leave: () => leaving.abort(),
    async read(enough: (text: string) => boolean): Promise<string> {
      while (!enough(text)) {
        const { done, value } = await reader.read();
        if (done) break;
        text += value;
      }
      return text;
    },
  };
}

describe('server-sent events', () => {
  test('the graphql-sse client follows a session and leaves', async () => {
    const { url, emit, followers } = await openGateway();
    const client = createClient({ url });
    const events = client.iterate({ query: deltas, variables: { id: 'ses_1' } });
    const first = events.next();
    await until(() => followers('ses_1') === 1);
    emit('ses_1', delta(1, 0, 'Hello'));
    expect((await first).value).toEqual({
      data: { sessionEvents: { cursor: 'c1', seq: 1, partId: 'prt_1', offset: 0, text: 'Hello', firstSeq: 1 } },
    });
    await events.return?.();
    client.dispose();
    await until(() => followers('ses_1') === 0);
  });

  test('an event is joined with other subgraphs', async () => {
    const { url, emit, followers } = await openGateway();
    const client = createClient({ url });
    const events = client.iterate({ query: joined, variables: { id: 'ses_1' } });
    const first = events.next();
    await until(() => followers('ses_1') === 1);
    emit('ses_1', { __typename: 'HandoffUpdated', cursor: 'c1', seq: 1, handoff: { id: 'hof_1' } });
    expect((await first).value).toEqual({
      data: {
        sessionEvents: { __typename: 'HandoffUpdated', seq: 1, handoff: { reason: 'CUSTOMER_ASKED', id: 'hof_1' } },
      },
    });
    client.dispose();
  });

  test('a query and a mutation may be asked over it too', async () => {
    const { url } = await openGateway();
    const client = createClient({ url });
    const results = [];
    for (const query of ['{ session(id: "ses_1") { id } }', 'mutation { rename(id: "ses_1", title: "x") { title } }']) {
      for await (const result of client.iterate({ query })) results.push(result);
    }
    expect(results).toMatchObject([{ data: { session: { id: 'ses_1' } } }, { data: { rename: { title: 'x' } } }]);
    client.dispose();
  });

  test('urql, which accepts two kinds of streams, gets this one', async () => {
    const { url, emit, followers } = await openGateway();
    const stream = await open(url, 'text/event-stream, multipart/mixed', { query: deltas, variables: { id: 'ses_1' } });
    expect(stream.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    await until(() => followers('ses_1') === 1);
    emit('ses_1', delta(1, 0, '你好'));
    expect(await stream.read((text) => text.includes('event: next'))).toContain('"text":"你好"');
    stream.leave();
    await until(() => followers('ses_1') === 0);
  });

  test('what is wrong with an operation is told in an event', async () => {
    const { url } = await openGateway();
    const stream = await open(url, 'text/event-stream', { query: '{ nothing }' });
    expect(stream.response.status).toBe(200);
    const text = await stream.read(() => false);
    expect(text).toContain('GRAPHQL_VALIDATION_FAILED');
    expect(text.endsWith('event: complete\ndata:\n\n')).toBe(true);
  });

  test('bad credentials are refused before the stream', async () => {
    const { url } = await openGateway();
    const { response } = await open(url, 'text/event-stream', { query: deltas }, { authorization: 'Bearer nonsense' });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
  });

  test('a stream ends with an error when the credentials do', async () => {
    const { url } = await openGateway();
    // jose takes numbers for seconds since 1970; whole ones, so this is at most one second from now.
    const expiring = await token('customer', 'cus_1', Math.floor(Date.now() / 1_000) + 1);
    const authorization = `Bearer ${expiring}`;
    const stream = await open(
      url,
      'text/event-stream',
      { query: deltas, variables: { id: 'ses_1' } },
      { authorization },
    );
    expect(await stream.read(() => false)).toContain('UNAUTHENTICATED');
  });
});

describe('multipart', () => {
  const accept = 'multipart/mixed;boundary="graphql";subscriptionSpec=1.0,application/json';
  const parts = (text: string): { payload?: Answer | null }[] =>
    text
      .split('\r\n--graphql')
      .slice(1, -1)
      .map((part) => JSON.parse(part.slice(part.indexOf('\r\n\r\n') + 4)) as { payload?: Answer | null });

  test('events come as parts that are whole at once, with heartbeats between', async () => {
    const { url, emit, followers } = await openGateway({ streams: { heartbeatMs: 20 } });
    const stream = await open(url, accept, { query: joined, variables: { id: 'ses_1' } });
    expect(stream.response.headers.get('content-type')).toBe('multipart/mixed;boundary="graphql";subscriptionSpec=1.0');
    await until(() => followers('ses_1') === 1);
    emit('ses_1', { __typename: 'HandoffUpdated', cursor: 'c1', seq: 1, handoff: { id: 'hof_1' } });
    const text = await stream.read((sofar) => parts(sofar).some(({ payload }) => payload) && parts(sofar).length > 1);
    expect(parts(text)).toContainEqual({});
    expect(parts(text)).toContainEqual({
      payload: {
        data: {
          sessionEvents: { __typename: 'HandoffUpdated', seq: 1, handoff: { reason: 'CUSTOMER_ASKED', id: 'hof_1' } },
        },
      },
    });
    stream.leave();
    await until(() => followers('ses_1') === 0);
  });

  test('a subscription that the subgraph refuses is one part with its errors, and the end', async () => {
    const { url } = await openGateway();
    const stream = await open(url, accept, { query: deltas, variables: { id: 'ses_none' } });
    const text = await stream.read(() => false);
    expect(parts(text).filter(({ payload }) => payload)).toEqual([
      {
        payload: {
          errors: [
            { message: 'There is no such session.', path: ['sessionEvents'], extensions: { code: 'BAD_USER_INPUT' } },
          ],
        },
      },
    ]);
    expect(text.endsWith('--graphql--\r\n')).toBe(true);
  });

  test('an invalid subscription is refused in JSON', async () => {
    const { url } = await openGateway();
    const { response } = await open(url, accept, { query: 'subscription { nothing }' });
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toContain('application/json');
  });
});

test('a gateway that stops cuts its streams without calling them complete, so that clients come back', async () => {
  const { url, gateway, followers } = await openGateway();
  const stream = await open(url, 'text/event-stream', { query: deltas, variables: { id: 'ses_1' } });
  await until(() => followers('ses_1') === 1);
  await gateway.stop();
  await expect(stream.read(() => false)).rejects.toThrow();
  await until(() => followers('ses_1') === 0);
});
