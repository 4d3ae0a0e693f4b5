import type { Language } from '@supportgraph/kernel';
import { hideCards } from './cards.js';
import { leakFinder } from './canary.js';
import { keepLinks } from './links.js';
import { openPromise, promise, promiseFilter } from './promises.js';
import type { Vault } from './vault.js';

export interface OutgoingOptions {
  language: Language;
  /** Hosts that links may lead to. */
  linkHosts: readonly string[];
  prompt: string;
  canary: string;
  vault: Vault;
}

/** What may be told of a model's text, as it comes. The same whatever pieces it comes in. */
export interface Outgoing {
  /** What can be told now; the rest waits for what follows it. */
  write(delta: string): string;
  /** What was left when the text ended. */
  end(): string;
  /** Whether the prompt began to leak: then nothing more is told. */
  readonly hasLeaked: boolean;
}

/** Keys of providers and the platform, and tokens of sessions. */
const secret =
  /\b(?:sk|pk|rk)[-_][\w-]{16,}|\bsg_[\w-]{16,}|\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*|\bBearer\s+[\w.~+/-]{16,}=*/g;

/** A text that nothing ends for so long is told as it is, cleaned. */
const longestWait = 1_500;
/** How much of what was told is looked at again for a leak that began in it. */
const overlap = 80;

/** Makes the {@link Outgoing} of one model call. */
export function outgoing({ language, linkHosts, prompt, canary, vault }: OutgoingOptions): Outgoing {
  const findLeak = leakFinder(prompt, canary);
  const withoutPromises = promiseFilter(language);
  let held = '';
  let recent = '';
  let hasLeaked = false;

  function release(text: string): string {
    if (hasLeaked || text === '') return '';
    const leak = findLeak(recent + text);
    hasLeaked = leak >= 0;
    const told = hasLeaked ? text.slice(0, Math.max(0, leak - recent.length)) : text;
    recent = (recent + told).slice(-overlap);
    return clean(told);
  }

  const clean = (text: string) =>
    vault.reveal(withoutPromises(keepLinks(hideCards(text).replace(secret, '…'), linkHosts)));

  return {
    get hasLeaked() {
      return hasLeaked;
    },
    write(delta) {
      held += delta;
      const place = held.length > longestWait ? held.length : safeEnd(held);
      const text = held.slice(0, place);
      held = held.slice(place);
      return release(text);
    },
    end() {
      const text = held;
      held = '';
      return release(text);
    },
  };
}

/** A number in groups at the end of a text. */
const openNumber = /[0-9０-９](?:[ \u00a0.\-‐-―]?[0-9０-９])*[ \u00a0.\-‐-―]?$/u;
/** How such a number ends. */
const numberEnd = /[0-9０-９ \u00a0.\-‐-―]$/u;

/** Other ends of a text that may become, with what follows, something that is not told as it stands. */
const openEnds = [
  // A link or an image, whose address comes after its words.
  /!?\[[^\]]{0,300}(?:\](?:\([^)]*)?)?$/,
  /!?\[[^\]]{0,300}\]\s*$/,
  // A tag, a token, a bearer.
  /<[a-z/][^>]{0,300}$/i,
  /⟦[^⟧]{0,40}$/u,
  /\bBearer\s*[\x21-\x7e]*$/i,
];

/** Without one of these a text has none of {@link openEnds}. */
const openMark = /[[<⟦]|Bearer/i;

/** What is only told whole. */
const wholes = [/!?\[[^\]]{0,300}\](?:\([^)]*\)|\[[^\]]*\])/g, /<[a-z/][^>]{0,300}>/gi, secret, promise];

/** Where the word at the end of a text begins: an address, a secret, the prompt's mark. */
function openWord(text: string): number {
  let place = text.length;
  while (place > 0 && isOfWord(text.charCodeAt(place - 1))) place -= 1;
  return place;
}

const isOfWord = (code: number) => code >= 0x21 && code <= 0x7e;

const beginOf = (open: RegExp, text: string) => open.exec(text)?.index ?? text.length;

/** How much of a text can be told whatever follows it. */
function safeEnd(text: string): number {
  let place = Math.min(openWord(text), openPromise(text));
  if (numberEnd.test(text)) place = Math.min(place, beginOf(openNumber, text));
  if (openMark.test(text)) for (const open of openEnds) place = Math.min(place, beginOf(open, text));
  // `matchAll` copies its expression: with every delta that took most of the guard’s time.
  const found = wholes.filter((whole) => text.search(whole) >= 0);
  const spans = found.flatMap((whole) => [...text.matchAll(whole)].map((match) => [match.index, match[0].length]));
  // From the last to the first, as one may begin within another.
  for (const [start, length] of spans.sort(([a], [b]) => b! - a!))
    if (start! < place && place < start! + length!) place = start!;
  return place;
}
