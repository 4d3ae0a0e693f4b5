import type { SessionEvent } from './events.js';

/** The texts of a reply by the ids of its parts, in the order in which they began. */
export type WrittenParts = ReadonlyMap<string, string>;

/** What is written of a reply once an event has come. Applying an event twice changes nothing. */
export function withEvent(parts: WrittenParts, event: SessionEvent): WrittenParts {
  // What is stored in the end is what counts.
  if (event.__typename === 'TurnFinished') return event.turn.reply ? textParts(event.turn.reply) : parts;
  const next = new Map(parts);
  if (event.__typename === 'TextDelta')
    next.set(event.partId, (parts.get(event.partId) ?? '').slice(0, event.offset) + event.text);
  if (event.__typename === 'PartRemoved') next.delete(event.partId);
  return next;
}

function textParts({ parts }: { parts: readonly { __typename: string; id: string; text?: string }[] }): WrittenParts {
  return new Map(parts.flatMap(({ id, text }) => (text === undefined ? [] : [[id, text] as const])));
}

/** The parts as one Markdown text. */
export function textOf(parts: WrittenParts): string {
  return [...parts.values()].join('\n\n');
}
