import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import type { Running } from '@supportgraph/kernel';

/** Serves a `fetch` function, such as the offline model, over HTTP; `url` is the `baseUrl` for a client. */
export async function serveModel(
  answer: typeof fetch,
  { port = 0, host = '127.0.0.1' }: { port?: number; host?: string } = {},
): Promise<Running & { url: string }> {
  const server = createServer((request, response) => {
    // A caller that has gone, or a fault that was played, ends the connection: there is nobody to tell.
    handle(answer, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  // A server that listens on a port has an address of this kind.
  const address = server.address() as AddressInfo;
  return {
    url: `http://${host}:${address.port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function handle(answer: typeof fetch, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  const { method = 'GET' } = request;
  const answered = await answer(new URL(request.url ?? '/', 'http://offline'), {
    method,
    headers: Object.entries(request.headers).map(([name, value]): [string, string] => [name, String(value)]),
    body: method === 'GET' || method === 'HEAD' ? undefined : await text(request),
    signal: gone.signal,
  });
  response.writeHead(answered.status, Object.fromEntries(answered.headers));
  if (!answered.body) response.end();
  // The DOM's and Node's types of the same stream differ in name only.
  else await pipeline(Readable.fromWeb(answered.body as ReadableStream), response);
}
