import type { Logger, Running } from '@supportgraph/kernel';
import type { GraphQLSchema } from 'graphql';
import type { Connection } from './connection/connection.js';
import { type ExecutionLimits, gatewayExecutor } from './execute/executor.js';
import { openGraph } from './graph.js';
import { openGuard } from './guard/guard.js';
import type { Identity } from './guard/identity.js';
import { defaultLimits, type Limits } from './guard/limits.js';
import { allowedOrigins } from './guard/origin.js';
import { type HttpTimes, startHttp } from './http.js';
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
  /** Whether the schema may be asked for. @default false */
  introspection?: boolean;
  /** How long a query or mutation may take, in ms; nested in it are the times of the subgraphs. @default 30_000 */
  deadlineMs?: number;
  limits?: Partial<Limits>;
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
  unsentBytes: 1_048_576,
  pingMs: 12_000,
  drainMs: 5_000,
};
const defaultStreams: StreamTimes = { heartbeatMs: 5_000, stallMs: 30_000 };
const defaultHttp: HttpTimes = { headersMs: 10_000, requestMs: 20_000, drainMs: 5_000 };

/** Starts the gateway: it plans, guards and answers over all transports on one port. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { supergraphSdl, connections, identity, config = {}, log } = options;
  const { introspection = false, deadlineMs = 30_000 } = config;
  const limits = { ...defaultLimits, ...config.limits };

  const executor = gatewayExecutor({
    supergraphSdl,
    connections,
    limits: { ...defaultExecution, ...config.execution },
    log,
  });
  const guard = openGuard({ supergraphSdl, schema: executor.schema, limits, introspection });
  const graph = openGraph({ executor, guard, identity, deadlineMs, log });
  const json = await startJson({ graph, supergraphSdl, introspection, log });
  const webSocket = startWebSocket({ graph, limits: { ...defaultWebSocket, ...config.webSocket }, log });
  const httpTimes = { ...defaultHttp, ...config.http };
  const http = await startHttp({
    port: config.port ?? 4000,
    host: config.host,
    graphql: graphqlHttp({
      graph,
      json,
      times: { ...defaultStreams, ...config.streams },
      bodyBytes: limits.bodyBytes,
      drainMs: httpTimes.drainMs,
    }),
    webSocket,
    origins: allowedOrigins(config.corsOrigins ?? []),
    files: await readStaticFiles(config.webFolder ?? null),
    times: httpTimes,
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
