import { languageOfHeader, type Logger, type Running } from '@supportgraph/kernel';
import { asGraphQLError, codedError, isErrorCode } from '@supportgraph/subgraph';
import { type ExecutionArgs, GraphQLError } from 'graphql';
import {
  type Context,
  GRAPHQL_TRANSPORT_WS_PROTOCOL,
  makeServer,
  type Server as ProtocolServer,
  type ServerOptions,
} from 'graphql-ws';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Admitted, type Caller, callerSignal, type Graph, newRequestId } from '../graph.js';
import { type Admission, readParams } from '../guard/guard.js';
import type { Identified } from '../guard/identity.js';
import { inBatches } from './inBatches.js';

/** graphql-transport-ws on the sockets that it is given. */
export interface WebSocketTransport extends Running {
  /** Takes over a socket that asks to be upgraded; its origin was checked. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Open sockets. */
  readonly size: number;
}

export interface WebSocketLimits {
  /** How long a client may take to say who it is, in ms. @default 3_000 */
  initMs: number;
  /** The largest message of a client, in bytes. @default 65_536 */
  messageBytes: number;
  /** Operations at the same time on one socket. @default 20 */
  operations: number;
  /** Bytes that may wait for a client who reads slowly before the socket is closed. @default 1_048_576 */
  unsentBytes: number;
  /** Between pings, in ms; a client that has not answered by the next one is gone. @default 12_000 */
  pingMs: number;
  /** How long closing all sockets may take, in ms. @default 5_000 */
  drainMs: number;
}

export interface WebSocketOptions {
  graph: Graph;
  limits: WebSocketLimits;
  log: Logger;
}

/** What is known of one socket. */
interface Extra {
  request: IncomingMessage;
  socket: WebSocket;
  identified: Identified | null;
  gone: AbortSignal;
  expiry: NodeJS.Timeout | undefined;
}

type Params = Readonly<Record<string, unknown>> | undefined;
type SocketContext = Context<Record<string, unknown>, Extra>;

const close = {
  badRequest: [4400, 'Invalid message received'],
  forbidden: [4403, 'Forbidden'],
  restart: [1012, 'Service restart'],
  slow: [1013, 'Read too slowly'],
  unavailable: [1013, 'Try again later'],
} as const;

/** How long a client may take to say goodbye, in ms. */
const farewellMs = 1_000;

/** Makes a {@link WebSocketTransport}. */
export function startWebSocket({ graph, limits, log }: WebSocketOptions): WebSocketTransport {
  const protocol = makeServer<Record<string, unknown>, Extra>(protocolOptions(graph, limits));
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: limits.messageBytes,
    perMessageDeflate: false,
    // With no protocol in common the socket opens without one, and is then closed with 4406 as the protocol says.
    handleProtocols: (offered) => offered.has(GRAPHQL_TRANSPORT_WS_PROTOCOL) && GRAPHQL_TRANSPORT_WS_PROTOCOL,
  });
  sockets.on('connection', (socket, request) => bind(protocol, socket, request, limits, log));

  return {
    get size() {
      return sockets.clients.size;
    },
    upgrade: (request, socket, head) =>
      sockets.handleUpgrade(request, socket, head, (accepted) => sockets.emit('connection', accepted, request)),
    async stop() {
      const open = [...sockets.clients];
      await inBatches(open, limits.drainMs, (socket) => socket.close(...close.restart));
      await Promise.all(open.map((socket) => gone(socket, farewellMs)));
      sockets.close();
    },
  };
}

function protocolOptions(graph: Graph, limits: WebSocketLimits): ServerOptions<Record<string, unknown>, Extra> {
  return {
    connectionInitWaitTimeout: limits.initMs,

    async onConnect({ connectionParams, extra }) {
      try {
        extra.identified = await graph.identify(credentialsOf(connectionParams));
      } catch (error) {
        // Otherwise the library closes with 4403.
        if (codeOf(error) === 'SERVICE_UNAVAILABLE') extra.socket.close(...close.unavailable);
        return false;
      }
      closeOnExpiry(extra);
      return true;
    },

    onSubscribe(context, _id, payload) {
      const caller = callerOf(context);
      if (Object.keys(context.subscriptions).length > limits.operations) return [codedError('THROTTLED')];
      const admission = admit(graph, payload, caller);
      return admission.ok ? argumentsOf(graph, admission, caller) : admission.errors;
    },
    // `contextValue` is what `argumentsOf` made it.
    execute: ({ contextValue }) => graph.run(...(contextValue as [Admitted, Caller])) as Answer,
    subscribe: ({ contextValue }) => graph.follow(...(contextValue as [Admitted, Caller])) as Answer,
    // Masked already, and plain: the library would call `toJSON` on each error.
    onNext: (_context, _id, _payload, _args, result) => result as Masked,
    onError: (_context, _id, _payload, errors) => graph.shown(errors, newRequestId()),
    onClose: ({ extra }) => clearTimeout(extra.expiry),
  };
}

