import type { Message, MessageCreateParamsNonStreaming } from '@anthropic-ai/sdk/resources/messages/messages';
import { zodOutputFormat } from '@anthropic-ai/sdk/helpers/zod';
import type { Logger } from '@supportgraph/kernel';
import type { z } from 'zod';
import type { Breakers } from './breaker.js';
import { deadline, untilAborted } from './deadline.js';
import { logFault, modelFault, type ModelClient } from './modelClient.js';
import { modelUse, type ApiUsage, type OnUsage } from './modelUse.js';
import { report, unansweredUsage } from './report.js';

/** What a model decided, or why it did not. */
export type Decision<T> =
  | { kind: 'decided'; value: T; model: string }
  | { kind: 'undecided'; why: 'refused' | 'truncated' | 'malformed' | 'unavailable' | 'rejected' | 'timeout' };

export interface DecideOptions<Schema extends z.ZodType> {
  /** The prompt; sent byte for byte, so that it is cached. */
  system: string;
  /** What to decide on. */
  user: string;
  /** The form of the decision. */
  schema: Schema;
  /** Models in the order in which they are tried. */
  models: readonly [string, ...string[]];
  /** For all tries together, in ms. @default 4_000 */
  deadlineMs?: number;
  /** Tokens that the decision may take. @default 600 */
  maxTokens?: number;
  signal: AbortSignal;
  log: Logger;
  onUsage: OnUsage;
  /** Shared by all callers of the process. @default every model may always be asked */
  breakers?: Breakers;
  /** Whether a model may be asked. @default it may */
  mayAsk?: () => Promise<boolean>;
}

/**
 * Asks a small model for a decision in JSON (structured output). The next model is tried when one cannot be had.
 * Rejects only with the signal's reason or a fault of our own.
 */
export async function decide<Schema extends z.ZodType>(
  client: ModelClient,
  options: DecideOptions<Schema>,
): Promise<Decision<z.infer<Schema>>> {
  const total = deadline(options.signal);
  total.set('total', options.deadlineMs ?? 4_000);
  try {
    let decision: Decision<z.infer<Schema>> = { kind: 'undecided', why: 'unavailable' };
    for (const model of options.models) {
      if (options.mayAsk && !(await untilAborted(options.mayAsk(), total.signal))) break;
      if (options.breakers?.permits(model) === false) continue;
      decision = await ask(client, model, total.signal, options);
      if (decision.kind === 'decided' || decision.why !== 'unavailable') break;
    }
    return decision;
  } catch (error) {
    options.signal.throwIfAborted();
    if (!total.signal.aborted) throw error;
    return { kind: 'undecided', why: 'timeout' };
  } finally {
    total.dispose();
  }
}

async function ask<Schema extends z.ZodType>(
  client: ModelClient,
  model: string,
  signal: AbortSignal,
  options: DecideOptions<Schema>,
): Promise<Decision<z.infer<Schema>>> {
  const { breakers, log, onUsage, schema } = options;
  const request: MessageCreateParamsNonStreaming = {
    model,
    max_tokens: options.maxTokens ?? 600,
    system: [{ type: 'text', text: options.system, cache_control: { type: 'ephemeral' } }],
    messages: [{ role: 'user', content: options.user }],
    output_config: { format: zodOutputFormat(schema) },
  };
  const startedAt = performance.now();
  const took = (answered: string, usage: ApiUsage) =>
    report(modelUse(answered, usage, Math.round(performance.now() - startedAt), null), onUsage, log);
  try {
    const message = await reply(client, request, signal);
    breakers?.succeeded(model);
    await took(message.model || model, message.usage);
    return read(message, model, schema);
  } catch (error) {
    if (signal.aborted) await took(model, unansweredUsage(request));
    options.signal.throwIfAborted();
    if (!(error instanceof NoReply)) throw error;
    const fault = modelFault(signal.aborted ? signal.reason : error.cause) ?? 'unavailable';
    if (fault !== 'rejected') breakers?.failed(model);
    logFault(log, model, fault, error.cause);
    return { kind: 'undecided', why: fault };
  } finally {
    breakers?.released(model);
  }
}

/** A model's reply could not be had, whatever the SDK threw: it tells a body that is cut or no JSON by plain errors. */
class NoReply extends Error {}

async function reply(
  client: ModelClient,
  request: MessageCreateParamsNonStreaming,
  signal: AbortSignal,
): Promise<Message> {
  const message = await client.messages.create(request, { signal }).catch((cause: unknown) => {
    throw new NoReply('The model call failed.', { cause });
  });
  // Whatever answers with 200 is taken for a reply by the SDK.
  if (typeof message?.usage?.output_tokens === 'number' && Array.isArray(message.content)) return message;
  throw new NoReply('The answer is no message.', { cause: new Error('The answer is no message.') });
}

/** `messages.parse` would throw on all but a whole answer, and its usage would be lost. */
function read<Schema extends z.ZodType>(message: Message, model: string, schema: Schema): Decision<z.infer<Schema>> {
  if (message.stop_reason === 'refusal') return { kind: 'undecided', why: 'refused' };
  if (message.stop_reason === 'max_tokens') return { kind: 'undecided', why: 'truncated' };
  if (message.stop_reason !== 'end_turn') return { kind: 'undecided', why: 'malformed' };
  const text = message.content.map((block) => (block.type === 'text' ? block.text : '')).join('');
  const parsed = schema.safeParse(parseJson(text));
  return parsed.success ? { kind: 'decided', value: parsed.data, model } : { kind: 'undecided', why: 'malformed' };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
