import type { Language } from '@supportgraph/kernel';
import { cardReader } from './cards.js';
import { leakFilter, leakSigns } from './canary.js';
import { withoutInvisible } from './invisible.js';
import { linkReader } from './links.js';
import { asItIs, inTurn, matchAt, pieceFilter, type Reader } from './pieces.js';
import { deeds } from './deeds.js';
import { promises } from './promises.js';
import { relays } from './relays.js';
import { sentenceFilter, type SentenceRule } from './sentences.js';
import { secretReader } from './secrets.js';
import type { Vault } from './vault.js';

export interface OutgoingOptions {
  language: Language;
  /** Hosts that links may lead to. */
  linkHosts: readonly string[];
  prompt: string;
  canary: string;
  vault: Vault;
  /** Kinds of sentences of which the same reply has said what is told instead: model calls of one turn share it. */
  replaced?: Set<SentenceRule>;
  /** Whether something was looked up in this turn: then what the shop did is told from its records. @default false */
  isInformed?: boolean;
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

/** Makes the {@link Outgoing} of one model call. */
export function outgoing(options: OutgoingOptions): Outgoing {
  const { language, linkHosts, prompt, canary, vault, replaced, isInformed } = options;
  const signs = leakSigns(prompt, canary);
  const asked = leakFilter(signs);
  const told = leakFilter(signs);
  const sentences = sentenceFilter([promises, relays, deeds], language, replaced, isInformed);
  const links = linkReader(linkHosts);
  // What is put in and what goes may make a link, a secret, a card or a quotation of what stands beside it.
  const readers = [tokenReader(vault), links, links, secretReader, cardReader];
  const guards = inTurn([asked, ...readers.map(pieceFilter), told]);
  const hasLeaked = () => asked.hasLeaked || told.hasLeaked;
  let isOver = false;

  function end(): string {
    if (isOver) return '';
    isOver = true;
    return sentences.write(guards.end()) + sentences.end();
  }

  return {
    get hasLeaked() {
      return hasLeaked();
    },
    write(delta) {
      if (isOver) return '';
      const text = sentences.write(guards.write(withoutInvisible(delta)));
      return hasLeaked() ? text + end() : text;
    },
    end,
  };
}

/** Finds what stands in the place of personal data, and puts the data back. */
function tokenReader({ reveal }: Vault): Reader {
  return {
    mark: /⟦/g,
    read(text, place, isLast) {
      if (!isLast && matchAt(/⟦[^⟦⟧]{0,40}$/y, text, place) !== undefined) return null;
      const token = matchAt(/⟦[^⟦⟧]{0,40}⟧/y, text, place);
      return token === undefined ? asItIs(text, place) : { length: token.length, told: reveal(token) };
    },
  };
}