// The library's types want `GraphQLError`s in results, where `onNext` above gives formatted ones.
type Answer = ReturnType<NonNullable<ServerOptions['execute']>>;
type Masked = Extract<Awaited<ReturnType<NonNullable<ServerOptions['onNext']>>>, object>;

function admit(graph: Graph, payload: unknown, { viewer }: Caller): Admission {
  try {
    return graph.admit(readParams(payload), viewer);
  } catch (error) {
    return { ok: false, errors: [asGraphQLError(error)] };
  }
}

function argumentsOf(graph: Graph, admitted: Admitted, caller: Caller): ExecutionArgs {
  const { document, definition } = admitted.operation;
  return {
    schema: graph.schema,
    document,
    operationName: definition.name?.value,
    contextValue: [admitted, caller],
  };
}

function callerOf({ extra: { identified, request, gone } }: SocketContext): Caller {
  // A socket is acknowledged, and so may subscribe, only after onConnect has found out who it is.
  const { viewer, expiresAt } = identified!;
  const language = languageOfHeader(request.headers['accept-language']);
  return { requestId: newRequestId(), viewer, expiresAt, language, signal: gone };
}

function credentialsOf(params: Params) {
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  const named = Object.entries(params ?? {}).map(([name, value]) => [name.toLowerCase(), value] as const);
  const { authorization, 'x-api-key': apiKey } = Object.fromEntries(named);
  return { authorization: text(authorization), apiKey: text(apiKey) };
}

function codeOf(error: unknown): string | null {
  const code = error instanceof GraphQLError ? error.extensions.code : null;
  return isErrorCode(code) ? code : null;
}

/** Subscriptions end by themselves; the socket goes too, so that the client comes back with new credentials. */
function closeOnExpiry(extra: Extra): void {
  const remainingMs = (extra.identified?.expiresAt ?? Infinity) - Date.now();
  const longestTimer = 2 ** 31 - 1;
  if (remainingMs > longestTimer) return;
  extra.expiry = setTimeout(() => extra.socket.close(...close.forbidden), Math.max(0, remainingMs));
}

/** Connects one socket to the protocol. */
function bind(
  protocol: ProtocolServer<Extra>,
  socket: WebSocket,
  request: IncomingMessage,
  limits: WebSocketLimits,
  log: Logger,
): void {
  const gone = callerSignal();
  const stopPings = ping(socket, limits.pingMs);
  const closed = protocol.opened(
    {
      protocol: socket.protocol,
      send: (data) => send(socket, data, limits.unsentBytes),
      close: (code, reason) => socket.close(code, reason),
      onMessage: (take) =>
        socket.on('message', (data: Buffer) => {
          // Nothing that we give the library throws: what it throws is about a message that the protocol does not know.
          take(data.toString('utf8')).catch(() => socket.close(...close.badRequest));
        }),
    },
    { request, socket, identified: null, gone: gone.signal, expiry: undefined },
  );
  // `ws` closes the socket itself, for example with 1009 after too large a message.
  socket.on('error', (error) => log.debug({ reason: error.message }, 'socket failed'));
  socket.once('close', (code, reason) => {
    stopPings();
    gone.abort();
    void closed(code, reason.toString('utf8'));
  });
}

/** Resolves when the data is on its way. A reader who leaves too much unread loses the socket, and comes back with a cursor. */
function send(socket: WebSocket, data: string, unsentBytes: number): Promise<void> {
  if (socket.bufferedAmount > unsentBytes) socket.close(...close.slow);
  if (socket.readyState !== socket.OPEN) return Promise.resolve();
  // An error means that the socket is gone; its `close` ends whatever writes to it.
  return new Promise((resolve) => socket.send(data, () => resolve()));
}

/** Pings until stopped, from a random moment on, so that thousands of sockets do not ping at once. */
function ping(socket: WebSocket, pingMs: number): () => void {
  let isAlive = true;
  socket.on('pong', () => (isAlive = true));
  const beat = () => {
    if (!isAlive) return socket.terminate();
    isAlive = false;
    socket.ping();
    timer = setTimeout(beat, pingMs);
  };
  let timer = setTimeout(beat, Math.random() * pingMs);
  return () => clearTimeout(timer);
}

/** Resolves when a socket that was told to close is closed; after some time it is cut off. */
function gone(socket: WebSocket, withinMs: number): Promise<void> {
  if (socket.readyState === socket.CLOSED) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => socket.terminate(), withinMs);
    socket.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
