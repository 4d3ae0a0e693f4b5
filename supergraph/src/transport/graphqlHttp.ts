import { languageOfHeader, type Running } from '@supportgraph/kernel';
import { asGraphQLError, codedError } from '@supportgraph/subgraph';
import type { GraphQLError } from 'graphql';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isStream } from '../connection/connection.js';
import { type Admitted, type Caller, callerSignal, type Graph, newRequestId } from '../graph.js';
import { isMutation, isSubscription } from '../guard/documents.js';
import { readParams } from '../guard/guard.js';
import { sendErrors } from './answer.js';
import { checkHeaders, readRequest } from './body.js';
import { inBatches } from './inBatches.js';
import type { JsonTransport } from './json.js';
import { multipart } from './multipart.js';
import { chooseTransport, type HttpTransport } from './negotiate.js';
import { sse } from './sse.js';
import { once, type StreamTimes, writeStream } from './stream.js';

export interface GraphqlHttpOptions {
  graph: Graph;
  json: JsonTransport;
  times: StreamTimes;
  /** Bytes of a request's body. */
  bodyBytes: number;
  /** How long cutting all streams may take, in ms. */
  drainMs: number;
}

/** Answers GraphQL over HTTP, as JSON, server-sent events or multipart. */
export interface GraphqlHttp extends Running {
  /** Headers already set on the response, such as those of CORS, are kept. */
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Cuts the streams without calling them complete, so that their clients come back to another gateway with their cursor. */
  stop(): Promise<void>;
}

/** Makes a {@link GraphqlHttp}. */
export function graphqlHttp({ graph, json, times, bodyBytes, drainMs }: GraphqlHttpOptions): GraphqlHttp {
  const refuse = (response: ServerResponse, errors: readonly GraphQLError[], requestId: string) =>
    sendErrors(response, graph.shown(errors, requestId), headersOf(errors));

  const streams = new Set<ServerResponse>();

  const answer: GraphqlHttp['answer'] = async (request, response) => {
    const requestId = newRequestId();
    response.setHeader('x-request-id', requestId);
    const gone = callerSignal();
    response.once('close', () => gone.abort());
    try {
      checkHeaders(request);
      const body = await readRequest(request, bodyBytes);
      const caller = await identify(graph, request, requestId, gone.signal);
      const admission = graph.admit(readParams(body), caller.viewer);
      if (!admission.ok) return refuseOperation(request, response, admission.errors, caller);
      const transport = transportFor(request, admission);
      if (transport === 'json') return await json.answer(request, response, body, admission, caller);
      await stream(response, transport, admission, caller);
    } catch (error) {
      // A client that left in mid-sentence is not told, and is no fault to log.
      if (response.headersSent || request.errored) response.destroy();
      else refuse(response, [asGraphQLError(error)], requestId);
    }
  };

  return {
    answer,
    stop: () => inBatches([...streams], drainMs, (response) => response.destroy()),
  };

  /** A client that waits for events is told in an event what is wrong with its operation, as graphql-sse's protocol says. */
  async function refuseOperation(
    request: IncomingMessage,
    response: ServerResponse,
    errors: readonly GraphQLError[],
    { requestId }: Caller,
  ): Promise<void> {
    if (chooseTransport(request.headers.accept, false) !== 'sse') return refuse(response, errors, requestId);
    await writeStream(response, once({ errors: graph.shown(errors, requestId) }), sse, times);
  }

  async function stream(
    response: ServerResponse,
    transport: Exclude<HttpTransport, 'json'>,
    admitted: Admitted,
    caller: Caller,
  ): Promise<void> {
    const answer = isSubscription(admitted.operation)
      ? await graph.follow(admitted, caller)
      : await graph.run(admitted, caller);
    const results = isStream(answer) ? answer : once(answer);
    streams.add(response);
    response.once('close', () => streams.delete(response));
    await writeStream(response, results, transport === 'sse' ? sse : multipart, times);
  }
}

async function identify(
  graph: Graph,
  { headers }: IncomingMessage,
  requestId: string,
  signal: AbortSignal,
): Promise<Caller> {
  const apiKey = headers['x-api-key'];
  const identified = await graph.identify({
    authorization: headers.authorization,
    apiKey: apiKey === undefined ? undefined : String(apiKey),
  });
  return { ...identified, requestId, signal, language: languageOfHeader(headers['accept-language']) };
}

/** How to answer. Throws a coded error if the method or the `Accept` header does not allow it. */
function transportFor({ method, headers }: IncomingMessage, { operation }: Admitted): HttpTransport {
  if (method === 'GET' && (isMutation(operation) || isSubscription(operation))) {
    throw codedError('METHOD_NOT_ALLOWED', 'Only queries may be sent with GET.');
  }
  const transport = chooseTransport(headers.accept, isSubscription(operation));
  if (transport === null || (transport === 'json' && isSubscription(operation))) {
    const message = isSubscription(operation)
      ? 'A subscription needs a WebSocket, or an Accept header with text/event-stream or multipart/mixed;subscriptionSpec=1.0.'
      : undefined;
    throw codedError('NOT_ACCEPTABLE', message);
  }
  return transport;
}

function headersOf(errors: readonly GraphQLError[]): Record<string, string> {
  switch (errors[0]?.extensions.code) {
    case 'METHOD_NOT_ALLOWED':
      return { allow: 'GET, POST, OPTIONS' };
    case 'PAYLOAD_TOO_LARGE':
      // The rest of the body is not read.
      return { connection: 'close' };
    default:
      return {};
  }
}
