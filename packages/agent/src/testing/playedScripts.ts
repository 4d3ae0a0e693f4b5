import { z } from 'zod';
import { messagesApi, type Pace } from '../offline/messagesApi.js';
import { blocksOf, type MessagesRequest } from '../offline/protocol.js';
import { playStep, scriptedStatuses, type ScriptedModel, type ScriptStep } from './scriptedModel.js';

/** Scripts by the first words of the customer; `*` is for all other conversations. */
export type Scripts = Readonly<Record<string, readonly ScriptStep[]>>;

const pace = z.strictObject({
  latencyMs: z.number().min(0).optional(),
  tokensPerSecond: z.number().positive().optional(),
});
const fault = z.strictObject({ afterEvents: z.int().min(0), then: z.enum(['stall', 'cut', 'end']) });
const step = z.union([
  z.strictObject({ silence: z.literal(true) }),
  z.strictObject({ body: z.string(), isCut: z.boolean().optional() }),
  z.strictObject({ status: z.literal(scriptedStatuses), retryAfterSeconds: z.int().min(0).optional() }),
  z.strictObject({
    think: z.string().optional(),
    say: z.string().optional(),
    call: z.array(z.strictObject({ name: z.string(), input: z.record(z.string(), z.unknown()) })).optional(),
    rawCall: z.strictObject({ name: z.string(), json: z.string() }).optional(),
    stop: z.string().optional(),
    pace: pace.optional(),
    fault: fault.optional(),
  }),
]);
const scripts = z.record(z.string(), z.array(step).min(1));

/** Reads a script file; what is wrong with it is named with its place. */
export function readScripts(json: string): Scripts {
  const parsed = scripts.safeParse(JSON.parse(json));
  if (!parsed.success) throw new Error(`The script is malformed.\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

/** Requests that are kept, the newest. */
const keptRequests = 1_000;

/**
 * A model that plays a script in each conversation. Which step it is at follows from the request, which holds the whole
 * conversation: so it keeps nothing of conversations, and plays as many as there are.
 */
export function playedScripts(known: Scripts, usualPace?: Pace): ScriptedModel {
  const requests: MessagesRequest[] = [];
  const play = (request: MessagesRequest) => {
    requests.push(request);
    if (requests.length > keptRequests) requests.shift();
    const { first, answers } = placeOf(request);
    const name = Object.keys(known).find((words) => words !== '*' && first.startsWith(words)) ?? '*';
    const script = known[name] ?? [{ say: 'Hello.' }];
    const played = playStep(script[Math.min(answers, script.length - 1)]!);
    return played.kind === 'reply' ? { ...played, pace: played.pace ?? usualPace } : played;
  };
  return { fetch: messagesApi(play), requests };
}

/** The customer's first words, and how often the model has answered. */
function placeOf({ messages }: MessagesRequest): { first: string; answers: number } {
  const [opening] = blocksOf(messages[0]!.content);
  return { first: opening?.text ?? '', answers: messages.filter(({ role }) => role === 'assistant').length };
}
