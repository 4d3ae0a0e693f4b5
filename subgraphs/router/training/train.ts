import { createHash } from 'node:crypto';
import { classes } from '../src/domain/classes.js';
import { makeClassifier, type StoredWeights } from '../src/domain/classifier.js';
import { fitCertainty } from './certainty.js';
import type { Labelled } from './labelled.js';
import { learn, type Weights } from './learn.js';
import { seededRandom } from './random.js';
import { messagesFromTemplates } from './templates.js';
import { joined, roughened } from './variations.js';

/** Features that are kept: those whose weights differ most between classes. */
const keptFeatures = 100_000;
const seed = 20261126;
/** Messages put together, for each that was written. */
const joinedShare = 0.4;
/** Messages repeated as people type, for each that was written. */
const roughShare = 0.5;
/** One in so many messages is kept apart to learn how sure the classifier may be. */
const apart = 5;

export interface TrainOptions {
  /** Times that each message is seen. @default 9 */
  rounds?: number;
  /** Messages besides those that were written. @default those of `training/templates` */
  templates?: readonly Labelled[];
}

/** Learns the classifier: the same bytes from the same messages. */
export async function trainRouting(
  written: readonly Labelled[],
  { rounds = 9, templates }: TrainOptions = {},
): Promise<StoredWeights> {
  const messages = [...written, ...(templates ?? (await messagesFromTemplates(seededRandom(seed))))];
  const isApart = (place: number) => place % apart === 0;
  const partial = trainWeights(messages.filter((_, place) => !isApart(place)), rounds); // prettier-ignore
  const certainty = fitCertainty(makeClassifier(partial), messages.filter((_, place) => isApart(place))); // prettier-ignore
  return { ...trainWeights(messages, rounds), certainty };
}

function trainWeights(messages: readonly Labelled[], rounds: number): StoredWeights {
  const random = seededRandom(seed);
  const lessons = [
    ...messages,
    ...joined(messages, Math.round(joinedShare * messages.length), random),
    ...roughened(messages, roughShare, random),
  ];
  return store(learn(lessons, random, { rounds, pace: 0.35, decay: 1e-5, dropped: 0.2 }));
}

/** The weights as bytes, and the digest of them. */
function store({ features: hashes, table }: Weights): StoredWeights {
  const rowOf = (place: number) => table.subarray(place * classes.length, (place + 1) * classes.length);
  const kept = hashes
    .map((hash, place) => ({
      hash,
      row: rowOf(place),
      strength: Math.max(...rowOf(place)) - Math.min(...rowOf(place)),
    }))
    .sort((one, other) => other.strength - one.strength || one.hash - other.hash)
    .slice(0, keptFeatures)
    .sort((one, other) => one.hash - other.hash);
  const scale = Number((largest(kept.map(({ row }) => row)) / 127).toPrecision(6));
  const features = Buffer.alloc(kept.length * 3);
  kept.forEach(({ hash }, place) => features.writeUIntBE(hash, place * 3, 3));
  const bytes = Int8Array.from(kept.flatMap(({ row }) => Array.from(row, (value) => Math.round(value / scale))));
  return {
    version: createHash('sha256').update(features).update(bytes).digest('hex').slice(0, 12),
    scale,
    certainty: { factor: 1, offset: 0 },
    features: features.toString('base64'),
    weights: Buffer.from(bytes).toString('base64'),
  };
}

function largest(rows: readonly Float32Array[]): number {
  return rows.reduce((highest, row) => row.reduce((most, value) => Math.max(most, Math.abs(value)), highest), 0);
}

/** The file of the weights, as it is committed. */
export function asFile(stored: StoredWeights): string {
  return `${JSON.stringify(stored, null, 2)}\n`;
}
