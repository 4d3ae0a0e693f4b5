import {
  beginningOf,
  decide,
  openBook,
  openVault,
  type ModelAccess,
  type ModelUse,
  type Vault,
} from '@supportgraph/agent';
import type { Decision, Intent, Said, TriageJob, TurnRoute } from '@supportgraph/conversation';
import type { Language, Logger } from '@supportgraph/kernel';
import { z } from 'zod';
import triagePrompt from '../triage.md';
import type { Classification, Classifier } from './domain/classifier.js';
import { splitClauses } from './domain/clauses.js';
import { findEntities } from './domain/entities.js';
import { addedTo, answersQuestion, askedIntent, choosesMethod, intentOf, intentOfYes } from './domain/followUp.js';
import { apply, generalise, likenessOf } from './domain/likeness.js';
import { plainAnswer } from './domain/plainAnswer.js';
import { plainReason } from './domain/plainReason.js';
import { decideByRules } from './domain/rules.js';
import { isSelfContained } from './domain/selfContained.js';
import { agentOf, maxRoutes, type Entity, type FoundIntent } from './domain/triage.js';
import type { LikenessCache } from './likenessCache.js';

/** A message as far as routing it needs. */
export interface MessageToRoute {
  text: string;
  language: Language | null;
  /** What was said before it, oldest first. */
  history: readonly Said[];
  /** What waits for a yes or no: while something does, no decision is taken from or kept for other messages. @default nothing */
  pending?: TriageJob['pending'];
  /** While a person has the session, neither. @default `ACTIVE` */
  sessionStatus?: TriageJob['sessionStatus'];
  signal: AbortSignal;
}

/** Decides who answers a message. */
export type RouteMessage = (message: MessageToRoute) => Promise<Decision>;

export interface RoutingDeps {
  models: ModelAccess;
  classifier: Classifier;
  /** Decisions about like messages, shared by all messages of this process. */
  cache: LikenessCache;
  /** Receives each model call. */
  recordUse(use: ModelUse): Promise<void> | void;
  /** Told what the model calls had cost whose decision the cache gives again. @default nobody is told */
  recordSaved?(nanoUsd: number): Promise<void>;
  /** Whether a model may be asked. @default it may */
  mayAsk?(): Promise<boolean>;
  log: Logger;
}

/** Below this the model is not sure enough, and the customer is asked what is meant. */
const leastConfidence = 0.4;
/** From this confidence on the classifier decides. Calibrated: of such decisions at least as many are right. */
const sureEnough = 0.9;
/** From this confidence on its guess is better than a question back, when no model can be asked. */
const goodGuess = 0.5;
/** Earlier messages that the model is shown: enough to know what "it" is. */
const shownHistory = 4;

/** Characters of each of them. */
const shownCharacters = 500;

const intents = ['FAQ', 'ORDER', 'REFUND', 'TECHNICAL', 'HUMAN', 'CHITCHAT', 'UNKNOWN'] as const;
/** A model that names more has not sorted the message. */
const mostWishes = 12;
const wishes = z.object({
  wishes: z
    .array(z.object({ intent: z.enum(intents), confidence: z.number().min(0).max(1), excerpt: z.string().nullable() }))
    .max(mostWishes),
  reason: z.string(),
});
type Wish = z.infer<typeof wishes>['wishes'][number];

interface Verdict extends Pick<Decision, 'method' | 'model' | 'reason'> {
  found: FoundIntent[];
  /** How sure the whole decision is; if not given, as sure as its least sure route. */
  confidence?: number;
}

/** Routes messages: rules, like messages, and the classifier when they are sure, else the small model, else a guess or a question. */
export function messageRouting(deps: RoutingDeps): RouteMessage {
  return async (message) => {
    const startedAt = performance.now();
    const entities = findEntities(message.text);
    const verdict =
      byYes(message) ??
      byRules(message, entities) ??
      byMoneyOfProposal(message) ??
      byQuestion(deps, message, entities) ??
      byProposal(deps, message) ??
      byAddition(deps, message) ??
      (await byLikeness(deps, message));
    return {
      method: verdict.method,
      model: verdict.model,
      reason: verdict.reason,
      confidence: verdict.confidence ?? Math.min(...verdict.found.map(({ confidence }) => confidence)),
      entities,
      latencyMs: Math.round(performance.now() - startedAt),
      routes: verdict.found.map((found): TurnRoute => ({ ...found, agent: agentOf[found.intent] })),
    };
  };
}

/** A plain yes is for the agent that asked, where a rule would take an "ok" for small talk. */
function byYes({ text, history, sessionStatus = 'ACTIVE' }: MessageToRoute): Verdict | null {
  const asked = sessionStatus === 'ACTIVE' && plainAnswer(text) === 'YES' ? intentOfYes(history) : null;
  return asked && answerTo(asked);
}

