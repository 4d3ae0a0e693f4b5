import { nobody, silent } from '@supportgraph/kernel';
import { buildService, type GraphQLResponse } from '@supportgraph/subgraph';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { localConnection } from '../supergraph/src/connection/local.js';
import { gatewayExecutor } from '../supergraph/src/execute/executor.js';
import { startGateway } from '../supergraph/src/gateway.js';
import { memoryEdge } from '../supergraph/src/guard/edge/memoryEdge.js';
import { type Asker, defaultRates, openGuard } from '../supergraph/src/guard/guard.js';
import { openIdentity } from '../supergraph/src/guard/identity.js';
import { defaultLimits } from '../supergraph/src/guard/limits.js';
import { noTally } from '../supergraph/src/guard/tally.js';
import { type Bench, percentile } from './bench.js';

const sdl = /* GraphQL */ `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@listSize"])
  type Query {
    session(id: ID!): Session
  }
  type Session @key(fields: "id") {
    id: ID!
    status: String!
    messages(first: Int): [Message!]!
      @listSize(slicingArguments: ["first"], assumedSize: 20, requireOneSlicingArgument: false)
  }
  type Message {
    id: ID!
    text: String!
  }
`;
const query =
  'query Read($id: ID!, $first: Int) { session(id: $id) { id status messages(first: $first) { id text } } }';
const variables = { id: 'ses_1', first: 20 };
const rounds = 20;
const perRound = 2_000;
const sockets = 500;

const subgraph = {
  name: 'sessions',
  sdl,
  context: (request: object) => ({ request }) as never,
  resolvers: {
    Query: { session: (_: unknown, { id }: { id: string }) => ({ id, status: 'ACTIVE' }) },
    Session: {
      messages: (_: unknown, { first }: { first: number }) =>
        Array.from({ length: first }, (_, n) => ({ id: `msg_${n}`, text: 'Hello, how can I help?' })),
    },
  },
};

/** CPU time in µs that a piece of work takes, for each of its parts. */
async function cpuMicroseconds(parts: number, work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / parts;
}

/** What the guard costs for each request, and a socket before anything is asked over it. */
export const bench: Bench = async () => {
  const { supergraphSdl, errors } = composeServices([
    { name: 'sessions', url: 'http://sessions', typeDefs: parse(sdl) },
  ]);
  if (errors) throw new AggregateError(errors);
  const connections = [localConnection(buildService(subgraph))];
  const execution = { subgraphMs: 10_000, waitingFields: [], marginMs: 500, eventsWaiting: 1_000 };
  const executor = gatewayExecutor({ supergraphSdl, connections, limits: execution, log: silent });
  const guard = openGuard({
    supergraphSdl,
    schema: executor.schema,
    limits: defaultLimits,
    mode: 'enforce',
    rates: { ...defaultRates, costPerMinute: 1_000_000_000 },
    introspection: false,
    waitingFields: [],
    trustedDocuments: {},
    freeDocuments: 'everyone',
    store: memoryEdge(),
    tally: noTally,
    prepare: executor.prepare,
  });
  const asker: Asker = { viewer: nobody, principal: 'session:ses_1', source: 'address:1', requestsPerMinute: null };
  const params = { query, documentId: null, sha256: null, variables };
  const request = () => ({
    requestId: 'req_1',
    viewer: nobody,
    language: 'en' as const,
    signal: new AbortController().signal,
    deadline: Date.now() + 10_000,
    log: silent,
  });
  const first = await guard.admit(params, asker);
  if (!first.ok) throw new AggregateError(first.errors);
  const { operation } = first;

  const bare = async () => {
    for (let n = 0; n < perRound; n += 1) await executor.execute(operation, variables, request());
  };
  const guarded = async () => {
    for (let n = 0; n < perRound; n += 1) {
      const admission = await guard.admit(params, asker);
      if (!admission.ok) throw new AggregateError(admission.errors);
      const charge = await guard.charge(admission, asker);
      if (!charge.ok) throw new AggregateError(charge.errors);
      const response: GraphQLResponse = await executor.execute(admission.operation, variables, request());
      charge.settle(admission.operation.price.actual(response.data));
    }
  };
  const unknownDocument = async () => {
    for (let n = 0; n < perRound; n += 1) await guard.admit({ ...params, query: `${query} # ${Math.random()}` }, asker);
  };
  const refusing = async () => {
    for (let n = 0; n < perRound; n += 1) await guard.admit({ ...params, query: '{ nothing }' }, asker);
  };
  await bare();
  await guarded();

  const taken = { bare: [] as number[], guarded: [] as number[], guard: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    // In turn within one run, so that both see the same machine.
    const [without, within] = [await cpuMicroseconds(perRound, bare), await cpuMicroseconds(perRound, guarded)];
    taken.bare.push(without);
    taken.guarded.push(within);
    taken.guard.push(within - without);
  }
  const fresh = await cpuMicroseconds(perRound, unknownDocument);
  const refused = await cpuMicroseconds(perRound, refusing);
  const us = (values: readonly number[]) => percentile(values, 0.5).toFixed(1);
  const socket = await socketCost(supergraphSdl, connections);
  return {
    about:
      'CPU that the guard takes on top of execution, for a query with a page of 20 objects and two variables, by a caller whose credentials are known: finding the document, contract, scopes, variables, cost, rate (in memory) and what is given back. Both ways in turn in one process; median of the rounds. Then what one WebSocket costs until it is acknowledged, client and server in one process.',
    columns: ['what', 'CPU µs'],
    rows: [
      ['execution alone', us(taken.bare)],
      ['guarded execution', us(taken.guarded)],
      ['the guard (difference of the pairs)', us(taken.guard)],
      ['a document that was not known', fresh.toFixed(1)],
      ['a document that is refused', refused.toFixed(1)],
      ['a socket, both ends', socket.toFixed(0)],
    ],
    notes: [`${rounds} rounds of ${perRound} requests each; ${sockets} sockets.`],
  };
};

/** What a socket costs from the handshake to its acknowledgement, in µs of CPU. */
async function socketCost(
  supergraphSdl: string,
  connections: Parameters<typeof startGateway>[0]['connections'],
): Promise<number> {
  const gateway = await startGateway({
    supergraphSdl,
    connections,
    identity: openIdentity({ sessionSecret: 'a secret of the benchmark, 32 characters' }),
    config: { port: 0, webSocket: { socketsPerPrincipal: sockets } },
    log: silent,
  });
  const open: WebSocket[] = [];
  const cpu = await cpuMicroseconds(sockets, async () => {
    for (let n = 0; n < sockets; n += 1) {
      const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
      open.push(socket);
      await once(socket, 'open');
      socket.send('{"type":"connection_init"}');
      await once(socket, 'message');
    }
  });
  for (const socket of open) socket.terminate();
  await gateway.stop();
  return cpu;
}
