import type { StreamEvent } from '@supportgraph/conversation';

/** An event as its GraphQL type, with the fields of its kind. */
export interface ShownEvent {
  __typename: StreamEvent['type'];
  cursor: string;
  seq: number;
  firstSeq: number;
  occurredAt: string;
  /** Empty for events that are not of a turn. */
  turnId: string;
  /** Of `ActionUpdated` alone. */
  proposal?: { id: string };
}

/**
 * An event as its GraphQL type. The stream names objects that change by their id, so the field is filled with a
 * reference, and whoever shows the event reads how the object is now. A new object for each subscriber: joins change it.
 */
export function showEvent(event: StreamEvent, sessionId: string): ShownEvent {
  const { type, turnId = '', data, ...placed } = event;
  return { __typename: type, ...placed, turnId, ...data, ...references(event, sessionId) };
}

function references(event: StreamEvent, sessionId: string): object {
  switch (event.type) {
    case 'PartCompleted':
    case 'MessageAdded':
      return { message: { id: event.data.messageId } };
    case 'SessionUpdated':
    case 'StreamReset':
      return { session: { id: sessionId } };
    case 'ActionUpdated':
      return { proposal: { id: event.data.proposalId } };
    case 'HandoffUpdated':
      return { handoff: { id: event.data.handoffId } };
    case 'TurnStarted':
    case 'TurnFinished':
    case 'TurnRouted':
    case 'PartStarted':
    case 'PartRemoved':
    case 'TextDelta':
    case 'ToolCallUpdated':
    case 'TypingChanged':
      return {};
  }
}