function answerTo(intent: Intent): Verdict {
  const found = [{ intent, confidence: sureEnough, excerpt: null }];
  return { method: 'RULES', model: null, reason: 'answers what the agent asked', found };
}

function byRules({ text, history }: MessageToRoute, entities: readonly Entity[]): Verdict | null {
  const asked = askedIntent(history);
  const isAsked = asked === 'ORDER' || asked === 'REFUND';
  const isAnswerToRefunds = isAsked ? asked === 'REFUND' : asksAboutRefund(history);
  const decided = decideByRules(text, entities, { isAnswerToRefunds });
  return decided && { method: 'RULES', model: null, reason: decided.rule, found: [decided.found] };
}

/** Whether the customer's last wish was about money back: then bare data is for the same agent. */
function asksAboutRefund(history: readonly Said[]): boolean {
  const last = history.findLast(({ author }) => author === 'CUSTOMER')?.text ?? '';
  return /refund|return|exchange|money back|退款|退貨|退货|換貨|换货|退錢|退钱/i.test(last);
}

/** A short answer goes to the agent that asked. It is decided before the cache, which does not know what was asked. */
function byQuestion(
  { classifier }: RoutingDeps,
  { text, history, sessionStatus = 'ACTIVE' }: MessageToRoute,
  entities: readonly Entity[],
): Verdict | null {
  const asked = sessionStatus === 'ACTIVE' ? askedIntent(history) : null;
  return asked && answersQuestion(text, entities, asked, classifier.classify(text)) ? answerTo(asked) : null;
}

/** Longer messages are clear enough by themselves. */
const longestCorrection = 60;

/** Of what was just proposed, where it has no other subject. */
const asksAmount = /\bhow much\b.*\b(?:i|me)\b|[退付補补扣拿](?:回|給我|给我)?多少/iu;

/** The agent whose proposal is the only one that waits, where a few words may be about it. */
function proposerOf({ text, pending = [], sessionStatus = 'ACTIVE' }: MessageToRoute) {
  const [only, ...others] = pending;
  if (!only?.isAsked || others.length > 0 || sessionStatus !== 'ACTIVE' || text.length > longestCorrection) return null;
  const intent = intentOf[only.agent];
  return intent ? { intent, isLastAsked: only.isLastAsked } : null;
}

/** How much it is that was just proposed, and where the money is to go, is for who proposed it, whoever else asked something. */
function byMoneyOfProposal(message: MessageToRoute): Verdict | null {
  const proposer = proposerOf(message);
  const isOfIt = asksAmount.test(message.text) || choosesMethod.test(message.text);
  return proposer?.isLastAsked && isOfIt ? answerTo(proposer.intent) : null;
}

/** A few words that say nothing alone change what waits for a yes: they go to the agent that proposed it. */
function byProposal({ classifier }: RoutingDeps, message: MessageToRoute): Verdict | null {
  const proposer = proposerOf(message);
  return proposer && !isGoodGuess(classifier.classify(message.text)) ? answerTo(proposer.intent) : null;
}

/** “And in navy?” is about what was just spoken of. */
function byAddition({ classifier }: RoutingDeps, message: MessageToRoute): Verdict | null {
  const { text, history, sessionStatus = 'ACTIVE' } = message;
  const intent = sessionStatus === 'ACTIVE' ? addedTo(text, history, classifier.classify(text)) : null;
  return intent && { ...answerTo(intent), reason: 'adds to what was asked' };
}

/** What was decided for a like message, or else the decision, which is then kept for the next. */
async function byLikeness(deps: RoutingDeps, message: MessageToRoute): Promise<Verdict> {
  const { text, history, pending = [], sessionStatus = 'ACTIVE' } = message;
  const isOrdinary = pending.length === 0 && sessionStatus === 'ACTIVE';
  const likeness = isOrdinary ? likenessOf(text, history.length > 0) : null;
  const known = likeness === null ? null : deps.cache.get(likeness);
  if (known) {
    const { confidence, costNanoUsd = 0 } = known;
    if (costNanoUsd > 0) await deps.recordSaved?.(costNanoUsd);
    return { method: 'CACHE', model: null, reason: 'like an earlier message', found: apply(known, text), confidence };
  }
  let costNanoUsd = 0;
  const recordUse = (use: ModelUse) => {
    costNanoUsd += use.costNanoUsd;
    return deps.recordUse(use);
  };
  const verdict = await byMachine({ ...deps, recordUse }, message);
  if (likeness !== null && verdict.method !== 'FALLBACK' && verdict.reason !== guessed) {
    const sure = verdict.confidence ?? Math.min(...verdict.found.map(({ confidence }) => confidence));
    deps.cache.set(likeness, { ...generalise(text, verdict.found, sure), costNanoUsd });
  }
  return verdict;
}

