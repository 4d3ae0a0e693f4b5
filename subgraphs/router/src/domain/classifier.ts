import { splitClauses, type Clause } from './clauses.js';
import { featuresOf, type Features } from './features.js';
import { normalise } from './normalise.js';
import { maxRoutes, type FoundIntent } from './triage.js';

/** What a clause may be; `UNKNOWN` wants nothing: a story, a scrap, nonsense. */
export const classes = ['FAQ', 'ORDER', 'REFUND', 'TECHNICAL', 'HUMAN', 'CHITCHAT', 'UNKNOWN'] as const;
type Class = (typeof classes)[number];

/** What training leaves: as JSON, numbers in base64. */
export interface StoredWeights {
  /** Digest of all that decides; decisions of another version are not comparable. */
  version: string;
  /** Sorted 24-bit hashes of the features, 3 bytes each, big endian. */
  features: string;
  /** For each feature one signed byte for each class. */
  weights: string;
  /** What a weight of 1 stands for. */
  scale: number;
  /** Turns the chance of the weakest clause into the confidence of the whole decision, so that it comes true: in log odds. */
  certainty: { factor: number; offset: number };
}

/** What a message wants, as far as its words tell. */
export interface Classification {
  found: FoundIntent[];
  /** How likely all routes are right, from 0 to 1. */
  confidence: number;
}

export interface Classifier {
  version: string;
  classify(text: string): Classification;
}

type Scores = number[];
interface Judged extends Clause {
  chances: Scores;
  best: Class;
}

/** How much the message as a whole speaks for the meaning of each of its clauses. */
const wholeShare = 0.1;
/** A wish that no clause says with this chance is left out if there is a surer one. */
const leastChance = 0.4;

/** A classifier from what training left. */
export function makeClassifier(stored: StoredWeights): Classifier {
  const score = scoring(stored);
  return { version: stored.version, classify: (text) => classify(text, score, stored.certainty) };
}

/** Scores clauses that stand beside each other, class by class. */
type Score = (clauses: readonly string[]) => Scores[];

function scoring({ features, weights, scale }: StoredWeights): Score {
  const places = readPlaces(Buffer.from(features, 'base64'));
  const table = new Int8Array(Buffer.from(weights, 'base64'));
  const sum = (known: Features): Scores => {
    const scores = classes.map(() => 0);
    for (const [hash, value] of known) {
      const place = places.get(hash);
      if (place === undefined) continue;
      for (let at = 0; at < scores.length; at += 1) scores[at]! += value * scale * table[place * scores.length + at]!;
    }
    return scores;
  };
  return (clauses) => featuresOf(clauses).map(sum);
}

function readPlaces(bytes: Buffer): ReadonlyMap<number, number> {
  const places = new Map<number, number>();
  for (let at = 0; at < bytes.length; at += 3) places.set(bytes.readUIntBE(at, 3), at / 3);
  return places;
}

function classify(text: string, score: Score, certainty: StoredWeights['certainty']): Classification {
  const judged = judge(text, score);
  const wishes = wishesOf(judged);
  const found = wishes.map((intent) => describe(intent, wishes, judged, text));
  const weakest = Math.min(certaintyOf(judged, wishes), ...found.map(({ confidence }) => confidence));
  return { found, confidence: calibrated(weakest, certainty) };
}

function judge(text: string, score: Score): Judged[] {
  const clauses = splitClauses(text);
  const own = score(clauses.map((clause) => clause.text));
  const whole = clauses.length > 1 ? score([text])[0]! : classes.map(() => 0);
  const judged = clauses.map((clause, index): Judged => {
    const chances = softmax(own[index]!.map((value, at) => value + wholeShare * whole[at]!));
    return { ...clause, chances, best: bestOf(chances) };
  });
  return judged.map((each) => (asksOn(each, judged) ? { ...each, chances: nothing, best: 'UNKNOWN' } : each));
}

const nothing: Scores = classes.map((each) => (each === 'UNKNOWN' ? 1 : 0));

