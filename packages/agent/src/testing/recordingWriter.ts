import type { Text } from '@supportgraph/kernel';
import type { ReplyWriter } from '../job.js';

/** A tool call as a writer was told of it. */
export interface RecordedCall {
  name: string;
  label: Text;
  arguments: unknown;
  outcome?: { status: 'SUCCEEDED' | 'FAILED'; result: unknown };
}

/** A writer that keeps what was written. */
export interface RecordingWriter extends ReplyWriter {
  /** The text so far. */
  readonly written: string;
  readonly deltas: readonly string[];
  readonly calls: readonly RecordedCall[];
  readonly citations: readonly { number: number; title: string }[];
  readonly orders: readonly string[];
}

/** Makes a {@link RecordingWriter}; `onText` is told of each delta. */
export function recordingWriter(onText: (delta: string) => void = () => {}): RecordingWriter {
  const deltas: string[] = [];
  const calls: RecordedCall[] = [];
  const citations: { number: number; title: string }[] = [];
  const orders: string[] = [];
  return {
    deltas,
    calls,
    citations,
    orders,
    get written() {
      return deltas.join('');
    },
    text(delta) {
      deltas.push(delta);
      onText(delta);
    },
    cite: (citation) => void citations.push(citation),
    order: (id) => void orders.push(id),
    toolStarted: (call) => `tlc_${calls.push({ ...call })}`,
    toolFinished: (id, outcome) => {
      calls[Number(id.slice('tlc_'.length)) - 1]!.outcome = outcome;
    },
    flush: async () => {},
  };
}
