import type { Language } from '@supportgraph/kernel';
import { derivedId } from '../derivedId.js';
import type { AgentKind, Part, TextPart, TurnFailureCode } from '../records.js';
import type { NewEvent } from '../stream/eventLog.js';
import { failureSentences } from '../text.js';

/** While a reply is written, each route's parts have a range of places of their own. */
const placesOfRoute = 100;

/** A part's id follows from its route and number, so that a route taken over writes the same parts again. */
export function partId(routeId: string, number: number): string {
  return derivedId('prt', routeId, number);
}

export function partIndex(routeNumber: number, number: number): number {
  return routeNumber * placesOfRoute + number;
}

/** What the parts of one route have in common. */
export interface PartOwner {
  routeId: string;
  routeNumber: number;
  agent: AgentKind;
}

export function textPart({ routeId, routeNumber, agent }: PartOwner, number: number, text: string): TextPart {
  return {
    kind: 'TEXT',
    id: partId(routeId, number),
    index: partIndex(routeNumber, number),
    agent,
    text,
    citations: [],
  };
}

/** A route's parts with a last one that says why it failed. */
export function withFailure(
  owner: PartOwner,
  parts: readonly Part[],
  code: TurnFailureCode,
  language: Language,
): Part[] {
  return [...parts, textPart(owner, parts.length, failureSentences[code][language])];
}

/** All that tells of a part as it is now, whatever of it was shown before. */
export function wholePart(turnId: string, messageId: string, part: Part): NewEvent[] {
  const started: NewEvent = {
    type: 'PartStarted',
    turnId,
    data: { messageId, partId: part.id, index: part.index, agent: part.agent ?? 'ROUTER' },
  };
  if (part.kind !== 'TEXT') return [started, completedPart(turnId, messageId, part)];
  const delta: NewEvent = { type: 'TextDelta', turnId, data: { partId: part.id, offset: 0, text: part.text } };
  return [started, delta, completedPart(turnId, messageId, part)];
}

type EventOf<Type> = Extract<NewEvent, { type: Type }>;

export function completedPart(turnId: string, messageId: string, part: Part): EventOf<'PartCompleted'> {
  const text = part.kind === 'TEXT' ? part.text : null;
  return { type: 'PartCompleted', turnId, data: { messageId, partId: part.id, text } };
}

export function removedPart(turnId: string, id: string): NewEvent {
  return { type: 'PartRemoved', turnId, data: { partId: id } };
}

export function finishedTurn(turnId: string): NewEvent {
  return { type: 'TurnFinished', turnId, data: {} };
}
