import { ApolloServer, type HTTPGraphQLHead, HeaderMap } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { Logger, Running } from '@supportgraph/kernel';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Admitted, Caller, Graph } from '../graph.js';
import { maskError } from '../guard/masking.js';
import { jsonType } from './negotiate.js';

/** Answers one admitted query or mutation as JSON. */
export interface JsonTransport extends Running {
  answer(
    request: IncomingMessage,
    response: ServerResponse,
    body: unknown,
    admitted: Admitted,
    caller: Caller,
  ): Promise<void>;
}

/** What Apollo Server carries from the HTTP request to the gateway. */
interface ServerContext {
  admitted: Admitted;
  caller: Caller;
}

export interface JsonOptions {
  graph: Graph;
  supergraphSdl: string;
  introspection: boolean;
  log: Logger;
}

/**
 * Apollo Server as the HTTP layer of queries and mutations: media types, status codes, order of fields. The guard has
 * already looked at the operation, and the gateway given here answers with our own graph.
 */
export async function startJson({ graph, supergraphSdl, introspection, log }: JsonOptions): Promise<JsonTransport> {
  const server = new ApolloServer<ServerContext>({
    gateway: gatewayOf(graph, supergraphSdl),
    introspection,
    // Checked by http.ts for every transport.
    csrfPrevention: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    persistedQueries: false,
    nodeEnv: 'production',
    logger: apolloLogger(log),
    formatError: (error) => maskError(error, { requestId: requestIdOf(error), log }),
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginCacheControlDisabled(),
    ],
  });
  await server.start();

  return {
    async answer(request, response, body, admitted, caller) {
      const search = new URL(request.url ?? '/', 'http://localhost').search;
      const httpGraphQLRequest = { method: request.method ?? 'POST', headers: headersOf(request), search, body };
      const context = () => Promise.resolve({ admitted, caller });
      const { status, headers, body: answer } = await server.executeHTTPGraphQLRequest({ httpGraphQLRequest, context });
      // Without @defer every answer is complete.
      const text = answer.kind === 'complete' ? answer.string : '';
      response.writeHead(status ?? 200, {
        'cache-control': 'no-store',
        ...Object.fromEntries(headers),
        'content-type': jsonType(request.headers.accept),
        'content-length': Buffer.byteLength(text),
      });
      response.end(text);
    },
    stop: () => server.stop(),
  };
}

type Gateway = NonNullable<ConstructorParameters<typeof ApolloServer<ServerContext>>[0]['gateway']>;

/** Our graph as Apollo Server wants a gateway to be. */
function gatewayOf(graph: Graph, coreSupergraphSdl: string): Gateway {
  return {
    onSchemaLoadOrUpdate(callback) {
      callback({ apiSchema: graph.schema, coreSupergraphSdl });
      return () => {};
    },
    load: () =>
      Promise.resolve({
        async executor({ context }) {
          // As `answer` made it.
          const { admitted, caller } = context as ServerContext;
          const { data, errors } = await graph.run(admitted, caller);
          return { data, ...(errors && { errors: errors.map((error) => asError(error, data === undefined)) }) };
        },
      }),
    stop: () => Promise.resolve(),
  };
}

/** An admitted operation without any data is a fault of ours, for which Apollo Server would answer 400. */
function asError({ message, path, extensions }: GraphQLFormattedError, isFault: boolean): GraphQLError {
  return new GraphQLError(message, { path, extensions: { ...extensions, ...(isFault && { http: { status: 500 } }) } });
}

/** Errors of ours are masked already and keep their id; one of Apollo Server's own has none. */
function requestIdOf({ extensions }: { extensions?: Readonly<Record<string, unknown>> }): string {
  return typeof extensions?.requestId === 'string' ? extensions.requestId : '';
}

function headersOf({ headers }: IncomingMessage): HTTPGraphQLHead['headers'] {
  const map = new HeaderMap();
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) map.set(name, String(value));
  return map;
}

function apolloLogger(log: Logger) {
  return {
    debug: (message: unknown) => log.debug({ message }, 'Apollo Server says'),
    info: (message: unknown) => log.info({ message }, 'Apollo Server says'),
    warn: (message: unknown) => log.warn({ message }, 'Apollo Server says'),
    error: (message: unknown) => log.error({ message }, 'Apollo Server says'),
  };
}
