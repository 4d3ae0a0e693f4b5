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
import {
  type Admitted,
  type Caller,
  callerSignal,
  type Granted,
  type Graph,
  newRequestId,
  type Principal,
} from '../graph.js';
import { addressOf } from '../guard/address.js';
import { readParams } from '../guard/guard.js';
import { openShares, type Shares } from '../guard/shares.js';
import type { Tally } from '../guard/tally.js';
import { inBatches } from './inBatches.js';

/** graphql-transport-ws on the sockets that it is given. */
export interface WebSocketTransport extends Running {
  /** Takes over a socket that asks to be upgraded; its origin was checked. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Whether there is room for one more. */
  readonly hasRoom: boolean;
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
  /** Sockets of this process. @default 20_000 */
  sockets: number;
  /** Sockets of one principal in this process. @default 100 */
  socketsPerPrincipal: number;
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
  /** Proxies in front of us whose X-Forwarded-For is believed. */
  trustedHops: number;
  tally: Tally;
  /** Answers a request that is no handshake of a WebSocket; the socket is closed. */
  refuse(socket: Duplex, status: number): void;
  log: Logger;
}

/** What is known of one socket. */
interface Extra {
  request: IncomingMessage;
  /** Says goodbye, and counts it if it is a refusal. */
  close(code: number, reason: string): void;
  principal: Principal | null;
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
  tooMany: [1013, 'Too many connections'],
} as const;

/** Our goodbyes that are refusals. What breaks the protocol of WebSockets itself is an error of `ws`, and counted as that. */
const refusals: ReadonlySet<number> = new Set([1011, 1013, 4400, 4401, 4403, 4406, 4408, 4409, 4429, 4500]);

/** How long a client may take to say goodbye, in ms. */
const farewellMs = 1_000;

