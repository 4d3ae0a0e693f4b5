import { composeServices } from '@apollo/composition';
import { type PushIterator, pushIterator, silent } from '@supportgraph/kernel';
import { buildService, codedError, type Subgraph } from '@supportgraph/subgraph';
import { type GraphQLSchema, parse, printSchema } from 'graphql';
import { SignJWT } from 'jose';
import { onTestFinished } from 'vitest';
import type { Connection } from '../src/connection/connection.js';
import { localConnection } from '../src/connection/local.js';
import type { EdgeStore } from '../src/guard/edge/edgeStore.js';
import { openPrices } from '../src/guard/cost.js';
import { type KnownOperation, openDocuments } from '../src/guard/documents.js';
import { defaultLimits } from '../src/guard/limits.js';
import type { Tally } from '../src/guard/tally.js';
import { type Gateway, type GatewayConfig, type IdentityOptions, openIdentity, startGateway } from '../src/index.js';

/*
 * A small shop for tests of the gateway: three real subgraphs that share entities, and a stream shaped like the one of the
 * contract. Tests push its events.
 */

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@tag", "@listSize"])`;

const router = `${link}
  type Query { turn(id: ID!): Turn }
  type Subscription { sessionEvents(sessionId: ID!, after: String): SessionEvent! }
  interface SessionEvent { cursor: String! seq: Int! }
  type TextDelta implements SessionEvent {
    cursor: String! seq: Int! firstSeq: Int! partId: ID! offset: Int! text: String!
  }
  type HandoffUpdated implements SessionEvent { cursor: String! seq: Int! handoff: Handoff }
  type TurnFinished implements SessionEvent { cursor: String! seq: Int! turn: Turn! session: Session }
  type Handoff @key(fields: "id", resolvable: false) { id: ID! }
  type Session @key(fields: "id", resolvable: false) { id: ID! }
  type Turn @key(fields: "id") { id: ID! status: String! settled: Turn! cost: Int @tag(name: "operator") }
`;

const sessions = `${link}
  type Query {
    session(id: ID!): Session
    me: Viewer!
    broken: String
    hidden: String
    notes: [String!]! @tag(name: "staff")
    find(filter: Filter!, first: Int): [Session!]!
    pages(first: Int): [Session!]! @listSize(slicingArguments: ["first"], assumedSize: 20, requireOneSlicingArgument: false)
  }
  type Mutation { rename(id: ID!, title: String!): Session! }
  type Viewer { role: String! sessionId: ID customerId: ID staffId: ID language: String! }
  type Session @key(fields: "id") {
    id: ID! title: String! handoff: Handoff related: [Session!]! audit: Audit
  }
  type Audit @tag(name: "staff") { by: String! }
  type Handoff @key(fields: "id", resolvable: false) { id: ID! }
  input Filter { title: String!, sort: Sort }
  enum Sort { NEWEST OLDEST }
`;

const handoff = `${link}
  type Query { queue: [Handoff!]! }
  type Handoff @key(fields: "id") { id: ID! reason: String! position: Int }
`;

export interface Shop {
  connections: Connection[];
  supergraphSdl: string;
  /** Pushes an event to all who follow the session. */
  emit(sessionId: string, event: object): void;
  /** Ends the streams of all who follow the session. */
  end(sessionId: string): void;
  /** Who follows the session now. */
  followers(sessionId: string): number;
  /** Requests that each subgraph has had. */
  calls: Record<string, number>;
  /** The handoff subgraph answers only after this; a test may replace it. */
  handoffGate: Promise<void>;
  /** Titles that were given by mutations. */
  titles: Map<string, string>;
}

/** A delta of one part. `firstSeq` is its own number, as nothing is joined yet. */
export function delta(seq: number, offset: number, text: string, partId = 'prt_1') {
  return { __typename: 'TextDelta', cursor: `c${seq}`, seq, firstSeq: seq, partId, offset, text };
}

let composedOnce: string | undefined;

