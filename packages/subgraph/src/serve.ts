import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Logger, Running } from '@supportgraph/kernel';
import { readOperation } from './body.js';
import { asGraphQLError, causeOf, codedError, codeOf, type ErrorCode } from './errors.js';
import { internalKey, internalTokenHeader, verifyInternalToken } from './internalToken.js';
import type { GraphQLResponse, SubgraphOperation } from './response.js';
import { refusal, type Service, type ServiceRequest } from './service.js';
import { writeEvents } from './sse.js';

export interface ServeOptions {
  /** 0 takes a free one. */
  port: number;
  /** Address to listen on. @default all */
  host?: string | undefined;
  /** Shared with the gateway. */
  internalSecret: string;
  log: Logger;
  /** The largest body, in bytes. @default 1_048_576 */
  maxBodyBytes?: number;
  /** Time between pings on a quiet stream, in ms. @default 15_000 */
  pingMs?: number;
  /** How long `stop` waits for requests that are under way, in ms. @default 10_000 */
  drainMs?: number;
}

/** A service that listens. */
export interface Served extends Running {
  /** Where it answers GraphQL. */
  url: string;
}

const statusOf: Partial<Record<ErrorCode, number>> = {
  BAD_REQUEST: 400,
  UNAUTHENTICATED: 401,
  METHOD_NOT_ALLOWED: 405,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
};

/**
 * Serves a subgraph to the gateway: `POST /graphql` as JSON, or as server-sent events (the distinct-connections mode of
 * graphql-sse) if they are accepted. Nobody without the gateway's token is answered, not even `_service`.
 * `GET /livez` says that the process runs.
 */
export async function serve(service: Service, options: ServeOptions): Promise<Served> {
  const { port, host, log, drainMs = 10_000 } = options;
  const answer = answerer(service, options);
  const open = new Set<ServerResponse>();
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    open.add(response);
    response.once('close', () => open.delete(response));
    answer(request, response).catch((fault: unknown) => {
      log.error({ subgraph: service.name, ...causeOf(fault) }, 'request failed');
      response.destroy();
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;
  // Longer than the gateway keeps an idle connection, so that it never writes to one that is being closed.
  server.keepAliveTimeout = 65_000;
  server.listen(port, host);
  await once(server, 'listening');
  const { port: actual } = server.address() as AddressInfo; // A TCP server that listens has one.
  return { url: `http://localhost:${actual}/graphql`, stop: () => drain(server, sockets, open, drainMs) };
}

/** Cuts streams (the gateway comes back with a cursor), then waits for the answers under way. */
async function drain(
  server: Server,
  sockets: ReadonlySet<Socket>,
  open: ReadonlySet<ServerResponse>,
  drainMs: number,
): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  // Node closes kept connections itself, but waits for those that were opened and never used.
  const busy = new Set([...open].map(({ socket }) => socket));
  for (const socket of sockets) if (!busy.has(socket)) socket.destroy();
  for (const response of open) {
    const isStream = response.headersSent && !response.writableEnded;
    if (isStream) response.destroy();
    // Else the connection would be kept, and waited for, after its answer.
    else if (!response.headersSent) response.setHeader('connection', 'close');
  }
  const impatience = setTimeout(() => server.closeAllConnections(), drainMs);
  await closed;
  clearTimeout(impatience);
}

function answerer(service: Service, options: ServeOptions) {
  const { internalSecret, log, maxBodyBytes = 1_048_576, pingMs = 15_000 } = options;
  const key = internalKey(internalSecret);

  /** The request that the token speaks of. */
  const admit = async (request: IncomingMessage, signal: AbortSignal): Promise<ServiceRequest> => {
    const token = request.headers[internalTokenHeader];
    const claims = typeof token === 'string' ? await verifyInternalToken(key, service.name, token) : null;
    if (!claims) throw codedError('UNAUTHENTICATED');
    if (request.method !== 'POST') throw codedError('METHOD_NOT_ALLOWED');
    const { timeoutMs, ...rest } = claims;
    const deadline = timeoutMs === null ? {} : { deadline: Date.now() + timeoutMs };
    return { ...rest, ...deadline, signal, log: log.child({ requestId: claims.requestId, subgraph: service.name }) };
  };
  const stream = async (operation: SubgraphOperation, request: ServiceRequest, response: ServerResponse) => {
    const answers = await service.subscribe(operation, request);
    if (!(Symbol.asyncIterator in answers)) return sendJson(response, 200, answers);
    await writeEvents(answers, response, pingMs);
  };

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.url === '/livez') return sendText(response, 200, 'ok');
    const signal = goneSignal(response);
    try {
      const admitted = await admit(request, signal);
      if (request.url !== '/graphql') return sendText(response, 404, 'not found');
      const operation = await readOperation(request, maxBodyBytes);
      if (request.headers.accept?.includes('text/event-stream')) return await stream(operation, admitted, response);
      sendJson(response, 200, await service.execute(operation, admitted));
    } catch (fault) {
      if (signal.aborted) return;
      refuse(fault, response, log);
    }
  };
}

/** Fires when the caller has gone before the answer was complete. */
function goneSignal(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) controller.abort();
  });
  return controller.signal;
}

function refuse(fault: unknown, response: ServerResponse, log: Logger): void {
  if (response.headersSent) throw fault;
  const code = codeOf(asGraphQLError(fault));
  // The rest of a body that was refused is not read: the connection ends with the answer.
  response.setHeader('connection', 'close');
  sendJson(response, (code && statusOf[code]) ?? 500, refusal([fault], { requestId: randomUUID(), log }));
}

function sendJson(response: ServerResponse, status: number, body: GraphQLResponse): void {
  const bytes = Buffer.from(JSON.stringify(body));
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'content-length': bytes.length });
  response.end(bytes);
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(text);
}
