import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Running } from '@supportgraph/kernel';
import type { Health } from './health.js';
import type { Metrics } from './metrics.js';

export interface AdminOptions {
  /** 0 takes a free one. */
  port: number;
  /** Address to listen on. @default all */
  host?: string | undefined;
  health(): Promise<Health>;
  metrics: Metrics;
}

/**
 * Serves what operators and their programs ask: `/livez` (this process answers), `/readyz` (it is of use: 503 if not,
 * with what is away as JSON) and `/metrics`. On a port of its own, which is not for the public.
 */
export async function startAdmin({ port, host, health, metrics }: AdminOptions): Promise<Running & { url: string }> {
  const answers: Record<string, (response: ServerResponse) => Promise<void> | void> = {
    '/livez': (response) => send(response, 200, 'text/plain', 'ok\n'),
    '/readyz': async (response) => {
      const now = await health();
      const isReady = now.status === 'ready' || now.status === 'degraded';
      send(response, isReady ? 200 : 503, 'application/json', `${JSON.stringify(now)}\n`);
    },
    '/metrics': async (response) => send(response, 200, metrics.registry.contentType, await metrics.registry.metrics()),
  };
  const server = createServer((request, response) => {
    const answer = request.method === 'GET' && Object.hasOwn(answers, request.url ?? '') && answers[request.url!];
    if (answer) void answer(response);
    else send(response, 404, 'text/plain', 'not found\n');
  });
  server.listen(port, host);
  await once(server, 'listening');
  const { port: actual } = server.address() as AddressInfo; // A TCP server that listens has one.
  return {
    url: `http://localhost:${actual}`,
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
  response.end(body);
}
