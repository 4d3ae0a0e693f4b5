import { createHash } from 'node:crypto';
import { classes, makeClassifier, type StoredWeights } from '../src/domain/classifier.js';
import { fitCertainty } from './certainty.js';
import { makeCorpus, type Example, type Part } from './corpus.js';
import { learn, type Weights } from './learn.js';
import { seededRandom } from './random.js';

/** Features that are kept: those whose weights differ most between classes. */
const keptFeatures = 22_000;
const seed = 20261126;

export interface TrainOptions {
  /** Times that each clause is seen. @default 6 */
  rounds?: number;
  /** Which templates to learn from, by their place. @default all */
  part?: Part;
  /** How many of the messages that are put together from several sentences. @default 1, all */
  share?: number;
  /** Messages to learn from besides those of the templates. @default none */
  more?: readonly Example[];
}

/** Learns the classifier from the templates: the same bytes from the same templates. */
export async function trainRouting(options: TrainOptions = {}): Promise<StoredWeights> {
  const { rounds = 6, part = () => true, share = 1, more = [] } = options;
  const unseen = (place: number) => place % 4 === 0;
  const partial = await trainWeights(Math.ceil(rounds / 2), (place) => part(place) && !unseen(place), share, []);
  const others = await makeCorpus(seededRandom(seed + 1), (place) => part(place) && unseen(place), share);
  const certainty = fitCertainty(makeClassifier(partial), others);
  const weights = await trainWeights(rounds, part, share, more);
  return { ...weights, certainty };
}

async function trainWeights(
  rounds: number,
  part: Part,
  share: number,
  more: readonly Example[],
): Promise<StoredWeights> {
  const random = seededRandom(seed);
  const examples = [...(await makeCorpus(random, part, share)), ...more];
  return store(learn(examples, random, { rounds, pace: 0.35, decay: 1e-5, dropped: 0.25 }));
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
  const bytes = Int8Array.from(kept.flatMap(({ row }) => [...row].map((value) => Math.round(value / scale))));
  return {
    version: createHash('sha256').update(features).update(bytes).digest('hex').slice(0, 12),
    scale,
    certainty: { factor: 1, offset: 0 },
    features: features.toString('base64'),
    weights: Buffer.from(bytes).toString('base64'),
  };
}

function largest(rows: readonly Float64Array[]): number {
  return rows.reduce((highest, row) => row.reduce((most, value) => Math.max(most, Math.abs(value)), highest), 0);
}

/** The file of the weights, as it is committed. */
export function asFile(stored: StoredWeights): string {
  return `${JSON.stringify(stored, null, 2)}\n`;
}
