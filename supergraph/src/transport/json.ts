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
import type { Admitted, Caller, Granted, Graph } from '../graph.js';
import { maskError } from '../guard/masking.js';
import { jsonType } from './negotiate.js';

/** Answers one admitted query or mutation as JSON. */
export interface JsonTransport extends Running {
  answer(
    request: IncomingMessage,
    response: ServerResponse,
    admitted: Admitted,
    caller: Caller,
    charge: Granted,
  ): Promise<void>;
}

/** What Apollo Server carries from the HTTP request to the gateway. */
interface ServerContext {
  admitted: Admitted;
  caller: Caller;
  charge: Granted;
}

export interface JsonOptions {
  graph: Graph;
  supergraphSdl: string;
  log: Logger;
}

/**
 * Apollo Server as the HTTP layer of queries and mutations: media types, status codes, order of fields. The guard has
 * already looked at the operation, and the gateway given here answers with our own graph.
 */
export async function startJson({ graph, supergraphSdl, log }: JsonOptions): Promise<JsonTransport> {
  const server = new ApolloServer<ServerContext>({
    gateway: gatewayOf(graph, supergraphSdl),
    // The guard decides who may ask for the schema.
    introspection: true,
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
    async answer(request, response, admitted, caller, charge) {
      const { text: query, variables, operation } = admitted;
      // However it came, and be its text known by a hash only: the guard has found out what is asked.
      const operationName = operation.definition.name?.value;
      const body = { query, variables, ...(operationName && { operationName }) };
      const httpGraphQLRequest = { method: 'POST', headers: headersOf(request), search: '', body };
      const context = () => Promise.resolve({ admitted, caller, charge });
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
          const { admitted, caller, charge } = context as ServerContext;
          const { data, errors, extensions } = await graph.run(admitted, caller, charge);
          const shown = errors?.map((error) => asError(error, data === undefined));
          return { data, ...(shown && { errors: shown }), ...(extensions && { extensions }) };
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
  map.set('content-type', 'application/json');
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