/** Makes a {@link WebSocketTransport}. */
export function startWebSocket(options: WebSocketOptions): WebSocketTransport {
  const { limits, tally, log } = options;
  const shares = openShares(limits.socketsPerPrincipal);
  const protocol = makeServer<Record<string, unknown>, Extra>(protocolOptions(options, shares));
  const settings = {
    noServer: true,
    maxPayload: limits.messageBytes,
    perMessageDeflate: false,
    // A client that does not answer our goodbye keeps its place no longer. The types of the library do not know it yet.
    closeTimeout: farewellMs,
    // With no protocol in common the socket opens without one, and is then closed with 4406 as the protocol says.
    handleProtocols: (offered: Set<string>) =>
      offered.has(GRAPHQL_TRANSPORT_WS_PROTOCOL) && GRAPHQL_TRANSPORT_WS_PROTOCOL,
  };
  const sockets = new WebSocketServer(settings);
  sockets.on('connection', (socket, request) => bind(protocol, socket, request, options));
  // Otherwise the library answers in HTML.
  sockets.on('wsClientError', (error, socket) => {
    log.debug({ reason: error.message }, 'handshake refused');
    tally.refused('websocket', '400');
    options.refuse(socket, 400);
  });

  return {
    get size() {
      return sockets.clients.size;
    },
    get hasRoom() {
      return sockets.clients.size < limits.sockets;
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

function protocolOptions(
  { graph, limits, trustedHops, tally }: WebSocketOptions,
  shares: Shares,
): ServerOptions<Record<string, unknown>, Extra> {
  const refused = (errors: readonly GraphQLError[]) => {
    tally.refused('websocket', String(errors[0]?.extensions.code));
    return errors;
  };

  return {
    connectionInitWaitTimeout: limits.initMs,

    async onConnect({ connectionParams, extra }) {
      try {
        const address = addressOf(extra.request, trustedHops);
        const principal = await graph.identify(credentialsOf(connectionParams), address);
        if (extra.gone.aborted) return false;
        if (!shares.take(principal.principal)) {
          extra.close(...close.tooMany);
          return false;
        }
        extra.principal = principal;
      } catch (error) {
        // Otherwise the library closes with 4403.
        if (codeOf(error) === 'SERVICE_UNAVAILABLE') extra.close(...close.unavailable);
        return false;
      }
      closeWhenNotAllowed(extra);
      return true;
    },

    async onSubscribe(context, _id, payload) {
      const caller = callerOf(context);
      if (Object.keys(context.subscriptions).length > limits.operations) return refused([codedError('THROTTLED')]);
      const admission = await admit(graph, payload, caller);
      return admission.ok ? argumentsOf(graph, admission.started) : refused(admission.errors);
    },
    // `contextValue` is what `argumentsOf` made it.
    execute: ({ contextValue }) => graph.run(...(contextValue as Started)) as Answer,
    subscribe: ({ contextValue }) => graph.follow(...(contextValue as Started)) as Answer,
    // Masked already, and plain: the library would call `toJSON` on each error.
    onNext: (_context, _id, _payload, _args, result) => result as Masked,
    onError: (_context, _id, _payload, errors) => graph.shown(errors, newRequestId()),
    onClose: ({ extra }) => {
      clearTimeout(extra.expiry);
      if (extra.principal) shares.release(extra.principal.principal);
    },
  };
}

// The library's types want `GraphQLError`s in results, where `onNext` above gives formatted ones.
type Answer = ReturnType<NonNullable<ServerOptions['execute']>>;
type Masked = Extract<Awaited<ReturnType<NonNullable<ServerOptions['onNext']>>>, object>;

/** What `contextValue` carries from `onSubscribe` on. */
type Started = [Admitted, Caller, Granted];
type Start = { ok: true; started: Started } | { ok: false; errors: readonly GraphQLError[] };

async function admit(graph: Graph, payload: unknown, caller: Caller): Promise<Start> {
  try {
    const admission = await graph.admit(readParams(payload), caller);
    if (!admission.ok) return admission;
    const charge = await graph.charge(admission, caller);
    return charge.ok ? { ok: true, started: [admission, caller, charge] } : charge;
  } catch (error) {
    return { ok: false, errors: [asGraphQLError(error)] };
  }
}

function argumentsOf(graph: Graph, started: Started): ExecutionArgs {
  const { document, definition } = started[0].operation;
  return {
    schema: graph.schema,
    document,
    operationName: definition.name?.value,
    contextValue: started,
  };
}

function callerOf({ extra: { principal, request, gone } }: SocketContext): Caller {
  const language = languageOfHeader(request.headers['accept-language']);
  // A socket is acknowledged, and so may subscribe, only after onConnect has found out who it is.
  return { ...principal!, requestId: newRequestId(), language, signal: gone };
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
function closeWhenNotAllowed(extra: Extra): void {
  const dismiss = () => extra.close(...close.forbidden);
  const { revoked = null, expiresAt = null } = extra.principal ?? {};
  if (revoked?.aborted) dismiss();
  revoked?.addEventListener('abort', dismiss, { once: true, signal: extra.gone });
  const remainingMs = (expiresAt ?? Infinity) - Date.now();
  const longestTimer = 2 ** 31 - 1;
  if (remainingMs > longestTimer) return;
  extra.expiry = setTimeout(dismiss, Math.max(0, remainingMs));
}

/** Connects one socket to the protocol. */
function bind(
  protocol: ProtocolServer<Extra>,
  socket: WebSocket,
  request: IncomingMessage,
  { limits, tally, log }: WebSocketOptions,
): void {
  const gone = callerSignal();
  // Counted as it is said: not every client waits for it.
  const goodbye = (code: number, reason: string) => {
    if (socket.readyState === socket.OPEN && refusals.has(code)) tally.refused('websocket', String(code));
    socket.close(code, reason);
  };
  const stopPings = ping(socket, limits.pingMs);
  const closed = protocol.opened(
    {
      protocol: socket.protocol,
      send: (data) => {
        if (socket.bufferedAmount > limits.unsentBytes) goodbye(...close.slow);
        return send(socket, data);
      },
      close: goodbye,
      onMessage: (take) =>
        socket.on('message', (data: Buffer) => {
          // Nothing that we give the library throws: what it throws is about a message that the protocol does not know.
          take(data.toString('utf8')).catch(() => goodbye(...close.badRequest));
        }),
    },
    { request, close: goodbye, principal: null, gone: gone.signal, expiry: undefined },
  );
  // `ws` closes the socket itself, for example with 1009 after too large a message.
  socket.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code?.startsWith('WS_ERR_')) tally.refused('websocket', error.code);
    log.debug({ reason: error.message }, 'socket failed');
  });
  socket.once('close', (code, reason) => {
    stopPings();
    gone.abort();
    void closed(code, reason.toString('utf8'));
  });
}

/** Resolves when the data is on its way. A reader who left too much unread has lost the socket, and comes back with a cursor. */
function send(socket: WebSocket, data: string): Promise<void> {
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
