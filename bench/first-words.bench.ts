import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { type Bench, percentile } from './bench.js';
import { startBuiltPlatform } from './platform.js';

/** What customers write, in turn. */
const messages = [
  'What is your return policy?',
  'Where is my order #W1000001?',
  'Which payment methods do you take?',
  '請問運費怎麼算？',
  'Hello!',
  'My headphones do not connect over Bluetooth.',
  'What is your return policy and how long does shipping take?',
];

/** Sessions at once, messages of each, and how long a customer waits before the next message, in ms. */
const loads = [
  { sessions: 1, rounds: 200, thinkMs: 0 },
  { sessions: 50, rounds: 20, thinkMs: 0 },
  { sessions: 50, rounds: 10, thinkMs: 5_000 },
  { sessions: 500, rounds: 4, thinkMs: 0 },
  { sessions: 500, rounds: 4, thinkMs: 30_000 },
];

const startSession = /* GraphQL */ `
  mutation ($input: StartSessionInput!) {
    startSession(input: $input) {
      accessToken
      session {
        id
      }
    }
  }
`;
const sendMessage = /* GraphQL */ `
  mutation ($input: SendMessageInput!) {
    sendMessage(input: $input) {
      turn {
        id
      }
    }
  }
`;
const sessionEvents = /* GraphQL */ `
  subscription ($sessionId: ID!) {
    sessionEvents(sessionId: $sessionId) {
      __typename
      ... on TextDelta {
        text
      }
    }
  }
`;

interface Customer {
  /** Sends a message; answers the ms until the first words of the reply, once the turn has finished. */
  ask(text: string): Promise<number>;
  leave(): Promise<void>;
}

async function post<Data>(url: string, query: string, variables: object): Promise<Data> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data?: Data; errors?: unknown };
  if (errors || !data) throw new Error(JSON.stringify(errors));
  return data;
}

/** A customer on a socket of their own, who follows their session over it and sends over it. */
async function customer(url: string): Promise<Customer> {
  const { startSession: started } = await post<{ startSession: { accessToken: string; session: { id: string } } }>(
    url,
    startSession,
    { input: { idempotencyKey: randomUUID(), channel: 'WEB' } },
  );
  const sessionId = started.session.id;
  const socket = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${started.accessToken}` },
    lazy: false,
    retryAttempts: 0,
  });
  let onEvent = (_type: string) => {};
  const isFollowing = new Promise<void>((resolve, reject) => {
    socket.subscribe<{ sessionEvents: { __typename: string } }>(
      { query: sessionEvents, variables: { sessionId } },
      { next: ({ data }) => onEvent(data!.sessionEvents.__typename), error: reject, complete: () => {} },
    );
    // The subscription is under way once an operation that was sent after it is answered.
    answered(socket, { query: '{ __typename }' }).then(() => resolve(), reject);
  });
  await isFollowing;

  return {
    ask(text) {
      return new Promise((resolve, reject) => {
        const sentAt = performance.now();
        let firstWordsMs: number | undefined;
        onEvent = (type) => {
          if (type === 'TextDelta') firstWordsMs ??= performance.now() - sentAt;
          if (type !== 'TurnFinished') return;
          if (firstWordsMs === undefined) reject(new Error(`No words came for: ${text}`));
          else resolve(firstWordsMs);
        };
        const input = { idempotencyKey: randomUUID(), sessionId, text };
        answered(socket, { query: sendMessage, variables: { input } }).catch(reject);
      });
    },
    leave: async () => socket.dispose(),
  };
}

function answered(socket: Client, operation: { query: string; variables?: Record<string, unknown> }): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.subscribe(operation, {
      next: ({ errors }) => errors && reject(new Error(JSON.stringify(errors))),
      error: reject,
      complete: resolve,
    });
  });
}

async function converse(who: Customer, index: number, { rounds, thinkMs }: (typeof loads)[number]): Promise<number[]> {
  const times: number[] = [];
  // Nobody begins at the same moment as all others, unless nobody thinks.
  await pause(Math.random() * thinkMs);
  for (let round = 0; round < rounds; round += 1) {
    times.push(await who.ask(messages[(index + round) % messages.length]!));
    if (round < rounds - 1) await pause(thinkMs * (0.5 + Math.random()));
  }
  return times;
}

/** From `sendMessage` to the first `TextDelta` at a client over WebSocket, through the gateway, with the offline model. */
export const bench: Bench = async () => {
  const rows: (string | number)[][] = [];
  for (const load of loads) {
    const platform = await startBuiltPlatform({ LOG_LEVEL: 'error' });
    try {
      const customers: Customer[] = [];
      for (let n = 0; n < load.sessions; n += 1) customers.push(await customer(platform.url));
      // The first turns meet cold code and cold connections.
      for (const who of customers.slice(0, 5)) for (const text of messages) await who.ask(text);
      const [cpuBefore, startedAt] = [await platform.cpuSeconds(), performance.now()];
      const times = (await Promise.all(customers.map((who, index) => converse(who, index, load)))).flat();
      const seconds = (performance.now() - startedAt) / 1_000;
      const cpuMs = (((await platform.cpuSeconds()) - cpuBefore) * 1_000) / times.length;
      const ms = (share: number) => Math.round(percentile(times, share));
      const turnsPerSecond = (times.length / seconds).toFixed(1);
      rows.push([
        load.sessions,
        load.thinkMs / 1_000,
        times.length,
        ms(0.5),
        ms(0.99),
        ms(1),
        turnsPerSecond,
        cpuMs.toFixed(1),
      ]);
      await Promise.all(customers.map((who) => who.leave()));
    } finally {
      await platform.stop();
    }
  }
  return {
    about:
      'Time from `sendMessage` to the first `TextDelta` at a client over WebSocket, through the gateway, with the offline model without artificial latency. Platform (one process, embedded PostgreSQL, streams in memory) and clients share the machine. Each session has a socket of its own, follows `sessionEvents` and sends its next message when the turn has finished and the customer has thought.',
    columns: ['sessions', 'think time s', 'messages', 'p50 ms', 'p99 ms', 'max ms', 'turns/s', 'CPU ms/turn'],
    rows,
    notes: [
      'Without think time all sessions have a turn under way all the time: this is the platform at its limit, and the time is that of the queue.',
      'CPU is that of the platform’s Node process; PostgreSQL and the clients use the rest of the machine.',
    ],
  };
};
