import type { Text } from '@supportgraph/kernel';
import type { OfflineTurn, ToolResult } from './playbook.js';

/** Whether a text has a sentence of ours, in either language. */
export function holds(text: string, sentence: Text): boolean {
  return Object.values(sentence).some((each) => text.includes(each));
}

/** What was last said to the customer; empty if nothing was. */
export function lastReply({ history }: Pick<OfflineTurn, 'history'>): string {
  return history.findLast(({ author }) => author === 'ASSISTANT')?.text ?? '';
}

/** The codes with which a tool refused. */
export function codesOf({ failed, output }: ToolResult): string[] {
  // Refusals are lists of code and message; a fault is a text.
  return failed && Array.isArray(output) ? output.map(({ code }: { code: string }) => code) : [];
}
