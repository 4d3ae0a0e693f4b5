import type { Language } from '@supportgraph/kernel';
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
