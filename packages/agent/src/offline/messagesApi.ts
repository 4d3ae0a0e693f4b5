import { untilAborted } from '../deadline.js';
import { estimateTokens } from '../tokens.js';
import {
  apiErrors,
  errorBody,
  readRequest,
  sse,
  streamEvents,
  wholeMessage,
  type ApiError,
  type MessagesRequest,
  type Reply,
  type StreamEvent,
} from './protocol.js';

/** How fast a reply comes; as fast as it can unless set. */
export interface Pace {
  /** From the request to the first byte of the answer, in ms. @default 0 */
  latencyMs?: number;
  /** Estimated tokens a second once it writes. @default no limit */
  tokensPerSecond?: number;
}

/** What goes wrong in the middle of a streamed reply. */
export interface Fault {
  /** Events that still arrive, `message_start` being the first. */
  afterEvents: number;
  /** Silence, a connection that breaks, a stream that ends as if it were whole, or an error event. */
  then: 'stall' | 'cut' | 'end' | ApiError;
}

/** How the server answers one request. */
export type Play =
  | { kind: 'reply'; reply: Reply; pace?: Pace; fault?: Fault }
  | { kind: 'error'; error: ApiError; retryAfterSeconds?: number }
  | { kind: 'body'; body: string; isCut: boolean }
  | { kind: 'silence' };

/** Answers one request. */
export type Player = (request: MessagesRequest) => Play;

/** A Messages API in this process, in the form of a `fetch` function: streams, tools, structured output, the API's errors. */
export function messagesApi(play: Player): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    // A request's own signal stops following the caller's once the request is garbage-collected (Node 20).
    const signal = init?.signal ?? request.signal;
    signal.throwIfAborted();
    const asked = await readCall(request);
    if ('status' in asked) return errorResponse(asked as ApiError);
    const call = asked as MessagesRequest;
    const next = play(call);
    switch (next.kind) {
      case 'error':
        return errorResponse(next.error, next.retryAfterSeconds);
      case 'body':
        return bodyResponse(next.body, next.isCut);
      case 'silence':
        return forever(signal);
      case 'reply':
        await wait(next.pace?.latencyMs ?? 0, signal);
        return call.stream ? streamResponse(call, next, signal) : json(200, wholeMessage(call, next.reply));
    }
  };
}

async function readCall(request: Request): Promise<MessagesRequest | ApiError> {
  if (request.method !== 'POST' || new URL(request.url).pathname !== '/v1/messages') return apiErrors.notFound();
  if (!hasKey(request.headers)) return apiErrors.unauthenticated();
  return readRequest(await request.text());
}

/** The SDK sends its key as a bearer token; other clients use the older header. Any key will do. */
function hasKey(headers: Headers): boolean {
  return /^Bearer \S/.test(headers.get('authorization') ?? '') || Boolean(headers.get('x-api-key'));
}

function errorResponse(error: ApiError, retryAfterSeconds?: number): Response {
  const headers = retryAfterSeconds === undefined ? undefined : { 'retry-after': String(retryAfterSeconds) };
  return json(error.status, errorBody(error), headers);
}

function json(status: number, body: object, headers: Record<string, string> = {}): Response {
  return Response.json(body, { status, headers: { 'request-id': 'req_offline', ...headers } });
}

type PlayedReply = Extract<Play, { kind: 'reply' }>;

/** Status 200 with a body that is no message, or one that breaks off. */
function bodyResponse(text: string, isCut: boolean): Response {
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new TextEncoder().encode(text)),
    pull: (controller) => (isCut ? controller.error(new TypeError('terminated')) : controller.close()),
  });
  return new Response(body, { headers: { 'content-type': 'application/json', 'request-id': 'req_offline' } });
}

function streamResponse(request: MessagesRequest, played: PlayedReply, signal: AbortSignal): Response {
  const text = chunks(request, played, signal);
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    // Pulled, not pushed: an error would throw away what was pushed and not yet read.
    async pull(controller) {
      const { done, value } = await text.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
  });
  return new Response(body, { headers: { 'content-type': 'text/event-stream', 'request-id': 'req_offline' } });
}

/** The text of the stream. Without a pace it is one chunk, which costs least. */
async function* chunks(
  request: MessagesRequest,
  { reply, pace, fault }: PlayedReply,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const events = [...streamEvents(request, reply)].slice(0, fault?.afterEvents);
  if (pace?.tokensPerSecond) yield* paced(events, pace.tokensPerSecond, signal);
  else yield events.map(sse).join('');
  if (!fault || fault.then === 'end') return;
  if (fault.then === 'stall') await forever(signal);
  if (fault.then === 'cut') throw new TypeError('terminated');
  if (typeof fault.then === 'object') yield sse(errorBody(fault.then));
}

async function* paced(events: StreamEvent[], tokensPerSecond: number, signal: AbortSignal): AsyncGenerator<string> {
  const startedAt = performance.now();
  let tokens = 0;
  for (const event of events) {
    if (event.type === 'content_block_delta') tokens += estimateTokens(textOf(event));
    // Reckoned from the start, so that what timers are late by does not add up.
    await wait(startedAt + (tokens / tokensPerSecond) * 1_000 - performance.now(), signal);
    yield sse(event);
  }
}

function textOf({ delta }: StreamEvent): string {
  // The deltas that `streamEvents` makes.
  const { text, partial_json: json, thinking } = delta as { text?: string; partial_json?: string; thinking?: string };
  return text ?? json ?? thinking ?? '';
}

/** Never resolves; rejects when the caller has gone. */
function forever(signal: AbortSignal): Promise<never> {
  return untilAborted(new Promise<never>(() => {}), signal);
}

async function wait(ms: number, signal: AbortSignal): Promise<void> {
  if (ms < 1) return;
  let timer: NodeJS.Timeout | undefined;
  try {
    await untilAborted(new Promise((resolve) => (timer = setTimeout(resolve, ms))), signal);
  } finally {
    clearTimeout(timer);
  }
}
