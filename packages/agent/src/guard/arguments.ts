import { hideCards } from './cards.js';
import { leakFinder } from './canary.js';
import { keepLinks } from './links.js';
import { withoutInvisible } from './invisible.js';
import { hideSecrets } from './secrets.js';
import { mapTexts } from './vault.js';

export interface ArgumentGuardOptions {
  /** Hosts that links may lead to. */
  linkHosts: readonly string[];
  prompt: string;
  canary: string;
}

/** A tool's arguments as they may be used, shown and stored; null if they give away the prompt. */
export type ArgumentGuard = (input: unknown) => { input: unknown } | null;

/**
 * What a model writes into the arguments of a tool is shown to customers (labels), to staff (summaries) and stored: so it
 * is cleaned like its text, before the tool sees it.
 */
export function argumentGuard({ linkHosts, prompt, canary }: ArgumentGuardOptions): ArgumentGuard {
  const findLeak = leakFinder(prompt, canary);
  const clean = (text: string) => keepLinks(hideSecrets(hideCards(withoutInvisible(text))), linkHosts);
  return (input) => {
    let hasLeaked = false;
    const cleaned = mapTexts(input, (text) => {
      hasLeaked ||= findLeak(text) >= 0;
      return clean(text);
    });
    return hasLeaked ? null : { input: cleaned };
  };
}
