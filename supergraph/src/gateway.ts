import type { Logger, Running } from '@supportgraph/kernel';
import type { GraphQLSchema } from 'graphql';
import type { Connection } from './connection/connection.js';
import { type ExecutionLimits, gatewayExecutor } from './execute/executor.js';
import { openGraph } from './graph.js';
import type { EdgeStore } from './guard/edge/edgeStore.js';
import { memoryEdge } from './guard/edge/memoryEdge.js';
import { defaultRates, openGuard, type Rates } from './guard/guard.js';
import type { Identity } from './guard/identity.js';
import { defaultLimits, type Limits, type LimitsMode } from './guard/limits.js';
import { allowedOrigins } from './guard/origin.js';
import { noTally, type Tally } from './guard/tally.js';
import type { FreeDocuments } from './guard/texts.js';
import { type HttpTimes, refuseSocket, startHttp } from './http.js';
import { readStaticFiles } from './static.js';
import { graphqlHttp } from './transport/graphqlHttp.js';
import { startJson } from './transport/json.js';
import type { StreamTimes } from './transport/stream.js';
import { startWebSocket, type WebSocketLimits } from './transport/websocket.js';

/** How a gateway is set; everything has a default. */
export interface GatewayConfig {
  /** Port to listen on; 0 for any free one. @default 4000 */
  port?: number;
  /** Address to listen on. @default all */
  host?: string;
  /** Origins of web pages elsewhere that may use the graph, or `*`. @default none */
  corsOrigins?: readonly string[];
  /** Folder with the built web pages, or null for none. @default null */
  webFolder?: string | null;
  /** Whether the schema may be asked for without a key that allows it. @default false */
  introspection?: boolean;
  /** How long a query or mutation may take, in ms; nested in it are the times of the subgraphs. @default 30_000 */
  deadlineMs?: number;
  limits?: Partial<Limits>;
  /** Whether what is over a limit is refused, or only counted. @default 'enforce' */
  limitsMode?: LimitsMode;
  rates?: Partial<Rates>;
  /** Subscriptions that one principal may have open in this process. @default 200 */
  streamsPerPrincipal?: number;
  /** Texts of our own pages' documents by `sha256:…`. @default none */
  trustedDocuments?: Readonly<Record<string, string>>;
  /** Who may send other documents. @default 'everyone' */
  freeDocuments?: FreeDocuments;
  /** Proxies in front of the gateway whose X-Forwarded-For is believed. @default 0 */
  trustedHops?: number;
  execution?: Partial<ExecutionLimits>;
  webSocket?: Partial<WebSocketLimits>;
  streams?: Partial<StreamTimes>;
  http?: Partial<HttpTimes>;
}

export interface GatewayOptions {
  supergraphSdl: string;
  /** One for each subgraph of the supergraph. They are not closed by the gateway. */
  connections: readonly Connection[];
  identity: Identity;
  /** What replicas share; not closed by the gateway. @default this process alone */
  store?: EdgeStore;
  /** @default counts nothing */
  tally?: Tally;
  config?: GatewayConfig;
  log: Logger;
}

/** A gateway that answers. */
export interface Gateway extends Running {
  /** Without path: the graph is at `/graphql`. */
  url: string;
  /** What clients see. */
  schema: GraphQLSchema;
  /** WebSockets that are open now. */
  readonly sockets: number;
}

const defaultExecution: ExecutionLimits = {
  subgraphMs: 10_000,
  waitingFields: ['Turn.settled'],
  marginMs: 500,
  eventsWaiting: 1_000,
};
const defaultWebSocket: WebSocketLimits = {
  initMs: 3_000,
  messageBytes: 65_536,
  operations: 20,
  sockets: 20_000,
  socketsPerPrincipal: 100,
  unsentBytes: 1_048_576,
  pingMs: 12_000,
  drainMs: 5_000,
};
const defaultStreams: StreamTimes = { heartbeatMs: 5_000, stallMs: 30_000 };
const defaultHttp: HttpTimes = { headersMs: 10_000, requestMs: 20_000, drainMs: 5_000 };

/** Starts the gateway: it plans, guards and answers over all transports on one port. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { supergraphSdl, connections, identity, store = memoryEdge(), tally = noTally, config = {}, log } = options;
  const { deadlineMs = 30_000, trustedHops = 0 } = config;
  const limits = { ...defaultLimits, ...config.limits };

  const execution = { ...defaultExecution, ...config.execution };
  const executor = gatewayExecutor({ supergraphSdl, connections, limits: execution, log });
  const guard = openGuard({
    supergraphSdl,
    schema: executor.schema,
    prepare: executor.prepare,
    limits,
    mode: config.limitsMode ?? 'enforce',
    rates: { ...defaultRates, ...config.rates },
    introspection: config.introspection ?? false,
    waitingFields: execution.waitingFields,
    trustedDocuments: config.trustedDocuments ?? {},
    freeDocuments: config.freeDocuments ?? 'everyone',
    store,
    tally,
  });
  const streamsPerPrincipal = config.streamsPerPrincipal ?? 200;
  const graph = openGraph({
    executor,
    guard,
    identity,
    deadlineMs,
    streamsPerPrincipal,
    maxCost: limits.cost,
    tally,
    log,
  });
  const json = await startJson({ graph, supergraphSdl, log });
  const webSocket = startWebSocket({
    graph,
    limits: { ...defaultWebSocket, ...config.webSocket },
    trustedHops,
    tally,
    refuse: refuseSocket,
    log,
  });
  const httpTimes = { ...defaultHttp, ...config.http };
  const http = await startHttp({
    port: config.port ?? 4000,
    host: config.host,
    graphql: graphqlHttp({
      graph,
      json,
      times: { ...defaultStreams, ...config.streams },
      bodyBytes: limits.bodyBytes,
      trustedHops,
      tally,
      drainMs: httpTimes.drainMs,
    }),
    webSocket,
    origins: allowedOrigins(config.corsOrigins ?? []),
    files: await readStaticFiles(config.webFolder ?? null),
    times: httpTimes,
    tally,
    log,
  });

  return {
    url: http.url,
    schema: executor.schema,
    get sockets() {
      return webSocket.size;
    },
    async stop() {
      await http.stop();
      await json.stop();
    },
  };
}