function composed(subgraphs: readonly Subgraph[]): string {
  const { supergraphSdl, errors } = composeServices(
    subgraphs.map(({ name, sdl }) => ({ name, url: `http://${name}.internal:4999/graphql`, typeDefs: parse(sdl) })),
  );
  if (errors) throw new AggregateError(errors, errors.map(({ message }) => message).join('\n'));
  return supergraphSdl;
}

/** Makes a shop. */
export function openShop(): Shop {
  const streams = new Map<string, Set<PushIterator<object>>>();
  const of = (sessionId: string) => streams.get(sessionId) ?? streams.set(sessionId, new Set()).get(sessionId)!;
  const follow = (sessionId: string) => {
    const stream = pushIterator<object>({ capacity: 100_000, onEnd: () => of(sessionId).delete(stream) });
    of(sessionId).add(stream);
    return stream;
  };
  const shop: Omit<Shop, 'connections' | 'supergraphSdl'> = {
    emit: (sessionId, event) => of(sessionId).forEach((stream) => stream.push(event)),
    end: (sessionId) => of(sessionId).forEach((stream) => stream.end()),
    followers: (sessionId) => of(sessionId).size,
    calls: {},
    handoffGate: Promise.resolve(),
    titles: new Map(),
  };
  const subgraphs = subgraphsOf(shop, follow);
  const supergraphSdl = (composedOnce ??= composed(subgraphs));
  const connections = subgraphs.map((subgraph) => counted(localConnection(buildService(subgraph)), shop.calls));
  return Object.assign(shop, { connections, supergraphSdl });
}

function subgraphsOf(shop: Pick<Shop, 'handoffGate' | 'titles'>, follow: (id: string) => PushIterator<object>) {
  const context: Subgraph['context'] = (request) => ({ request });
  const session = (id: string) => ({ id, title: shop.titles.get(id) ?? `Session ${id}`, handoff: { id: `hof_${id}` } });
  const turn = (id: string) => ({ id, status: 'COMPLETED', cost: 3 });
  const all: Subgraph[] = [
    {
      name: 'router',
      sdl: router,
      context,
      resolvers: {
        Query: { turn: (_: unknown, { id }: { id: string }) => turn(id) },
        Subscription: {
          sessionEvents: {
            subscribe(_: unknown, { sessionId }: { sessionId: string }) {
              if (sessionId === 'ses_none') throw codedError('BAD_USER_INPUT', 'There is no such session.');
              return follow(sessionId);
            },
            resolve: (event: object) => event,
          },
        },
        Turn: {
          settled: async ({ id }: { id: string }) => {
            await shop.handoffGate;
            return turn(id);
          },
        },
      },
    },
    {
      name: 'sessions',
      sdl: sessions,
      context,
      resolvers: {
        Query: {
          session: (_: unknown, { id }: { id: string }) => session(id),
          me: (_: unknown, _args: unknown, { request }: { request: { viewer: object; language: string } }) => ({
            ...request.viewer,
            language: request.language,
          }),
          broken() {
            throw new Error('connect ECONNREFUSED 10.0.0.7:5432');
          },
          hidden() {
            throw codedError('FORBIDDEN');
          },
          notes: () => ['a note'],
          pages: () => [],
          find: (_: unknown, { filter }: { filter: { title: string } }) => [
            { ...session('ses_1'), title: filter.title },
          ],
        },
        Mutation: {
          rename(_: unknown, { id, title }: { id: string; title: string }) {
            shop.titles.set(id, title);
            return session(id);
          },
        },
        Session: {
          __resolveReference: ({ id }: { id: string }) => session(id),
          related: () => [session('ses_2')],
          audit: () => ({ by: 'somebody' }),
        },
      },
    },
    {
      name: 'handoff',
      sdl: handoff,
      context,
      resolvers: {
        Query: { queue: () => [] },
        Handoff: {
          async __resolveReference({ id }: { id: string }) {
            await shop.handoffGate;
            if (id === 'hof_bad') throw new Error('relation "handoffs" does not exist');
            return { id, reason: 'CUSTOMER_ASKED', position: 2 };
          },
        },
      },
    },
  ];
  return all;
}

function counted(connection: Connection, calls: Record<string, number>): Connection {
  return {
    ...connection,
    execute(operation, request) {
      calls[connection.name] = (calls[connection.name] ?? 0) + 1;
      return connection.execute(operation, request);
    },
  };
}

