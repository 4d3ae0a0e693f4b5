import { hideCards } from './cards.js';
import { addressLabel, isReference, kindOfField, personalData, type PersonalKind } from './personalData.js';

const token = /⟦[^⟦⟧]{0,40}⟧/gu;
/** How much of what stands before personal data tells what it is. */
const looksBack = 40;

/** What is in a token; models write it in capitals or with spaces. */
const nameOf = (written: string) =>
  written
    .slice(1, -1)
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');

/** A text without cards, in which nothing passes for a token. */
const withoutTokens = (text: string) => hideCards(text).replace(/[⟦⟧]/gu, '');

/**
 * Personal data of one turn: the model reads tokens such as `⟦email_1⟧` in its place, and what the model writes is told
 * with the data again. The same data always has the same token. A token that was never given is removed.
 */
export interface Vault {
  /** The text without personal data, and without the numbers of payment cards. */
  hide(text: string): string;
  /** Every text in a value, hidden; as a whole where the name of its field says what it is, such as `address`. */
  hideIn(value: unknown): unknown;
  reveal(text: string): string;
  /** Every text in a value, revealed. */
  revealIn(value: unknown): unknown;
}

/** Makes the {@link Vault} of a turn. */
export function openVault(): Vault {
  const tokens = new Map<string, string>();
  const values = new Map<string, string>();
  const counts = new Map<string, number>();

  function tokenOf(kind: PersonalKind, value: string): string {
    const known = tokens.get(value);
    if (known) return known;
    const number = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, number);
    const made = `⟦${kind}_${number}⟧`;
    tokens.set(value, made);
    values.set(nameOf(made), value);
    return made;
  }

  function hide(text: string): string {
    let hidden = withoutTokens(text);
    for (const { kind, pattern, isMet } of personalData)
      hidden = hidden.replace(pattern, (value: string, place: number, whole: string) =>
        !isMet || isMet(value, whole.slice(Math.max(0, place - looksBack), place)) ? tokenOf(kind, value) : value,
      );
    return hidden;
  }

  /** A text that is personal data as a whole. */
  function hideWhole(kind: PersonalKind, text: string): string {
    const value = withoutTokens(text);
    return value.trim() === '' ? value : tokenOf(kind, value);
  }

  function hideLine(line: string): string {
    const label = addressLabel(line);
    return label === null ? hide(line) : label + hideWhole('address', line.slice(label.length));
  }

  /** What a field of this name holds, hidden. */
  function hideField(name: string, value: unknown): unknown {
    const kind = kindOfField(name);
    if (kind) return mapTexts(value, (text) => hideWhole(kind, text));
    if (name === 'details') return mapTexts(value, hideLine);
    return isReference(name) ? value : hideIn(value);
  }

  function hideIn(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(hideIn);
    if (typeof value !== 'object' || value === null) return mapTexts(value, hide);
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, hideField(name, item)]));
  }

  const reveal = (text: string) => text.replace(token, (written) => values.get(nameOf(written)) ?? '');
  return {
    hide,
    reveal,
    hideIn,
    revealIn: (value) => mapTexts(value, reveal),
  };
}

/** A value of JSON's kind with every text in it changed. */
export function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTexts(item, change)]));
}

/** For a model that runs in this process: nothing leaves it, so nothing is hidden. */
export const openBook: Vault = {
  hide: (text) => text,
  hideIn: (value) => value,
  reveal: (text) => text,
  revealIn: (value) => value,
};
