import type { Deps } from '../deps.js';
import type { AgentKind, Part } from '../records.js';
import type { StreamEvent } from '../stream/eventLog.js';
import { partId, textPart } from './parts.js';

/** How long the log may take to say what was shown, in ms; then what the routes stored last counts. */
const readTimeoutMs = 1_000;

/** A route that did not finish, as it was stored last. */
export interface UnfinishedRoute {
  id: string;
  number: number;
  agent: AgentKind;
  parts: Part[];
}

/**
 * What the customer has seen of routes that are stopped. The log knows it to the last word once the writers are fenced
 * off. Parts as stored, at most a second old, add what is no text, and stand in if the log was lost.
 */
export async function shownParts(
  deps: Deps,
  turn: { id: string; sessionId: string; streamCursor: string },
  routes: readonly UnfinishedRoute[],
): Promise<Map<string, Part[]>> {
  const texts = routes.length ? await shownTexts(deps, turn) : new Map<string, string>();
  return new Map(routes.map((route) => [route.id, partsOf(route, texts)]));
}

/** Ids of all parts of a route that a customer may have seen: what its next worker does not write is to be removed. */
export async function shownPartIds(
  deps: Deps,
  turn: { id: string; sessionId: string; streamCursor: string },
  route: UnfinishedRoute,
): Promise<string[]> {
  const texts = await shownTexts(deps, turn);
  const stored = new Set(route.parts.map(({ id }) => id));
  const ids = Array.from({ length: mostParts }, (_, number) => partId(route.id, number));
  return ids.filter((id) => texts.has(id) || stored.has(id));
}

/** A turn writes few parts; the number only ends the search. */
const mostParts = 50;

function partsOf(route: UnfinishedRoute, texts: ReadonlyMap<string, string>): Part[] {
  const owner = { routeId: route.id, routeNumber: route.number, agent: route.agent };
  const parts: Part[] = [];
  for (let number = 0; number < mostParts; number++) {
    const id = partId(route.id, number);
    const stored = route.parts.find((part) => part.id === id) ?? textPart(owner, number, '');
    const part = stored.kind === 'TEXT' ? { ...stored, text: texts.get(id) ?? stored.text } : stored;
    if (part.kind !== 'TEXT' || part.text !== '') parts.push(part);
  }
  return parts;
}

/** The texts that the log shows of a turn, by part. */
async function shownTexts(
  { events, logger }: Deps,
  turn: { id: string; sessionId: string; streamCursor: string },
): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  try {
    const head = await events.head(turn.sessionId);
    if (head === turn.streamCursor) return texts;
    const follow = events.subscribe(turn.sessionId, turn.streamCursor, AbortSignal.timeout(readTimeoutMs));
    for await (const event of follow) {
      if (event.turnId === turn.id) apply(texts, event);
      if (event.cursor === head || event.type === 'StreamReset') break;
    }
  } catch (error) {
    logger.warn({ turnId: turn.id, error: (error as Error).message }, 'log not read');
  }
  return texts;
}

function apply(texts: Map<string, string>, event: StreamEvent): void {
  if (event.type === 'PartStarted') {
    texts.set(event.data.partId, '');
  } else if (event.type === 'TextDelta') {
    const { partId: id, offset, text } = event.data;
    texts.set(id, (texts.get(id) ?? '').slice(0, offset) + text);
  } else if (event.type === 'PartCompleted' && event.data.text !== null) {
    texts.set(event.data.partId, event.data.text);
  } else if (event.type === 'PartRemoved') {
    texts.delete(event.data.partId);
  }
}
