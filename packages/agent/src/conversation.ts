import type { BetaMessageParam } from '@anthropic-ai/sdk/resources/beta/messages/messages';
import type { Language } from '@supportgraph/kernel';
import { beginningOf } from './beginningOf.js';
import type { Entity, RouteJob, Said } from './job.js';
import { openBook, type Vault } from './guard/vault.js';
import { estimateTokens } from './tokens.js';

/** Says which language to answer in. It comes after the prompt, so that both languages share the cached prompt. */
export const languageInstruction: Readonly<Record<Language, string>> = {
  en: 'Answer in English.',
  'zh-Hant': 'Answer in Traditional Chinese as it is written in Taiwan (繁體中文).',
};

const notePrefix = 'Note from triage, not from the customer: ';

/** What triage tells the agent about the message. */
export interface TriageNote {
  answerOnly?: string;
  found?: readonly Entity[];
}

/** The conversation as the model is shown it: as much of the history as fits, then the message and triage's note on it. */
export function toMessages(
  job: Pick<RouteJob, 'history' | 'text' | 'excerpt' | 'entities'>,
  historyTokens: number,
  vault: Vault = openBook,
): BetaMessageParam[] {
  const note = writeNote(hidden(job, vault));
  return [
    ...newestThatFit(job.history, historyTokens, vault).map(({ author, text }): BetaMessageParam => ({
      role: author === 'CUSTOMER' ? 'user' : 'assistant',
      content: text,
    })),
    {
      role: 'user',
      content: [{ type: 'text', text: vault.hide(job.text) }, ...(note ? [{ type: 'text' as const, text: note }] : [])],
    },
  ];
}

function hidden({ excerpt, entities }: Pick<RouteJob, 'excerpt' | 'entities'>, { hide }: Vault) {
  return {
    excerpt: excerpt === null ? null : hide(excerpt),
    entities: entities.map(({ name, value }) => ({ name, value: hide(value) })),
  };
}

/**
 * The newest entries within the budget, the long ones cut so that one alone does not push the others out. The API wants the
 * first to be the customer's and none to be empty.
 */
function newestThatFit(history: readonly Said[], budget: number, { hide }: Vault): Said[] {
  const spoken = history
    .filter(({ text }) => text.trim() !== '')
    .map((said) => ({ ...said, text: cut(hide(said.text), budget / 4) }));
  let left = budget;
  let first = spoken.length;
  while (first > 0 && (left -= estimateTokens(spoken[first - 1]!.text)) >= 0) first -= 1;
  const fitting = spoken.slice(first);
  const customer = fitting.findIndex(({ author }) => author === 'CUSTOMER');
  return customer < 0 ? [] : fitting.slice(customer);
}

/** The beginning of a text, of so many tokens at most. */
function cut(text: string, tokens: number): string {
  if (estimateTokens(text) <= tokens) return text;
  const share = tokens / estimateTokens(text);
  return `${beginningOf(text, Math.floor(text.length * share))} […]`;
}

/** A block of its own in JSON, so that nothing a customer writes can pass for it. */
function writeNote({ excerpt, entities }: Pick<RouteJob, 'excerpt' | 'entities'>): string | null {
  if (excerpt === null && entities.length === 0) return null;
  const note: TriageNote = {
    ...(excerpt !== null && { answerOnly: excerpt }),
    ...(entities.length > 0 && { found: entities }),
  };
  return notePrefix + JSON.stringify(note);
}

/** Reads back the note that {@link toMessages} wrote. */
export function readNote(text: string | undefined): TriageNote {
  // Only ever called with a block that `writeNote` made.
  return text?.startsWith(notePrefix) ? (JSON.parse(text.slice(notePrefix.length)) as TriageNote) : {};
}
