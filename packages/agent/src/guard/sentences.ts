import type { Language, Text } from '@supportgraph/kernel';

/** A kind of sentence that is not told: another one takes its place. */
export interface SentenceRule {
  /** How it begins, found from a place on. */
  begins: RegExp;
  /** The same at a place. */
  beginsHere: RegExp;
  /** The end of a text that may become such a beginning, found from a place on. */
  mayBegin: RegExp;
  /**
   * Whether what begins so is such a sentence. Both together may be no whole sentence if that has no end. `isInformed` says
   * whether it may be told from records.
   */
  isMet(rest: string, before: string, isInformed: boolean): boolean;
  /** What is told in its place, as it stands after the beginning of a sentence. */
  instead: Text;
  /** What ends a sentence that has begun, when the other was told already. */
  again: Text;
  /** The kind whose words it shares: they are told once for both. @default its own */
  like?: SentenceRule;
}

/** What begins like a sentence of a kind, and the end of a text that may become such a beginning. */
export interface Beginning {
  begins: string;
  mayBegin: string;
}

/** Expressions for {@link SentenceRule}: at each place only those of one language are tried. */
export function beginnings(
  english: Beginning,
  chinese: Beginning,
): Pick<SentenceRule, 'begins' | 'beginsHere' | 'mayBegin'> {
  const either = (part: keyof Beginning) => `(?=[a-z])(?:${english[part]})|(?![a-z])(?:${chinese[part]})`;
  return {
    begins: new RegExp(either('begins'), 'gi'),
    beginsHere: new RegExp(either('begins'), 'iy'),
    mayBegin: new RegExp(either('mayBegin'), 'gi'),
  };
}

/** A text with sentences replaced, as it comes. The same whatever pieces it comes in. */
export interface SentenceFilter {
  /** What can be told now. */
  write(text: string): string;
  /** What was left when the text ended. */
  end(): string;
}

/** How much of a sentence is waited for. */
const longestSentence = 300;
/** How much of what was told is looked at again. */
const context = 200;

