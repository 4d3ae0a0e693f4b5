import { aims, meetsAims, type Evaluation } from './evaluate.js';

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
/** Kinds of mistakes that are shown. */
const shownMistakes = 15;

/** An evaluation for people; the last line is the summary. */
export function report(evaluation: Evaluation): string {
  const { scores, bands, confusion, methods, count } = evaluation;
  const lines = [
    'route       messages  precision    recall        F1',
    ...scores.map(
      ({ route, count: messages, precision, recall, f1 }) =>
        `${route.padEnd(10)}${String(messages).padStart(10)}${percent(precision).padStart(11)}${percent(recall).padStart(10)}${percent(f1).padStart(10)}`,
    ),
    '',
    `decided by  ${[...methods].map(([method, times]) => `${method.toLowerCase()} ${percent(times / count)}`).join(', ')}`,
    '',
    'confidence  messages     said     right',
    ...bands.map(
      ({ from, count: messages, confidence, right }) =>
        `from ${from.toFixed(1)}  ${String(messages).padStart(10)}${percent(confidence).padStart(9)}${percent(right).padStart(10)}`,
    ),
    `calibration error (ECE) ${percent(evaluation.calibrationError)}`,
    '',
    ...(confusion.length > 0 ? ['wanted → decided, times'] : []),
    ...confusion.slice(0, shownMistakes).map(({ wanted, got, count: times }) => `${wanted} → ${got}  ${times}`),
    '',
    summaryOf(evaluation),
  ];
  return lines.join('\n');
}

function summaryOf(evaluation: Evaluation): string {
  const { count, exact, multiCount, exactMulti, local, exactLocal, calibrationError, meanMicros, slowestMicros } =
    evaluation;
  return [
    `${meetsAims(evaluation) ? 'met' : 'not met'}: ${percent(exact)} of ${count} exact (aim ${percent(aims.exact)})`,
    `${percent(exactMulti)} of ${multiCount} with several routes (aim ${percent(aims.exactMulti)})`,
    `${percent(local)} decided locally, ${percent(exactLocal)} of them exact`,
    `ECE ${percent(calibrationError)}`,
    `${Math.round(meanMicros)} µs a local decision, slowest ${Math.round(slowestMicros)} µs`,
  ].join('; ');
}
