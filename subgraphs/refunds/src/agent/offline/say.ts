import { holds, type OfflineStep, type OfflineTurn } from '@supportgraph/agent';
import type { Text } from '@supportgraph/kernel';
import { sentences } from './sentences.js';

/** What stands between two sentences. */
export const between = { en: ' ', 'zh-Hant': '' };

export function say({ language }: OfflineTurn, ...texts: readonly (Text | string)[]): OfflineStep {
  const told = texts.map((text) => (typeof text === 'string' ? text : text[language]));
  return { say: told.filter(Boolean).join(between[language]) };
}

/** Says it; if it was said before, offers a person. */
export function twice(turn: OfflineTurn, first: Text, again: Text = first): OfflineStep {
  const said = turn.history.filter(({ author }) => author === 'ASSISTANT').map(({ text }) => text);
  const before = said.some((text) => holds(text, first));
  return before ? say(turn, again, sentences.offer) : say(turn, first);
}