const abbreviation = String.raw`(?<!\b(?:Mr|Mrs|Ms|Dr|No|St|approx|e\.g|i\.e))`;
const marks = '!?。！？…';
const closers = String.raw`"'”’」』）)*_`;
/** The end of a sentence, with what follows as proof: the point in 20.00 is none. */
const sentenceEnd = new RegExp(
  String.raw`(?:${abbreviation}\.+|[${marks}]+)[${closers}]*(?=\s|(?![${marks}${closers}])[\u2e80-\uffef])|[${marks}]+(?=[^${marks}${closers}])|(?=\n)`,
  'g',
);
/** A word of Latin letters that may go on. */
const openWord = /[A-Za-z'’]{1,40}$/;
/** Nothing of a sentence but what stands before its first word. */
const isAtStart = /(?:^|[.!?。！？…\n]["'”’」』）)*_]*)(?:\s|[-*•>#]|\d{1,2}[.)、])*$/;

/** How much of a text is looked at in one go. */
const stride = 400;

/** Replaces sentences, each kind's by its own, which is told once for all filters that share what was `told`. */
export function sentenceFilter(
  rules: readonly SentenceRule[],
  language: Language,
  told: Set<SentenceRule> = new Set(),
  isInformed = false,
): SentenceFilter {
  // What was told, as far as it is still looked at, and from `place` on what waits.
  let text = '';
  let place = 0;
  let state: 'telling' | 'waiting' | 'dropping' = 'telling';
  // Where each rule is met next, as far as the text goes: looked for once.
  const next = rules.map(() => -1);
  // Where each may begin next, likewise.
  const nextOpen = rules.map(() => -1);

  function nextBeginning(): number {
    for (const [index, { begins }] of rules.entries())
      if (next[index]! < place) next[index] = findFrom(begins, text, place);
    return Math.min(...next);
  }

  /** From where on it takes more text to know whether something begins. */
  function openFrom(): number {
    for (const [index, { mayBegin }] of rules.entries())
      if (nextOpen[index]! < place) nextOpen[index] = findFrom(mayBegin, text, place);
    const word = openWord.exec(text.slice(Math.max(place, text.length - 40)))?.[0].length ?? 0;
    return Math.min(text.length - word, ...nextOpen);
  }

  function instead(rule: SentenceRule, before: string, rest: string): string {
    const isStart = isAtStart.test(before);
    // “Your colleague has been …”, 退款已經…: a part of the sentence was told that nothing follows from now.
    const isOpen =
      /^(?:has|have|was|were|been|is|are)\b/i.test(rest) || /(?:已|已經|已经|your|the|our|an?) *$/i.test(before);
    const dash = isStart || !isOpen ? '' : language === 'en' ? '– ' : '——';
    const kind = rule.like ?? rule;
    if (told.has(kind)) return isStart ? '' : dash + rule.again[language];
    told.add(kind);
    const words = rule.instead[language];
    return isStart ? asSentence(words) : dash + words;
  }

  /** Moves on to a place and returns what lies between. */
  function moveTo(end: number): string {
    const passed = text.slice(place, end);
    place = end;
    return passed;
  }

  /** Tells as far as nothing begins. */
  function tell(isLast: boolean): string {
    const start = nextBeginning();
    const open = isLast || start === place ? text.length : openFrom();
    if (start <= open && start < text.length) state = 'waiting';
    return moveTo(Math.min(start, open));
  }

  /** Tells or replaces what begins at `place`, once enough of it is known. */
  function decide(isLast: boolean): string {
    const end = endOfSentence(text, place, isLast);
    if (end === null && text.length - place <= longestSentence) return '';
    const until = Math.min(end ?? text.length, place + longestSentence);
    const before = text.slice(Math.max(0, place - context), place);
    const rest = text.slice(place, until);
    const begins = ({ beginsHere }: SentenceRule) => findFrom(beginsHere, text, place) === place;
    const met = rules.find((rule) => begins(rule) && rule.isMet(rest, before, isInformed));
    state = met && end !== until ? 'dropping' : 'telling';
    if (!met) return moveTo(place + firstWord(rest).length);
    moveTo(until);
    return instead(met, before, rest);
  }

  /** Leaves out what remains of a replaced sentence. */
  function drop(isLast: boolean): string {
    const end = endOfSentence(text, place, isLast);
    if (end !== null) state = 'telling';
    moveTo(end ?? text.length);
    return '';
  }

  const steps = { telling: tell, waiting: decide, dropping: drop };

  function go(isLast: boolean): string {
    let out = '';
    for (;;) {
      const [before, was] = [place, state];
      out += steps[state](isLast);
      if (place === text.length || (place === before && state === was)) break;
      if (state === 'telling' && was === 'telling') break;
    }
    return out;
  }

  /** Takes more of the text in, and forgets what is no longer looked at. */
  function take(more: string): void {
    const passed = Math.max(0, place - context);
    next.fill(-1);
    nextOpen.fill(-1);
    text = text.slice(passed) + more;
    place -= passed;
  }

  return {
    write(more) {
      let out = '';
      for (let at = 0; at < more.length; at += stride) {
        take(more.slice(at, at + stride));
        out += go(false);
      }
      return out;
    },
    end: () => go(true),
  };
}

/** Words with one space between them, without Markdown. */
export const plain = (text: string) => text.replace(/[\s*_]+/g, ' ');

/** Whether a text begins in English, and not in Chinese. */
export const isLatin = (text: string) => /^[A-Za-z]/.test(text);

/** Words as they stand at the beginning of a sentence. */
export const asSentence = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

/** Where an expression is first found from a place on; the text's length if it is not. */
function findFrom(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.exec(text)?.index ?? text.length;
}

/** Where a sentence ends, its marks included; null if that is not known yet. */
function endOfSentence(text: string, from: number, isLast: boolean): number | null {
  sentenceEnd.lastIndex = from;
  const found = sentenceEnd.exec(text);
  return found ? found.index + found[0].length : isLast ? text.length : null;
}

/** What of a text belongs to the sentence that it ends in. */
export function lastSentence(text: string): string {
  const ends = [...text.matchAll(/[.!?](?=\s)|[。！？\n]/g)];
  return text.slice((ends.at(-1)?.index ?? -1) + 1).trimStart();
}

/** A word of Latin letters, or one sign. */
const firstWord = (text: string) => /^(?:[A-Za-z'’]+|[^])/.exec(text)![0];