async function byMachine(deps: RoutingDeps, message: MessageToRoute): Promise<Verdict> {
  const classified = deps.classifier.classify(message.text);
  return isSure(classified, message)
    ? byClassifier(classified, 'the classifier is sure')
    : byModel(deps, message, classified);
}

/** The classifier sees one message only: one that depends on what was said before is not for it, nor one that says nothing. */
function isSure({ found, confidence }: Classification, { text, history }: MessageToRoute): boolean {
  if (confidence < sureEnough || found.some(({ intent }) => intent === 'UNKNOWN')) return false;
  return history.length === 0 || isSelfContained(splitClauses(text));
}

/** That a message wants nothing is no guess to act on: the customer is asked. */
function isGoodGuess({ found, confidence }: Classification): boolean {
  return confidence >= goodGuess && found.every(({ intent }) => intent !== 'UNKNOWN');
}

function byClassifier({ found, confidence }: Classification, reason: string): Verdict {
  return { method: 'CLASSIFIER', model: null, reason, found, confidence };
}

const guessed = "no model decided; the classifier's best guess";

async function byModel(
  { models, recordUse, mayAsk, log }: RoutingDeps,
  message: MessageToRoute,
  classified: Classification,
): Promise<Verdict> {
  const vault = models.isRemote ? openVault() : openBook;
  const decision = await decide(models.client, {
    system: triagePrompt,
    user: asPrompt(message, vault),
    schema: wishes,
    models: models.names.small,
    signal: message.signal,
    log,
    onUsage: recordUse,
    breakers: models.breakers,
    mayAsk,
  });
  if (decision.kind === 'undecided') {
    const isGuessed = decision.why !== 'refused' && isGoodGuess(classified);
    return isGuessed ? byClassifier(classified, guessed) : fallback(`the model was ${decision.why}`, null);
  }
  const { value, model } = decision;
  const reason = plainReason(value.reason);
  const found = routesOf(value.wishes, message.text, vault);
  return found.length > 0
    ? { method: 'MODEL', model, reason, found }
    : fallback(`the model was not sure: ${reason}`, model);
}

/**
 * The routes for a model's wishes, which may name an intent twice, or more than are answered: one for each intent, in the
 * order first named, and none that the model is not sure of. Small talk and what is not clear count only alone.
 */
function routesOf(named: readonly Wish[], text: string, { reveal }: Vault): FoundIntent[] {
  const sure = named.filter(({ confidence }) => confidence >= leastConfidence);
  const specific = sure.filter(({ intent }) => agentOf[intent] !== 'ROUTER');
  const wanted = specific.length > 0 ? specific : sure.slice(0, 1);
  return answered(wanted.map(({ intent }) => intent)).map((intent) => {
    const same = wanted.filter((wish) => wish.intent === intent);
    const words = same.map(({ excerpt }) => (excerpt === null ? null : reveal(excerpt)));
    return { intent, confidence: Math.min(...same.map(({ confidence }) => confidence)), excerpt: spanOf(text, words) };
  });
}

/** The customer is asked what is meant. */
function fallback(reason: string, model: string | null): Verdict {
  return { method: 'FALLBACK', model, reason, found: [{ intent: 'UNKNOWN', confidence: 0, excerpt: null }] };
}

/** Each once, and no more than are answered. Who asks for a person gets one, however many other things they want. */
function answered(named: readonly FoundIntent['intent'][]): FoundIntent['intent'][] {
  const each = [...new Set(named)];
  const first = each.slice(0, maxRoutes);
  return each.indexOf('HUMAN') < maxRoutes ? first : [...first.slice(0, -1), 'HUMAN'];
}

/**
 * From the first to the last of these words. Null, which is the whole message, if the model names none or words that the
 * customer did not write: only the customer's own are passed on.
 */
function spanOf(text: string, words: readonly (string | null)[]): string | null {
  const places = words.map((each) => (each ? text.indexOf(each) : -1));
  if (places.includes(-1)) return null;
  const span = text.slice(Math.min(...places), Math.max(...places.map((at, index) => at + words[index]!.length)));
  return span === text ? null : span;
}

/** As JSON, so that no message can pass for another or for an instruction. */
function asPrompt({ text, history }: MessageToRoute, { hide }: Vault): string {
  const earlier = history
    .slice(-shownHistory)
    .map(({ author, text: said }) => ({ author, text: beginningOf(hide(said), shownCharacters) }));
  return JSON.stringify({ earlier, message: hide(text) });
}
