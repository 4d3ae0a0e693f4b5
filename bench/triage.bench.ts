import { readFile } from 'node:fs/promises';
import { localClassifier } from '../subgraphs/router/src/domain/localClassifier.js';
import { readLabelled, type Labelled } from '../subgraphs/router/training/labelled.js';
import { type Bench, percentile } from './bench.js';

const file = new URL('../subgraphs/router/training/heldOut.jsonl', import.meta.url);
const warmUpRounds = 5;
const rounds = 5;

const isChinese = ({ text }: Labelled) => /\p{Script=Han}/u.test(text);

interface Cost {
  /** CPU time for a message, in µs. */
  cpu: number;
  /** What 99 of 100 messages take at most, in µs. */
  p99: number;
  slowest: number;
}

/** Has all messages decided, round after round, and measures the last rounds. */
function measure(messages: readonly Labelled[]): Cost {
  const decideAll = () => messages.map(({ text }) => microsecondsFor(text));
  for (let round = 0; round < warmUpRounds; round++) decideAll();
  const before = process.cpuUsage();
  const times = Array.from({ length: rounds }, decideAll).flat();
  const { user, system } = process.cpuUsage(before);
  return { cpu: (user + system) / times.length, p99: percentile(times, 0.99), slowest: Math.max(...times) };
}

function microsecondsFor(text: string): number {
  const startedAt = performance.now();
  localClassifier.classify(text);
  return 1_000 * (performance.now() - startedAt);
}

/** What a decision of the local classifier costs. */
export const bench: Bench = async () => {
  const messages = readLabelled(await readFile(file, 'utf8'));
  const several = messages.filter(({ routes }) => routes.length > 1);
  const kinds: readonly [string, readonly Labelled[]][] = [
    ['English', messages.filter((each) => !isChinese(each))],
    ['Chinese', messages.filter(isChinese)],
    ['with several wishes', several],
    ['all', messages],
  ];
  const rows = kinds.map(([kind, some]) => {
    const { cpu, p99, slowest } = measure(some);
    const length = some.reduce((sum, { text }) => sum + [...text].length, 0) / some.length;
    return [kind, some.length, ...[length, cpu, p99, slowest].map(Math.round)];
  });
  return {
    about:
      'The local classifier over `subgraphs/router/training/heldOut.jsonl`, message after message in one process: ' +
      `${rounds} rounds after ${warmUpRounds} that warm it up.`,
    columns: ['messages', 'count', 'characters, mean', 'CPU µs, mean', 'p99 µs', 'slowest µs'],
    rows,
    notes: ['The slowest ones hold a garbage collection, or another process had the core.'],
  };
};
