import { messagesApi, type Fault, type Pace, type Play } from '../offline/messagesApi.js';
import { apiErrors, type ApiError, type MessagesRequest, type ReplyBlock } from '../offline/protocol.js';

/** One answer of a scripted model: what it says and calls, how it stops, how fast it is and what goes wrong. */
export interface ScriptedReply {
  /** What it thinks before it says something. */
  think?: string;
  say?: string;
  call?: readonly { name: string; input: object }[];
  /** A call whose arguments are sent as they stand here, for example cut off. */
  rawCall?: { name: string; json: string };
  /** @default 'tool_use' with calls, else 'end_turn' */
  stop?: string;
  pace?: Pace;
  fault?: Fault;
}

/** Error statuses that a script can play. */
export const scriptedStatuses = [400, 401, 402, 403, 404, 429, 500, 529] as const;
type ScriptedStatus = (typeof scriptedStatuses)[number];

/** One step of a script: an answer, an error status, a body as it stands here (whole or cut off), or no answer at all. */
export type ScriptStep =
  | ScriptedReply
  | { status: ScriptedStatus; retryAfterSeconds?: number }
  | { body: string; isCut?: boolean }
  | { silence: true };

/** A model that plays a script. */
export interface ScriptedModel {
  fetch: typeof fetch;
  /** The requests so far, oldest first. */
  readonly requests: readonly MessagesRequest[];
}

/** Makes a model that answers its n-th request with the n-th step; after the last it fails with 500. */
export function scriptedModel(...script: readonly ScriptStep[]): ScriptedModel {
  const requests: MessagesRequest[] = [];
  const play = (request: MessagesRequest): Play => {
    requests.push(request);
    const step = script[requests.length - 1];
    return step ? playStep(step) : { kind: 'error', error: apiErrors.internal() };
  };
  return { fetch: messagesApi(play), requests };
}

const errorOfStatus: Record<ScriptedStatus, () => ApiError> = {
  400: () => apiErrors.invalid('scripted'),
  401: apiErrors.unauthenticated,
  402: apiErrors.unpaid,
  403: apiErrors.forbidden,
  404: apiErrors.notFound,
  429: apiErrors.rateLimited,
  500: apiErrors.internal,
  529: apiErrors.overloaded,
};

/** How the server answers with a step. */
export function playStep(step: ScriptStep): Play {
  if ('silence' in step) return { kind: 'silence' };
  if ('body' in step) return { kind: 'body', body: step.body, isCut: step.isCut ?? false };
  if ('status' in step) {
    const { status, retryAfterSeconds } = step;
    return { kind: 'error', error: errorOfStatus[status](), retryAfterSeconds };
  }
  const { think, say, call = [], rawCall, stop, pace, fault } = step;
  const calls = [
    ...call.map(({ name, input }) => ({ name, json: JSON.stringify(input) })),
    ...(rawCall ? [rawCall] : []),
  ];
  const blocks: ReplyBlock[] = [
    ...(think === undefined ? [] : [{ type: 'thinking' as const, thinking: think }]),
    ...(say === undefined ? [] : [{ type: 'text' as const, text: say }]),
    ...calls.map((block) => ({ type: 'tool_use' as const, ...block })),
  ];
  const stopReason = stop ?? (calls.length > 0 ? 'tool_use' : 'end_turn');
  return { kind: 'reply', reply: { blocks, stopReason }, pace, fault };
}
