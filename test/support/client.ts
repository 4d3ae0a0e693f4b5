import { randomUUID } from 'node:crypto';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

/** A GraphQL response over JSON. */
export interface Answer {
  status: number;
  data?: unknown;
  errors?: { message: string; path?: unknown; extensions: Record<string, unknown> }[];
}

/** Whoever asks the gateway. */
export interface Caller {
  ask(query: string, variables?: object): Promise<Answer>;
  /** Fails on errors. */
  run<Data>(query: string, variables?: object): Promise<Data>;
}

/** Asks the gateway over JSON, with a token or none. */
export function caller(url: string, token?: string, language = 'en'): Caller {
  return callerWith(url, { 'accept-language': language, ...(token && { authorization: `Bearer ${token}` }) });
}

/** Asks the gateway over JSON, with these headers. */
export function callerWith(url: string, headers: Record<string, string>): Caller {
  const ask: Caller['ask'] = async (query, variables = {}) => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query, variables }),
    });
    return { status: response.status, ...((await response.json()) as Omit<Answer, 'status'>) };
  };
  return {
    ask,
    async run<Data>(query: string, variables?: object) {
      const { data, errors } = await ask(query, variables);
      if (errors) throw new Error(JSON.stringify(errors));
      return data as Data;
    },
  };
}

/** A visitor with a session. */
export interface Visitor extends Caller {
  sessionId: string;
  token: string;
  send(text: string, idempotencyKey?: string): Promise<{ turnId: string }>;
  /** Sends, waits for the end, and gives the reply's text. */
  reply(text: string): Promise<string>;
}

const send = /* GraphQL */ `
  mutation ($input: SendMessageInput!) {
    sendMessage(input: $input) {
      turn {
        id
      }
      userErrors {
        code
      }
    }
  }
`;
const settled = /* GraphQL */ `
  query ($id: ID!) {
    turn(id: $id) {
      settled(withinMs: 25000) {
        status
        reply {
          text
        }
      }
    }
  }
`;

/** Opens a session as a visitor. */
export async function visit(url: string, language?: string): Promise<Visitor> {
  const { startSession } = await caller(url).run<{
    startSession: { accessToken: string; session: { id: string } };
  }>('mutation ($input: StartSessionInput!) { startSession(input: $input) { accessToken session { id } } }', {
    input: { idempotencyKey: randomUUID() },
  });
  const token = startSession.accessToken;
  const sessionId = startSession.session.id;
  const who = caller(url, token, language);
  const visitor: Visitor = {
    ...who,
    sessionId,
    token,
    async send(text, idempotencyKey = randomUUID()) {
      const { sendMessage } = await who.run<{ sendMessage: { turn: { id: string } | null; userErrors: unknown[] } }>(
        send,
        { input: { idempotencyKey, sessionId, text } },
      );
      if (!sendMessage.turn) throw new Error(JSON.stringify(sendMessage.userErrors));
      return { turnId: sendMessage.turn.id };
    },
    async reply(text) {
      const { turnId } = await visitor.send(text);
      const { turn } = await who.run<{ turn: { settled: { reply: { text: string } } } }>(settled, { id: turnId });
      return turn.settled.reply.text;
    },
  };
  return visitor;
}

/** An event of a session as these tests follow it. */
export interface FollowedEvent {
  __typename: string;
  cursor: string;
  seq: number;
  firstSeq?: number;
  partId?: string;
  offset?: number;
  text?: string | null;
}

export const followSession = /* GraphQL */ `
  subscription ($sessionId: ID!, $after: String) {
    sessionEvents(sessionId: $sessionId, after: $after) {
      __typename
      cursor
      seq
      ... on TextDelta {
        firstSeq
        partId
        offset
        text
      }
      ... on PartRemoved {
        partId
      }
    }
  }
`;

/** One connection: gives events until `enough` says so or the connection is lost. Then the socket is destroyed, not closed. */
export async function followOnce(
  url: string,
  { sessionId, token }: Pick<Visitor, 'sessionId' | 'token'>,
  after: string | null,
  enough: (event: FollowedEvent) => boolean,
): Promise<void> {
  const sockets: WebSocket[] = [];
  class Socket extends WebSocket {
    constructor(...args: ConstructorParameters<typeof WebSocket>) {
      super(...args);
      sockets.push(this);
    }
  }
  const client = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: Socket,
    connectionParams: { authorization: `Bearer ${token}` },
    retryAttempts: 0,
  });
  let isEnough = false;
  await new Promise<void>((resolve, reject) => {
    client.subscribe<{ sessionEvents: FollowedEvent }>(
      { query: followSession, variables: { sessionId, after } },
      {
        next({ data, errors }) {
          if (errors) reject(new Error(JSON.stringify(errors)));
          // More may have come along with the last one.
          else if (!isEnough && enough(data!.sessionEvents)) {
            isEnough = true;
            for (const socket of sockets) socket.terminate();
            resolve();
          }
        },
        // A connection that breaks is what these tests are about; errors of the operation are a list.
        error: (fault) => (Array.isArray(fault) ? reject(new Error(JSON.stringify(fault))) : resolve()),
        complete: () => resolve(),
      },
    );
  });
}

/** The texts of the parts that events build: what a page would show. */
export function shownText(events: readonly FollowedEvent[]): string {
  const parts = new Map<string, string>();
  for (const { __typename, partId, offset, text } of events) {
    if (__typename === 'TextDelta') parts.set(partId!, (parts.get(partId!) ?? '').slice(0, offset) + text);
    if (__typename === 'PartRemoved') parts.delete(partId!);
  }
  return [...parts.values()].join('\n\n');
}