/** Words of a question that names nothing: it is about what was said before it. */
const namesNothing =
  /^(?:(?:what|how|where|why|and|so|then|can|could|would|should|must|will|do|does|did|is|are|am|i|im|you|u|me|my|we|it|its|that|this|one|them|some|any|about|have|need|needs|to|be|get|give|got|go|going|like|want|wanna|help|assist|assistance|support|please|pls|plz|tell|let|know|explain|show|for|with|of|on|the|a|an|in|up|out|back|now|next|possible|information|info|inform|report|notify|solve|fix|check|view|see|find|request|obtain|proceed|doing|getting|reporting|solving|checking|requesting|obtaining|make|file|submit|lodge|open|retrieve|recover|delete|remove|cancel|close|change|modify|edit|switch|track|download)(?: |(?=[?!]|$)))+[?!]*$/;

/** "What do I have to do?" beside a wish asks about that wish, and is no question of its own. */
function asksOn({ best, text }: Judged, judged: readonly Judged[]): boolean {
  if (best !== 'FAQ' || !namesNothing.test(normalise(text).replace(/ +([?!])/g, '$1'))) return false;
  return judged.some((other) => other.best !== 'FAQ' && other.best !== 'UNKNOWN' && other.best !== 'CHITCHAT');
}

function softmax(scores: Scores): Scores {
  const highest = Math.max(...scores);
  const powers = scores.map((value) => Math.exp(value - highest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

function bestOf(chances: Scores): Class {
  return classes[chances.indexOf(Math.max(...chances))]!;
}

/** The wishes of a message in order. Anger is for a person, whatever it is about; small talk beside a wish is no wish. */
function wishesOf(judged: readonly Judged[]): Class[] {
  const wanted = [...new Set(judged.map(({ best }) => best))].filter((each) => each !== 'UNKNOWN');
  const wishes = wanted.filter((each) => each !== 'CHITCHAT');
  const sure = wishes.filter((each) => chanceOf(each, judged) >= leastChance);
  if (sure.length > 0) return sure.slice(0, maxRoutes);
  if (wishes.length > 0) return [surest(wishes, judged)];
  return [wanted.includes('CHITCHAT') ? 'CHITCHAT' : 'UNKNOWN'];
}

function surest(wishes: readonly Class[], judged: readonly Judged[]): Class {
  return wishes.reduce((best, each) => (chanceOf(each, judged) > chanceOf(best, judged) ? each : best));
}

/** The chance that the message has this wish, by the clause that says it best. */
function chanceOf(wish: Class, judged: readonly Judged[]): number {
  const own = judged.filter(({ best }) => best === wish);
  return Math.max(0, ...own.map(({ chances }) => chances[classes.indexOf(wish)]!));
}

/** The chance that the least sure clause adds no wish and takes none away. */
function certaintyOf(judged: readonly Judged[], wishes: readonly Class[]): number {
  const harmless = new Set<Class>(['UNKNOWN', 'CHITCHAT', ...wishes]);
  const sums = judged.map(({ chances }) =>
    classes.reduce((sum, each, at) => sum + (harmless.has(each) ? chances[at]! : 0), 0),
  );
  return Math.min(1, ...sums);
}

function describe(intent: Class, wishes: readonly Class[], judged: readonly Judged[], text: string): FoundIntent {
  const confidence = Math.round(100 * chanceOf(intent, judged)) / 100;
  return { intent, confidence, excerpt: wishes.length > 1 ? excerptOf(intent, wishes, judged, text) : null };
}

/** From the first to the last clause of a wish, with the story that leads to it. */
function excerptOf(intent: Class, wishes: readonly Class[], judged: readonly Judged[], text: string): string {
  const isWish = ({ best }: Judged) => wishes.includes(best);
  const first = judged.findIndex(({ best }) => best === intent);
  const last = judged.findLastIndex(({ best }) => best === intent);
  const start = judged.findLastIndex((clause, at) => at < first && isWish(clause)) + 1;
  const next = judged.findIndex((clause, at) => at > last && isWish(clause));
  const isLastWish = next < 0;
  const end = isLastWish ? judged.length - 1 : last;
  return text.slice(judged[start]!.start, judged[end]!.end);
}

function calibrated(chance: number, { factor, offset }: StoredWeights['certainty']): number {
  const kept = Math.min(1 - 1e-6, Math.max(1e-6, chance));
  const odds = factor * Math.log(kept / (1 - kept)) + offset;
  return Math.round(1000 / (1 + Math.exp(-odds))) / 1000;
}
