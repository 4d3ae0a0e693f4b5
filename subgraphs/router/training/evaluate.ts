import type { Decision, RoutingMethod } from '@supportgraph/conversation';
import type { RouteMessage } from '../src/routeMessage.js';
import { routes as allRoutes, type Labelled, type Route } from './labelled.js';

/** What was decided about one message. */
export interface Outcome {
  wanted: readonly Route[];
  got: readonly Route[];
  isRight: boolean;
  method: RoutingMethod;
  confidence: number;
  micros: number;
}

/** Shares from 0 to 1. */
export interface RouteScore {
  route: Route;
  count: number;
  precision: number;
  recall: number;
  f1: number;
}

/** Decisions whose confidence is alike. */
export interface ConfidenceBand {
  from: number;
  count: number;
  confidence: number;
  right: number;
}

export interface Evaluation {
  count: number;
  /** Share of messages whose routes are exactly right, in order. */
  exact: number;
  multiCount: number;
  /** The same among messages with several routes; 1 if there are none. */
  exactMulti: number;
  /** Share decided without a model. */
  local: number;
  /** Share of those that are exactly right. */
  exactLocal: number;
  methods: ReadonlyMap<RoutingMethod, number>;
  scores: readonly RouteScore[];
  /** Mean distance of confidence and truth (ECE), over bands of a tenth. */
  calibrationError: number;
  bands: readonly ConfidenceBand[];
  /** What was wanted and what was decided instead, the most frequent first. */
  confusion: readonly { wanted: string; got: string; count: number }[];
  /** Of decisions without a model. */
  meanMicros: number;
  slowestMicros: number;
}

/** What a file must reach. */
export const aims = { exact: 0.97, exactMulti: 0.9 };

export function meetsAims({ exact, exactMulti }: Pick<Evaluation, 'exact' | 'exactMulti'>): boolean {
  return exact >= aims.exact && exactMulti >= aims.exactMulti;
}

/** Routes all messages, one after the other, and counts. */
export async function evaluate(messages: readonly Labelled[], route: RouteMessage): Promise<Evaluation> {
  const outcomes: Outcome[] = [];
  for (const message of messages) outcomes.push(await tryOne(message, route));
  return summarise(outcomes);
}

async function tryOne({ text, routes: wanted }: Labelled, route: RouteMessage): Promise<Outcome> {
  const startedAt = performance.now();
  const decision = await route({ text, language: null, history: [], signal: new AbortController().signal });
  const micros = 1_000 * (performance.now() - startedAt);
  const got = routesOf(decision);
  const { method, confidence } = decision;
  return { wanted, got, isRight: got.join() === wanted.join(), method, confidence, micros };
}

function routesOf({ routes }: Decision): Route[] {
  return routes.flatMap(({ intent }) => allRoutes.filter((route) => route === intent.toLowerCase()));
}

function summarise(outcomes: readonly Outcome[]): Evaluation {
  const multi = outcomes.filter(({ wanted }) => wanted.length > 1);
  const local = outcomes.filter(({ method }) => method !== 'MODEL' && method !== 'FALLBACK');
  const bands = bandsOf(outcomes);
  return {
    count: outcomes.length,
    exact: rightShare(outcomes),
    multiCount: multi.length,
    exactMulti: rightShare(multi),
    local: local.length / Math.max(1, outcomes.length),
    exactLocal: rightShare(local),
    methods: countBy(outcomes, ({ method }) => method),
    scores: allRoutes.map((route) => scoreOf(route, outcomes)),
    calibrationError: bands.reduce(
      (sum, band) => sum + (band.count / outcomes.length) * Math.abs(band.right - band.confidence),
      0,
    ),
    bands,
    confusion: confusionOf(outcomes),
    meanMicros: local.reduce((sum, { micros }) => sum + micros, 0) / Math.max(1, local.length),
    slowestMicros: local.reduce((most, { micros }) => Math.max(most, micros), 0),
  };
}

function rightShare(outcomes: readonly Outcome[]): number {
  return outcomes.length === 0 ? 1 : outcomes.filter(({ isRight }) => isRight).length / outcomes.length;
}

function scoreOf(route: Route, outcomes: readonly Outcome[]): RouteScore {
  const wanted = outcomes.filter((outcome) => outcome.wanted.includes(route));
  const found = outcomes.filter(({ got }) => got.includes(route));
  const both = wanted.filter(({ got }) => got.includes(route)).length;
  const precision = both / Math.max(1, found.length);
  const recall = both / Math.max(1, wanted.length);
  return { route, count: wanted.length, precision, recall, f1: (2 * precision * recall) / (precision + recall || 1) };
}

function bandsOf(outcomes: readonly Outcome[]): ConfidenceBand[] {
  return Array.from({ length: 10 }, (_, tenth) => {
    const inside = outcomes.filter(({ confidence }) => Math.min(9, Math.floor(confidence * 10)) === tenth);
    const confidence = inside.reduce((sum, each) => sum + each.confidence, 0) / Math.max(1, inside.length);
    return { from: tenth / 10, count: inside.length, confidence, right: rightShare(inside) };
  }).filter(({ count }) => count > 0);
}

function confusionOf(outcomes: readonly Outcome[]): Evaluation['confusion'] {
  const name = (routes: readonly Route[]) => routes.join('+') || 'none';
  const wrong = outcomes.filter(({ isRight }) => !isRight);
  const counts = countBy(wrong, ({ wanted, got }) => `${name(wanted)} ${name(got)}`);
  return [...counts]
    .map(([pair, count]) => ({ wanted: pair.split(' ')[0]!, got: pair.split(' ')[1]!, count }))
    .sort((one, other) => other.count - one.count);
}

function countBy<T, K>(items: readonly T[], key: (item: T) => K): Map<K, number> {
  const counts = new Map<K, number>();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return counts;
}
