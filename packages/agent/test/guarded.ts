import type { Language } from '@supportgraph/kernel';
import { expect } from 'vitest';
import { canaryOf } from '../src/guard/canary.js';
import { outgoing } from '../src/guard/outgoing.js';
import { openBook, type Vault } from '../src/index.js';

export const prompt = [
  'You are the assistant for orders in the support chat of an online shop: where an order is, what is in it.',
  '',
  '- Look at an order with `get_order` before you speak about it or change it. Give amounts, dates, states exactly as the tool has them.',
  '- Say what you can help with: general questions, orders, returns and refunds, technical problems.',
].join('\n');
export const canary = canaryOf(prompt);

export interface Told {
  text: string;
  hasLeaked: boolean;
}

/** What is told of a text that comes in these deltas. */
export function tellDeltas(deltas: Iterable<string>, vault: Vault = openBook, language: Language = 'en'): Told {
  const guarded = outgoing({ language, linkHosts: ['shop.example'], prompt, canary, vault });
  let told = '';
  for (const delta of deltas) told += guarded.write(delta);
  return { text: told + guarded.end(), hasLeaked: guarded.hasLeaked };
}

/** A text in pieces of so many characters. */
export function* inPieces(text: string, size: number): Generator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

/** What is told of a text, whatever deltas it comes in. */
export function tell(text: string, vault?: Vault): Told {
  const told = [1, 2, 3, 5, 7, 16, 10_000].map((size) => tellDeltas(inPieces(text, size), vault));
  const differing = told.find((each) => each.text !== told[0]!.text || each.hasLeaked !== told[0]!.hasLeaked);
  if (differing) throw new Error(`Told “${told[0]!.text}”, or “${differing.text}”.`);
  return told[0]!;
}

export type Spoken = Extract<Language, 'en' | 'zh-Hant'>;

export const offers = { en: 'olleague to take this over, just say so', 'zh-Hant': '如果您希望由專人接手' } as const;
export const unchanged = { en: 'I change nothing by myself', 'zh-Hant': '我不會自行變更任何內容' } as const;

/** What is told of a text that comes in pieces of so many characters, in a turn that has looked something up or not. */
export function tellInPieces(text: string, size: number, language: Spoken = 'en', isInformed = false): string {
  const guarded = outgoing({
    ...{ language, linkHosts: [], prompt: 'You answer.', canary: 'sg-none', vault: openBook, isInformed },
  });
  let told = '';
  for (const piece of inPieces(text, size)) told += guarded.write(piece);
  return told + guarded.end();
}

/** Says a sentence by itself, after another and before another, in pieces of several sizes: always the same is told. */
export function told(sentence: string, language: Spoken, isInformed = false): string {
  const [before, after] = language === 'en' ? ['Thank you. ', ' Goodbye'] : ['謝謝您。', '再見'];
  const texts = [sentence, `${before}${sentence}${after}`];
  for (const text of texts) {
    const whole = tellInPieces(text, 10_000, language, isInformed);
    for (const size of [1, 3, 7]) expect([size, tellInPieces(text, size, language, isInformed)]).toEqual([size, whole]);
  }
  const alone = tellInPieces(sentence, 10_000, language, isInformed);
  const within = tellInPieces(texts[1]!, 10_000, language, isInformed);
  expect(within).toBe(`${before}${alone}${after}`);
  return alone;
}
