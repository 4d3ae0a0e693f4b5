import { hideCards } from './cards.js';

const kinds = [
  ['email', /[\w.%+-]+@[\w-]+(?:\.[\w-]+)+/gu],
  [
    'phone',
    /(?<![\w#-])(?:\+\d{1,3}[ -]?)?(?:\(\d{1,4}\)[ -]?)?\d{2,4}[ -]\d{3,4}[ -]?\d{3,4}(?![\w-])|(?<![\w#-])\+\d{8,15}(?!\w)|(?<![\w#-])09\d{8}(?!\d)/gu,
  ],
  [
    'address',
    /\b\d{1,5} (?:[A-Z][\w'.-]* ){1,4}(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Way|Place|Pl)\b\.?|\p{Script=Han}{1,8}(?:路|街|大道)(?:\p{Script=Han}{1,3}段)?(?:\d+巷)?(?:\d+弄)?\d+號(?:\d+樓)?/gu,
  ],
] as const;

const token = /⟦[^⟦⟧]{0,40}⟧/gu;

/**
 * Personal data of one turn: the model reads tokens such as `⟦email_1⟧` in its place, and what the model writes is told
 * with the data again. The same data always has the same token. A token that was never given is removed.
 */
export interface Vault {
  /** The text without personal data, and without the numbers of payment cards. */
  hide(text: string): string;
  /** Every text in a value, hidden. */
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

  function tokenOf(kind: string, value: string): string {
    const known = tokens.get(value);
    if (known) return known;
    const number = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, number);
    const made = `⟦${kind}_${number}⟧`;
    tokens.set(value, made);
    values.set(made, value);
    return made;
  }

  function hide(text: string): string {
    let hidden = hideCards(text).replace(/[⟦⟧]/gu, '');
    for (const [kind, pattern] of kinds) hidden = hidden.replace(pattern, (value) => tokenOf(kind, value));
    return hidden;
  }

  const reveal = (text: string) => text.replace(token, (written) => values.get(written) ?? '');
  return {
    hide,
    reveal,
    hideIn: (value) => mapTexts(value, hide),
    revealIn: (value) => mapTexts(value, reveal),
  };
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
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
