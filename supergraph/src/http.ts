import type { Logger, Running } from '@supportgraph/kernel';
import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ErrorCode } from '@supportgraph/subgraph';
import type { Duplex } from 'node:stream';
import type { Origins } from './guard/origin.js';
import type { Tally } from './guard/tally.js';
import type { StaticFiles } from './static.js';
import { errorBody, sendJson } from './transport/answer.js';
import type { GraphqlHttp } from './transport/graphqlHttp.js';
import type { WebSocketTransport } from './transport/websocket.js';

export interface HttpOptions {
  port: number;
  /** Address to listen on. @default all */
  host?: string;
  graphql: GraphqlHttp;
  webSocket: WebSocketTransport;
  origins: Origins;
  files: StaticFiles;
  times: HttpTimes;
  tally: Tally;
  log: Logger;
}

export interface HttpTimes {
  /** How long a client may take to send the headers, in ms. @default 10_000 */
  headersMs: number;
  /** How long a client may take to send the whole request, in ms. @default 20_000 */
  requestMs: number;
  /** How long answers under way may take after the server was told to stop, in ms. @default 5_000 */
  drainMs: number;
}

/** The gateway's server: the graph at `/graphql`, the pages at `/`. */
export async function startHttp(options: HttpOptions): Promise<Running & { url: string }> {
  const { port, host, graphql, webSocket, times, tally } = options;
  const server = createServer({
    headersTimeout: times.headersMs,
    requestTimeout: times.requestMs,
    connectionsCheckingInterval: 1_000,
    keepAliveTimeout: 65_000,
    maxHeaderSize: 16_384,
    // Node would answer without a body; `isWellFormed` looks at it.
    requireHostHeader: false,
  });
  server.on('request', (request, response) => void route(options, request, response));
  server.on('upgrade', (request, socket, head) => upgrade(options, request, socket, head));
  server.on('connect', (_request, socket: Duplex) => refuseTunnel(socket, tally));
  server.on('checkExpectation', (_request, response: ServerResponse) => refuse(response, tally, 417, 'BAD_REQUEST'));
  server.on('clientError', (error, socket) => refuseConnection(error, socket, tally));
  await listen(server, port, host);

  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      await Promise.all([webSocket.stop(), graphql.stop()]);
      server.closeIdleConnections();
      const timer = setTimeout(() => server.closeAllConnections(), times.drainMs);
      await closed;
      clearTimeout(timer);
    },
  };
}

function listen(server: Server, port: number, host: string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

async function route(
  { graphql, origins, files, tally, log }: HttpOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  response.on('error', (error) => log.debug({ reason: error.message }, 'answer failed'));
  response.setHeader('x-content-type-options', 'nosniff');
  if (!isWellFormed(request)) return refuse(response, tally, 400, 'BAD_REQUEST');
  const path = pathOf(request);
  if (path !== '/graphql') return answerFile(files, request, response, path, tally);
  if (request.method === 'OPTIONS') {
    response.writeHead(204, origins.preflightHeaders(request)).end();
    return;
  }
  response.setHeaders(new Map(Object.entries(origins.headers(request))));
  await graphql.answer(request, response);
}

function answerFile(
  files: StaticFiles,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  tally: Tally,
): void {
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  if (isRead && files.answer(request, response, path)) return;
  refuse(response, tally, 404, 'NOT_FOUND');
}

function refuse(response: ServerResponse, tally: Tally, status: number, code: ErrorCode): void {
  tally.refused('http', code);
  sendJson(response, status, errorBody(code));
}

/**
 * What proxies and servers could understand differently is answered by none of them: a request names its host once (in
 * HTTP/1.0 it need not), and its body is in chunks or has a length, and is not packed otherwise.
 */
function isWellFormed({ httpVersion, headers, headersDistinct }: IncomingMessage): boolean {
  const hosts = headersDistinct.host?.length ?? 0;
  const coding = headers['transfer-encoding'];
  return hosts <= 1 && (hosts === 1 || httpVersion === '1.0') && (coding === undefined || /^chunked$/i.test(coding));
}

/** The path without what follows it; of a malformed URL nothing, which is not found. */
function pathOf({ url = '' }: IncomingMessage): string {
  const base = 'http://localhost';
  return URL.canParse(url, base) ? new URL(url, base).pathname : '';
}

function upgrade(
  { webSocket, origins, tally }: HttpOptions,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): void {
  socket.on('error', () => socket.destroy());
  const refuse = (status: number) => {
    tally.refused('websocket', String(status));
    refuseSocket(socket, status);
  };
  if (!isWellFormed(request)) return refuse(400);
  if (pathOf(request) !== '/graphql') return refuse(404);
  if (request.headers.upgrade?.toLowerCase() !== 'websocket') return refuse(400);
  if (!origins.isAllowed(request)) return refuse(403);
  if (!webSocket.hasRoom) return refuse(503);
  webSocket.upgrade(request, socket, head);
}

/** Nothing is tunnelled through here. */
function refuseTunnel(socket: Duplex, tally: Tally): void {
  socket.on('error', () => socket.destroy());
  tally.refused('http', 'METHOD_NOT_ALLOWED');
  refuseSocket(socket, 405);
}

/** Answers what is not even HTTP, too large or too slow. */
function refuseConnection(error: NodeJS.ErrnoException, socket: Duplex, tally: Tally): void {
  const status = error.code === 'HPE_HEADER_OVERFLOW' ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
  if (!socket.writable) return void socket.destroy();
  tally.refused('http', String(status));
  refuseSocket(socket, status);
}

const codeOfStatus: Readonly<Record<number, ErrorCode>> = {
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  503: 'SERVICE_UNAVAILABLE',
};

/** Answers on a socket that no response was made for, and closes it. */
export function refuseSocket(socket: Duplex, status: number): void {
  const body = JSON.stringify(errorBody(codeOfStatus[status] ?? 'BAD_REQUEST', STATUS_CODES[status]));
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\ncontent-type: application/json; charset=utf-8`;
  socket.end(`${head}\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`);
}
