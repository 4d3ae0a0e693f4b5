import type { OutboxState } from '@supportgraph/data';
import type { GraphQLResponse } from '@supportgraph/subgraph';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { type Connection, isStream } from './connection/connection.js';
import type { Tally } from './guard/tally.js';

export interface Metrics {
  registry: Registry;
  /** The same connection, with what it is asked counted and timed. */
  metered(connection: Connection): Connection;
  /** Asks how the outbox stands whenever Prometheus does. */
  watchOutbox(read: () => Promise<OutboxState>): void;
  /** What the gateway's edge counts. */
  tally: Tally;
}

/** Makes the numbers that a process tells Prometheus. */
export function openMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'supportgraph_subgraph_request_seconds',
    help: 'How long subgraphs take to answer the gateway, by the first error of the answer (ok if it has none).',
    labelNames: ['subgraph', 'outcome'] as const,
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [registry],
  });
  const streams = new Gauge({
    name: 'supportgraph_subgraph_streams',
    help: 'Subscriptions of the gateway that are open at subgraphs.',
    labelNames: ['subgraph'] as const,
    registers: [registry],
  });

  const metered = (connection: Connection): Connection => {
    const { name: subgraph } = connection;
    return {
      ...connection,
      async execute(operation, request) {
        const stop = requests.startTimer({ subgraph });
        const response = await connection.execute(operation, request);
        stop({ outcome: outcomeOf(response) });
        return response;
      },
      async subscribe(operation, request) {
        const stop = requests.startTimer({ subgraph });
        const answer = await connection.subscribe(operation, request);
        stop({ outcome: isStream(answer) ? 'ok' : outcomeOf(answer) });
        if (!isStream(answer)) return answer;
        streams.inc({ subgraph });
        return withEnd(answer, () => streams.dec({ subgraph }));
      },
    };
  };
  return { registry, metered, watchOutbox: (read) => watchOutbox(registry, read), tally: openTally(registry) };
}

function watchOutbox(registry: Registry, read: () => Promise<OutboxState>): void {
  const events = new Gauge({
    name: 'supportgraph_outbox_events',
    help: 'Events that were not published yet, and those that a consumer of ours gave up (parked).',
    labelNames: ['state'] as const,
    registers: [registry],
    async collect() {
      // While the database is away nothing is told of it, and all other numbers are.
      const state = await read().catch(() => null);
      events.reset();
      for (const name of ['unpublished', 'parked'] as const) if (state) events.set({ state: name }, state[name]);
    },
  });
}

function openTally(registry: Registry): Tally {
  const registers = [registry];
  const overLimit = new Counter({
    name: 'supportgraph_over_limit_total',
    help: 'Operations over a limit, refused or (in measure mode) let through.',
    labelNames: ['limit', 'outcome'] as const,
    registers,
  });
  const refused = new Counter({
    name: 'supportgraph_refused_total',
    help: 'Requests, operations and sockets that were refused before anything was carried out.',
    labelNames: ['transport', 'code'] as const,
    registers,
  });
  const answered = new Counter({
    name: 'supportgraph_operations_total',
    help: 'Operations that were carried out, by the first error of the answer (ok if it has none).',
    labelNames: ['kind', 'outcome'] as const,
    registers,
  });
  return {
    overLimit: (limit, outcome) => overLimit.inc({ limit, outcome }),
    refused: (transport, code) => refused.inc({ transport, code }),
    answered: (kind, outcome) => answered.inc({ kind, outcome }),
  };
}

function outcomeOf({ errors }: GraphQLResponse): string {
  return errors?.length ? String(errors[0]?.extensions?.['code']) : 'ok';
}

/** The same stream, with a call when it ends or is left. */
function withEnd<T>(source: AsyncIterableIterator<T>, onEnd: () => void): AsyncIterableIterator<T> {
  let isOpen = true;
  const end = () => {
    if (isOpen) onEnd();
    isOpen = false;
  };
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      const result = await source.next();
      if (result.done) end();
      return result;
    },
    async return() {
      end();
      await source.return?.();
      return { done: true, value: undefined };
    },
  };
}
