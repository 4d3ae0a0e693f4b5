import { languageOfHeader, type Running } from '@supportgraph/kernel';
import { asGraphQLError, codedError } from '@supportgraph/subgraph';
import type { GraphQLError } from 'graphql';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isStream } from '../connection/connection.js';
import { type Admitted, type Caller, callerSignal, type Granted, type Graph, newRequestId } from '../graph.js';
import { addressOf } from '../guard/address.js';
import { isMutation, isSubscription } from '../guard/documents.js';
import { type Allowance, readParams } from '../guard/guard.js';
import type { Tally } from '../guard/tally.js';
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
  /** Proxies in front of us whose X-Forwarded-For is believed. */
  trustedHops: number;
  tally: Tally;
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
export function graphqlHttp(options: GraphqlHttpOptions): GraphqlHttp {
  const { graph, json, times, bodyBytes, trustedHops, tally, drainMs } = options;
  const count = ([error]: readonly GraphQLError[]) => tally.refused('http', String(error?.extensions.code));
  const refuse = (response: ServerResponse, errors: readonly GraphQLError[], requestId: string) => {
    count(errors);
    sendErrors(response, graph.shown(errors, requestId), headersOf(errors));
  };

  const streams = new Set<ServerResponse>();

  const answer: GraphqlHttp['answer'] = async (request, response) => {
    const requestId = newRequestId();
    response.setHeader('x-request-id', requestId);
    const gone = callerSignal();
    response.once('close', () => gone.abort());
    try {
      checkHeaders(request);
      const body = await readRequest(request, bodyBytes);
      const caller = await identify(request, requestId, gone.signal);
      const admission = await graph.admit(readParams(body), caller);
      if (!admission.ok) return refuseOperation(request, response, admission.errors, caller);
      const transport = transportFor(request, admission);
      const charge = await graph.charge(admission, caller);
      response.setHeaders(allowanceHeaders(charge.allowance));
      if (!charge.ok) return await refuseOperation(request, response, charge.errors, caller);
      if (transport === 'json') return await json.answer(request, response, admission, caller, charge);
      await stream(response, transport, admission, caller, charge);
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
    count(errors);
    await writeStream(response, once({ errors: graph.shown(errors, requestId) }), sse, times);
  }

  async function identify(request: IncomingMessage, requestId: string, signal: AbortSignal): Promise<Caller> {
    const { headers, headersDistinct } = request;
    const apiKey = headers['x-api-key'];
    const credentials = {
      // Of two, Node would give the first: joined they are no token.
      authorization: headersDistinct.authorization?.join(', '),
      apiKey: apiKey === undefined ? undefined : String(apiKey),
    };
    const principal = await graph.identify(credentials, addressOf(request, trustedHops));
    return { ...principal, requestId, signal, language: languageOfHeader(headers['accept-language']) };
  }

  async function stream(
    response: ServerResponse,
    transport: Exclude<HttpTransport, 'json'>,
    admitted: Admitted,
    caller: Caller,
    charge: Granted,
  ): Promise<void> {
    const answer = isSubscription(admitted.operation)
      ? await graph.follow(admitted, caller, charge)
      : await graph.run(admitted, caller, charge);
    const results = isStream(answer) ? answer : once(answer);
    streams.add(response);
    response.once('close', () => streams.delete(response));
    await writeStream(response, results, transport === 'sse' ? sse : multipart, times);
  }
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

/** What is left of the caller's allowance, in the words of draft-ietf-httpapi-ratelimit-headers. */
function allowanceHeaders({ perMinute, left }: Allowance): Map<string, string> {
  const secondsUntilFull = Math.ceil(((perMinute - left) * 60) / perMinute);
  return new Map([
    ['ratelimit-policy', `"cost";q=${perMinute};w=60`],
    ['ratelimit', `"cost";r=${left};t=${secondsUntilFull}`],
  ]);
}

function headersOf(errors: readonly GraphQLError[]): Record<string, string> {
  const { code, retryAfterMs } = errors[0]?.extensions ?? {};
  switch (code) {
    case 'METHOD_NOT_ALLOWED':
      return { allow: 'GET, POST, OPTIONS' };
    case 'THROTTLED':
    case 'SERVICE_UNAVAILABLE':
      return typeof retryAfterMs === 'number' ? { 'retry-after': String(Math.ceil(retryAfterMs / 1_000)) } : {};
    case 'PAYLOAD_TOO_LARGE':
      // The rest of the body is not read.
      return { connection: 'close' };
    default:
      return {};
  }
}
