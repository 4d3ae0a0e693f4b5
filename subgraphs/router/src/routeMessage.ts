import { decide, type ModelClient, type Models, type ModelUse } from '@supportgraph/agent';
import type { Decision, Said, TurnRoute } from '@supportgraph/conversation';
import type { Language, Logger } from '@supportgraph/kernel';
import { z } from 'zod';
import triagePrompt from '../triage.md';
import { findEntities } from './domain/entities.js';
import { decideByRules } from './domain/rules.js';
import { agentOf, maxRoutes, type Entity, type FoundIntent } from './domain/triage.js';

/** A message as far as routing it needs. */
export interface MessageToRoute {
  text: string;
  language: Language | null;
  /** What was said before it, oldest first. */
  history: readonly Said[];
  signal: AbortSignal;
}

/** Decides who answers a message. */
export type RouteMessage = (message: MessageToRoute) => Promise<Decision>;

export interface RoutingDeps {
  models: { client: ModelClient; names: Models };
  /** Receives each model call. */
  recordUse(use: ModelUse): Promise<void> | void;
  log: Logger;
}

/** Below this the model is not sure enough, and the customer is asked what is meant. */
const leastConfidence = 0.4;
/** Earlier messages that the model is shown: enough to know what "it" is. */
const shownHistory = 4;

const intents = ['FAQ', 'ORDER', 'REFUND', 'TECHNICAL', 'HUMAN', 'CHITCHAT', 'UNKNOWN'] as const;
const wishes = z.object({
  wishes: z
    .array(
      z.object({
        intent: z.enum(intents),
        confidence: z.number().min(0).max(1),
        excerpt: z.string().nullable(),
      }),
    )
    .min(1)
    .max(maxRoutes),
  reason: z.string(),
});

interface Verdict extends Pick<Decision, 'method' | 'model' | 'reason'> {
  found: FoundIntent[];
}

/** Routes messages: rules when they are sure, else the small model, else the fallback, which asks the customer. */
export function messageRouting(deps: RoutingDeps): RouteMessage {
  return async (message) => {
    const startedAt = performance.now();
    const entities = findEntities(message.text);
    const verdict = byRules(message, entities) ?? (await byModel(deps, message));
    return {
      method: verdict.method,
      model: verdict.model,
      reason: verdict.reason,
      confidence: Math.min(...verdict.found.map(({ confidence }) => confidence)),
      entities,
      latencyMs: Math.round(performance.now() - startedAt),
      routes: verdict.found.map((found): TurnRoute => ({ ...found, agent: agentOf[found.intent] })),
    };
  };
}

function byRules({ text, history }: MessageToRoute, entities: readonly Entity[]): Verdict | null {
  const decided = decideByRules(text, entities, { isAnswerToRefunds: asksAboutRefund(history) });
  return decided && { method: 'RULES', model: null, reason: decided.rule, found: [decided.found] };
}

/** Whether the customer's last wish was about money back: then bare data is for the same agent. */
function asksAboutRefund(history: readonly Said[]): boolean {
  const last = history.findLast(({ author }) => author === 'CUSTOMER')?.text ?? '';
  return /refund|return|exchange|money back|退款|退貨|退货|換貨|换货|退錢|退钱/i.test(last);
}

async function byModel({ models, recordUse, log }: RoutingDeps, message: MessageToRoute): Promise<Verdict> {
  const decision = await decide(models.client, {
    system: triagePrompt,
    user: asPrompt(message),
    schema: wishes,
    models: models.names.small,
    signal: message.signal,
    log,
    onUsage: recordUse,
  });
  if (decision.kind === 'undecided') return fallback(`the model was ${decision.why}`, null);
  const { value, model } = decision;
  if (value.wishes.every(({ confidence }) => confidence < leastConfidence))
    return fallback(`the model was not sure: ${value.reason}`, model);
  const found = value.wishes.map(({ excerpt, ...wish }) => ({ ...wish, excerpt: excerptOf(message.text, excerpt) }));
  return { method: 'MODEL', model, reason: value.reason, found };
}

/** The customer is asked what is meant. */
function fallback(reason: string, model: string | null): Verdict {
  return { method: 'FALLBACK', model, reason, found: [{ intent: 'UNKNOWN', confidence: 0, excerpt: null }] };
}

/** A model may answer with words that the customer did not write; only the customer's own are passed on. */
function excerptOf(text: string, excerpt: string | null): string | null {
  return excerpt && excerpt !== text && text.includes(excerpt) ? excerpt : null;
}

/** As JSON, so that no message can pass for another or for an instruction. */
function asPrompt({ text, history }: MessageToRoute): string {
  const earlier = history.slice(-shownHistory).map(({ author, text: said }) => ({ author, text: said.slice(0, 500) }));
  return JSON.stringify({ earlier, message: text });
}
