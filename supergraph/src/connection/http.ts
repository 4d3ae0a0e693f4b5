import {
  codedError,
  type GraphQLResponse,
  internalKey,
  internalTokenHeader,
  interruptible,
  readEvents,
  refusal,
  signInternalToken,
  type SubgraphOperation,
  withDeadline,
} from '@supportgraph/subgraph';
import { type Dispatcher, Pool } from 'undici';
import type { Connection, GatewayRequest } from './connection.js';
import { deadlineOf } from './deadline.js';

export interface HttpOptions {
  /** Name of the subgraph, which is the audience of its tokens. */
  name: string;
  /** Where it answers, for example `http://orders:4004/graphql`. */
  url: string;
  /** Shared with the subgraph. */
  internalSecret: string;
  /** The longest that the subgraph may take, in ms. @default 10_000 */
  timeoutMs?: number;
  /** Connections for queries at most. @default 64 */
  connections?: number;
  /** The largest answer, and the largest event, in bytes. @default 8_388_608 */
  maxAnswerBytes?: number;
  /** The longest silence of a stream, in ms; the subgraph pings each 15 s. @default 45_000 */
  silenceMs?: number;
}

/** A connection to a subgraph that another process hosts. */
export function httpConnection(options: HttpOptions): Connection {
  const { name, url, internalSecret, timeoutMs = 10_000, maxAnswerBytes = 8_388_608, silenceMs = 45_000 } = options;
  const { origin, pathname } = new URL(url);
  const key = internalKey(internalSecret);
  const queries = new Pool(origin, {
    connections: options.connections ?? 64,
    connectTimeout: 2_000,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });
  // A stream occupies its connection, so streams have a pool of their own, without a bound: the gateway bounds subscriptions.
  const streams = new Pool(origin, { connectTimeout: 2_000, headersTimeout: timeoutMs, bodyTimeout: silenceMs });

  const post = async (
    pool: Pool,
    accept: string,
    operation: SubgraphOperation,
    request: GatewayRequest,
    deadline: number,
    signal: AbortSignal,
  ): Promise<Dispatcher.ResponseData> => {
    const { requestId, viewer, language } = request;
    const token = await signInternalToken(key, name, { requestId, viewer, language, timeoutMs: deadline - Date.now() });
    return pool.request({
      path: pathname,
      method: 'POST',
      headers: { 'content-type': 'application/json', accept, [internalTokenHeader]: token },
      body: JSON.stringify(operation),
      signal,
    });
  };

  return {
    name,

    async execute(operation, request) {
      const deadline = deadlineOf(request, timeoutMs);
      try {
        return await withDeadline(request.signal, deadline, async (signal) =>
          readResponse(await post(queries, 'application/json', operation, request, deadline, signal), maxAnswerBytes),
        );
      } catch (fault) {
        return unreachable(fault, name, request);
      }
    },

    async subscribe(operation, request) {
      const deadline = deadlineOf(request, timeoutMs);
      const leaving = new AbortController();
      try {
        const answer = await withDeadline(request.signal, deadline, async (opening) => {
          opening.addEventListener('abort', () => leaving.abort(), { once: true });
          return post(streams, 'text/event-stream', operation, request, deadline, leaving.signal);
        });
        if (!isEventStream(answer)) return await readResponse(answer, maxAnswerBytes);
        const events = interruptible(readEvents(answer.body, maxAnswerBytes), request.signal, () => leaving.abort());
        return untilBroken(events, (fault) => unreachable(fault, name, request));
      } catch (fault) {
        leaving.abort();
        return unreachable(fault, name, request);
      }
    },

    async close() {
      await Promise.all([queries.destroy(), streams.destroy()]);
    },
  };
}

const isEventStream = ({ headers }: Dispatcher.ResponseData) =>
  String(headers['content-type']).startsWith('text/event-stream');

async function readResponse({ statusCode, body }: Dispatcher.ResponseData, maxBytes: number): Promise<GraphQLResponse> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw new Error('The answer is too large.');
    chunks.push(chunk);
  }
  if (statusCode !== 200) throw new Error(`The subgraph answered with status ${statusCode}.`);
  const answer: unknown = JSON.parse(Buffer.concat(chunks).toString());
  const isResponse = typeof answer === 'object' && answer !== null && ('data' in answer || 'errors' in answer);
  if (!isResponse) throw new Error('The answer is no GraphQL response.');
  // Written by a service of ours, which was asked with a token that only it accepts.
  return answer as GraphQLResponse;
}

/** What callers see of a fault on the way: a typed error without address. The log has the rest. */
function unreachable(fault: unknown, name: string, request: GatewayRequest): GraphQLResponse {
  const isOurs = fault instanceof Error && 'extensions' in fault;
  if (isOurs) return refusal([fault], request);
  const code = isTimeout(fault) ? 'SUBGRAPH_TIMEOUT' : 'DOWNSTREAM_SERVICE_ERROR';
  request.log.warn({ subgraph: name, requestId: request.requestId, code, reason: String(fault) }, 'subgraph failed');
  return refusal([codedError(code)], request);
}

const timeoutCodes = ['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'];
const isTimeout = (fault: unknown) =>
  fault instanceof Error && 'code' in fault && timeoutCodes.includes(String(fault.code));

/** The events of a stream; if it breaks, one response that says so, and the end. */
function untilBroken(
  events: AsyncIterableIterator<GraphQLResponse>,
  explain: (fault: unknown) => GraphQLResponse,
): AsyncIterableIterator<GraphQLResponse> {
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      try {
        return await events.next();
      } catch (fault) {
        return { done: false, value: explain(fault) };
      }
    },
    async return() {
      await events.return?.();
      return { done: true, value: undefined };
    },
  };
}