export const secrets = {
  sessionSecret: 'a secret of visitors of thirty-two characters',
  jwtSecret: 'a secret of merchants of thirty-two characters',
};

/** A merchant's token. */
export function token(role: string, sub: string, expiresIn: string | number = '1h'): Promise<string> {
  return new SignJWT({ role })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(sub)
    .setIssuedAt()
    .setExpirationTime(expiresIn)
    .sign(new TextEncoder().encode(secrets.jwtSecret));
}

export interface OpenGateway extends Shop {
  gateway: Gateway;
  url: string;
  webSocketUrl: string;
  /** POSTs an operation as JSON; the cost in its answer stands beside the rest. */
  post(body: unknown, headers?: Record<string, string>): Promise<Posted>;
  /** What the edge has counted: `refused http BAD_REQUEST`, `over depth refused`, `answered query ok`. */
  tallied: Map<string, number>;
}

/** What came of a `post`. */
export interface Posted {
  status: number;
  headers: Headers;
  body: Answer;
  cost: { requested: number; actual: number; max: number } | undefined;
}

/** What tests set besides the gateway's own settings. */
export interface Beside {
  identity?: Partial<IdentityOptions>;
  store?: EdgeStore;
}

/** Counts by name what a {@link Tally} is told. */
export function openTally(): { tally: Tally; tallied: Map<string, number> } {
  const tallied = new Map<string, number>();
  const count = (...words: string[]) => void tallied.set(words.join(' '), (tallied.get(words.join(' ')) ?? 0) + 1);
  const tally: Tally = {
    overLimit: (limit, outcome) => count('over', limit, outcome),
    refused: (transport, code) => count('refused', transport, code),
    answered: (kind, outcome) => count('answered', kind, outcome),
  };
  return { tally, tallied };
}

/** The one operation of a text, as the guard gives it; fails if it is not valid. */
export function operationOf(schema: GraphQLSchema, text: string): KnownOperation {
  const prices = openPrices({ supergraphSdl: printSchema(schema), schema, waitingFields: [] });
  const contracts = { public: schema, staff: schema, operator: schema };
  const documents = openDocuments({
    contracts,
    prices,
    limits: defaultLimits,
    isTrusted: () => false,
    over: () => true,
  });
  const reading = documents.read(text, null, 'public');
  if (!reading.ok) throw new AggregateError(reading.errors, reading.errors[0]?.message);
  return reading.operation;
}

/** A JSON answer as a client reads it. */
export interface Answer {
  data?: Record<string, unknown> | null;
  errors?: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[];
}

/** A gateway of its own for one test, stopped after it. */
export async function openGateway(config: GatewayConfig = {}, beside: Beside = {}): Promise<OpenGateway> {
  const shop = openShop();
  const { tally, tallied } = openTally();
  const gateway = await startGateway({
    supergraphSdl: shop.supergraphSdl,
    connections: shop.connections,
    identity: openIdentity({ ...secrets, ...beside.identity }),
    ...(beside.store && { store: beside.store }),
    tally,
    config: { port: 0, webSocket: { drainMs: 50 }, http: { drainMs: 50 }, ...config },
    log: silent,
  });
  onTestFinished(() => gateway.stop());
  const url = `${gateway.url}/graphql`;
  return Object.assign(shop, {
    gateway,
    tallied,
    url,
    webSocketUrl: url.replace('http', 'ws'),
    async post(body: unknown, headers: Record<string, string> = {}) {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      const all = { 'content-type': 'application/json', ...headers };
      const response = await fetch(url, { method: 'POST', headers: all, body: text });
      const { extensions, ...answer } = (await response.json()) as Answer & { extensions?: Pick<Posted, 'cost'> };
      return { status: response.status, headers: response.headers, body: answer, cost: extensions?.cost };
    },
  });
}

/** Resolves when a fact holds; fails with the test's time-out otherwise. */
export async function until(fact: () => boolean): Promise<void> {
  while (!fact()) await new Promise((resolve) => setImmediate(resolve));
}
