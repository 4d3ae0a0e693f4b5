import type { Language, Text } from '@supportgraph/kernel';
import type { ReplyWriter } from './job.js';

/** What an agent says in a turn: the texts of several model calls become paragraphs of one reply. */
export interface Speech {
  /** A model call begins. */
  beginCall(): void;
  /** Whether the current model call has said something. */
  readonly spokeInCall: boolean;
  /** Whether anything was said in this turn. */
  readonly spoke: boolean;
  /** The end of what the current model call has said. */
  readonly lastWords: string;
  /** Says some more of a model's text. */
  write(delta: string): void;
  /** Says a sentence of ours as a paragraph of its own. */
  sentence(text: Text): void;
}

/** White space, controls and what has no form of its own, at the beginning of a text: not something said. */
const nothingSeen = /^[\s\p{C}]+/u;

/** How much is kept of what was said, in characters. */
const keptWords = 600;

/** Makes the {@link Speech} of a turn. */
export function speech(writer: ReplyWriter, language: Language): Speech {
  let spoke = false;
  let spokeInCall = false;
  let lastWords = '';
  const write = (delta: string) => {
    const text = spokeInCall ? delta : delta.replace(nothingSeen, '');
    if (text === '') return;
    writer.text(spoke && !spokeInCall ? `\n\n${text}` : text);
    spoke = true;
    spokeInCall = true;
    lastWords = (lastWords + text).slice(-keptWords);
  };
  return {
    beginCall() {
      spokeInCall = false;
      lastWords = '';
    },
    get spokeInCall() {
      return spokeInCall;
    },
    get spoke() {
      return spoke;
    },
    get lastWords() {
      return lastWords;
    },
    write,
    sentence(text) {
      spokeInCall = false;
      write(text[language]);
    },
  };
}
