import { randomUUID } from 'node:crypto';
import {
  ask,
  follow,
  GraphFault,
  request,
  startSession,
  textOf,
  withEvent,
  type WrittenParts,
} from '@supportgraph/client';
import { makeProxy, type Proxy } from '@supportgraph/data/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Platform } from '../../supergraph/src/platform.js';
import { openSite, type Site, startPart } from '../support/hosting.js';
import { openApollo } from './apollo.js';
import * as documents from './documents.js';
import { openGraphqlSse } from './graphqlSse.js';
import { openGraphqlWs } from './graphqlWs.js';
import { openPlainFetch } from './plainFetch.js';
import { openRelay } from './relayClient.js';
import { followReply, type SupportClient, type TurnEvent, write } from './supportClient.js';
import { openUrql } from './urql.js';
import { openUrqlWebSocket } from './urqlWebSocket.js';

let site: Site;
let platform: Platform;
/** Between the clients and the platform. */
let proxy: Proxy;
let url: string;

// As every browser has, and Node from 22 on.
globalThis.WebSocket ??= WebSocket as unknown as typeof globalThis.WebSocket;

beforeAll(async () => {
  site = await openSite([]);
  platform = await startPart({ ...site.settings, REDIS_URL: '', OFFLINE_TOKENS_PER_SECOND: '60' });
  proxy = await makeProxy('127.0.0.1', Number(new URL(platform.gatewayUrl!).port));
  await proxy.open();
  url = `http://127.0.0.1:${proxy.port}/graphql`;
});
afterAll(async () => {
  await proxy?.cut();
  await platform?.stop();
  await site?.close();
});

const question = 'How long does standard shipping take?';
const clients: Record<string, (url: string, token: string | null) => SupportClient> = {
  'Apollo Client over multipart HTTP': openApollo,
  'urql over server-sent events': openUrql,
  'urql over a WebSocket': openUrqlWebSocket,
  'graphql-ws': openGraphqlWs,
  'graphql-sse': openGraphqlSse,
  'Relay over a WebSocket': openRelay,
  'plain fetch': openPlainFetch,
};

/** Cuts every connection once, in the middle of a reply. */
async function cutOnce(): Promise<void> {
  await proxy.cut();
  await proxy.open();
}

async function begin(open: (typeof clients)[string]) {
  const { startSession } = await open(url, null).mutate<{
    startSession: { accessToken: string; session: { id: string } };
  }>(documents.startSession, { input: { idempotencyKey: randomUUID() } });
  const client = open(url, startSession.accessToken);
  const { sendMessage } = await client.mutate<{ sendMessage: { turn: { id: string } } }>(documents.sendMessage, {
    input: { idempotencyKey: randomUUID(), sessionId: startSession.session.id, text: question },
  });
  return { client, turnId: sendMessage.turn.id };
}

describe.each(Object.entries(clients))('%s', (_, open) => {
  test('starts a session, sends, and follows the reply to its end over a cut', { timeout: 60_000 }, async () => {
    const { client, turnId } = await begin(open);
    const events: TurnEvent[] = [];
    const parts = new Map<string, string>();
    const texts = () => events.filter(({ __typename }) => __typename === 'TextDelta');
    let cut: Promise<void> | null = null;
    await followReply(client, turnId, (event) => {
      events.push(event);
      write(parts, event);
      if (texts().length === 3) cut ??= cutOnce();
    });
    await cut;
    expect(cut).not.toBeNull();
    expect(texts().length).toBeGreaterThan(3);
    // Nothing is repeated or left out; a replay may join deltas of which some were seen.
    expect(texts().map(({ seq }) => seq)).toEqual([...new Set(texts().map(({ seq }) => seq))].sort((a, b) => a - b));
    expect(new Set(texts().map(({ partId }) => partId)).size).toBe(1);
    texts().reduce((length, { offset, text }) => {
      expect(offset).toBeLessThanOrEqual(length);
      return offset + text.length;
    }, 0);
    const { turn } = await client.query<{ turn: { status: string; reply: { text: string } } }>(documents.readReply, {
      turnId,
    });
    expect(turn.status).toBe('COMPLETED');
    expect([...parts.values()].join('\n\n')).toBe(turn.reply.text);
  });
});

describe('@supportgraph/client', () => {
  test(
    'starts a session, asks, and does not notice a cut in the middle of the answer',
    { timeout: 60_000 },
    async () => {
      const { sessionId, token } = await startSession({ url });
      const states: string[] = [];
      const onState = (state: string) => void states.push(state);
      const { answer, turnId } = await ask({ url, token, sessionId, text: question, onState });
      let parts: WrittenParts = new Map();
      let deltas = 0;
      let shown = '';
      for await (const event of answer) {
        parts = withEvent(parts, event);
        if (event.__typename !== 'TextDelta') continue;
        expect(event.offset).toBe(shown.length);
        shown += event.text;
        if ((deltas += 1) === 3) await cutOnce();
      }
      expect(states.filter((state) => state === 'live')).toHaveLength(2);
      const { turn } = await request<{ turn: { reply: { text: string } } }>({
        ...{ url, token, query: documents.readReply },
        variables: { turnId },
      });
      expect(shown).toBe(turn.reply.text);
      expect(textOf(parts)).toBe(turn.reply.text);
    },
  );

  test('follows a session until its caller has seen enough', async () => {
    const { sessionId, token } = await startSession({ url });
    const leaving = new AbortController();
    const query = 'query ($id: ID!) { session(id: $id) { streamCursor } }';
    const { session } = await request<{ session: { streamCursor: string } }>({
      ...{ url, token, query },
      variables: { id: sessionId },
    });
    await ask({ url, token, sessionId, text: question });
    const kinds = new Set<string>();
    const { signal } = leaving;
    for await (const event of follow({ url, token, sessionId, after: session.streamCursor, signal })) {
      kinds.add(event.__typename);
      if (event.__typename === 'TurnFinished') leaving.abort();
    }
    expect([...kinds]).toEqual(expect.arrayContaining(['TurnStarted', 'TextDelta', 'PartCompleted', 'TurnFinished']));
  });

  test('is told that a position is not known, and goes on from the reset', async () => {
    const { sessionId, token } = await startSession({ url });
    for await (const event of follow({ url, token, sessionId, after: 'unknown' })) {
      expect(event).toMatchObject({ __typename: 'StreamReset', session: { id: sessionId, status: 'ACTIVE' } });
      break;
    }
  });

  test('stops with UNAUTHENTICATED when the token is not good', async () => {
    const { sessionId } = await startSession({ url });
    const following = follow({ url, token: 'nonsense', sessionId });
    const fault: unknown = await following.next().catch((reason: unknown) => reason);
    expect(fault).toBeInstanceOf(GraphFault);
    expect(fault).toMatchObject({ code: 'UNAUTHENTICATED', isFinal: true });
  });

  test('sends a message once, however often it is asked with one key', async () => {
    const { sessionId, token } = await startSession({ url });
    const message = { url, token, sessionId, text: question, idempotencyKey: randomUUID() };
    const [first, second] = [await ask(message), await ask(message)];
    expect(second.messageId).toBe(first.messageId);
    expect(second.turnId).toBe(first.turnId);
  });

  test('is told why a message is refused', async () => {
    const { sessionId, token } = await startSession({ url });
    const refused = ask({ url, token, sessionId, text: 'x'.repeat(8_001) });
    await expect(refused).rejects.toMatchObject({ name: 'Refused', userErrors: [{ field: ['input', 'text'] }] });
  });
});
