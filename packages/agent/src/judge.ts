import type { Reply } from './readReply.js';

/** What to do after a model's reply. */
export type Verdict = 'answered' | 'useTools' | 'resume' | 'cutShort' | 'refused' | 'incomplete';

/**
 * Decides what to do after a model's reply. Only `end_turn` is an answer, and only with words (`hasAnswer`); a stop reason
 * that we do not know is none.
 */
export function judge({ stopReason, calls }: Reply, hasAnswer: boolean): Verdict {
  switch (stopReason) {
    case 'end_turn':
      return hasAnswer ? 'answered' : 'incomplete';
    case 'tool_use':
      return calls && calls.length > 0 ? 'useTools' : 'incomplete';
    case 'pause_turn':
      // The API pauses for tools of its own; a call of ours would stay without its result.
      return calls?.length === 0 ? 'resume' : 'incomplete';
    case 'max_tokens':
      // A tool call that was cut off must not run; words that were cut off are still of use.
      return hasAnswer && calls?.length === 0 ? 'cutShort' : 'incomplete';
    case 'refusal':
      return 'refused';
    default:
      return 'incomplete';
  }
}
