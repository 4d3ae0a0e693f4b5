import type { Deps } from '../deps.js';
import type { ReplyWriter } from '../job.js';
import type { ActionPart, Citation, OrderPart, Part, TextPart } from '../records.js';
import { deltaWriter } from '../stream/deltaWriter.js';
import type { Fence } from '../stream/eventLog.js';
import { storable, storableJson } from '../text.js';
import { completedPart, partId, partIndex, removedPart, textPart } from '../turns/parts.js';
import type { ClaimedRoute } from './claimRoutes.js';
import { toolCallData, toolCalls } from './toolCalls.js';

/** What an agent wrote. */
export interface Written {
  parts: Part[];
  firstTextAt: Date | null;
  /** Parts that were not yet said to be final. */
  untold: Part[];
  /** Whether all that was written is in the log. */
  isShown: boolean;
}

export interface RouteWriter {
  /** What the agent writes with. */
  reply: ReplyWriter;
  /** Shows a proposal, as buttons. */
  action(proposalId: string): void;
  /** The agent's calls do nothing from now on. */
  hush(): void;
  /** Whether the agent wrote nothing so far. */
  isEmpty(): boolean;
  /** Says something in the agent's place, as a part of its own. Hushes the agent. */
  add(text: string): void;
  /** No more is written: resolves when all is in the log, or was tried. */
  end(): Promise<Written>;
}

/** A reply shorter than this is stored once, at its end; a longer one now and then, for readers who come in the middle. */
const firstStoreMs = 250;
const storeMs = 1_000;

const storeParts = `
  UPDATE conversation.routes SET parts = $3::jsonb, first_text_at = $4
    WHERE id = $1 AND generation = $2 AND finished_at IS NULL RETURNING id`;

/** Shows what an agent writes as it comes, and stores it now and then. `onLost`: another worker has the route. */
export function routeWriter(deps: Deps, route: ClaimedRoute, fences: Fence[], onLost: () => void): RouteWriter {
  const { db, events, logger, clock } = deps;
  const { sessionId, turnId, replyId } = route;
  const owner = { routeId: route.id, routeNumber: route.number, agent: route.agent };
  const log = deltaWriter({ log: events, sessionId, turnId, fences, onFenced: onLost });
  const calls = toolCalls(deps, route);
  const parts: Part[] = [];
  const told = new Set<Part>();
  let current: TextPart | null = null;
  let citations: Citation[] = [];
  let firstTextAt: Date | null = null;
  let isOpen = true;
  let timer: NodeJS.Timeout | undefined;
  let storing: Promise<boolean> = Promise.resolve(true);

  function begin<P extends Part>(part: P): P {
    parts.push(part);
    const data = { messageId: replyId, partId: part.id, index: part.index, agent: route.agent };
    log.add({ type: 'PartStarted', turnId, data });
    return part;
  }

  function grow(text: string): void {
    if (text === '') return;
    if (!current) {
      current = begin({ ...textPart(owner, parts.length, ''), citations });
      citations = [];
    }
    current.text += text;
    firstTextAt ??= clock();
    log.text(current.id, text);
    timer ??= setTimeout(storeNowAndThen, firstStoreMs);
  }

  /** A part that is final is stored before it is said to be: whoever is told then reads it. */
  function complete(part: Part): void {
    current = null;
    void store().then((isStored) => {
      if (!isStored) return;
      told.add(part);
      log.add(completedPart(turnId, replyId, part));
    });
  }

  function storeNowAndThen(): void {
    timer = setTimeout(storeNowAndThen, storeMs);
    void store();
  }

  /** One store after the other. False if nothing was stored: the route is lost, or the database away. */
  function store(): Promise<boolean> {
    const json = storableJson(parts);
    storing = storing
      .then(() => db.query(storeParts, [route.id, route.generation, json, firstTextAt], 'conversation-store-parts'))
      .then((rows) => {
        if (rows.length === 0) onLost();
        return rows.length > 0;
      })
      .catch((error: Error) => {
        logger.warn({ routeId: route.id, error: error.message }, 'parts not stored');
        return false;
      });
    return storing;
  }

  function nextPart(): Pick<Part, 'id' | 'index' | 'agent'> {
    const number = parts.length;
    return { id: partId(route.id, number), index: partIndex(route.number, number), agent: route.agent };
  }

  /** A part that is whole as it begins. */
  function show(part: OrderPart | ActionPart): void {
    if (current) complete(current);
    complete(begin(part));
  }

  const reply: ReplyWriter = {
    text: (delta) => {
      if (isOpen) grow(delta.replaceAll('\0', ''));
    },
    cite: (citation) => {
      if (isOpen) (current?.citations ?? citations).push({ ...citation, title: storable(citation.title) });
    },
    order: (orderId) => {
      if (isOpen) show({ ...nextPart(), kind: 'ORDER', orderId });
    },
    toolStarted: (call) => {
      const started = calls.started(call);
      if (isOpen) log.add({ type: 'ToolCallUpdated', turnId, data: toolCallData(started) });
      return started.id;
    },
    toolFinished: (id, outcome) => {
      const finished = isOpen ? calls.finished(id, outcome) : null;
      if (finished) log.add({ type: 'ToolCallUpdated', turnId, data: toolCallData(finished) });
    },
    flush: async () => void (await log.flush()),
  };

  const hush = () => {
    isOpen = false;
  };

  return {
    reply,
    action: (proposalId) => {
      if (isOpen) show({ ...nextPart(), kind: 'ACTION', proposalId });
    },
    hush,
    isEmpty: () => parts.length === 0,
    add(text) {
      hush();
      if (current) complete(current);
      grow(text);
    },
    async end() {
      hush();
      clearTimeout(timer);
      await Promise.all([storing, calls.settle()]);
      const isShown = (await log.close()) === 'sent';
      return { parts, firstTextAt, untold: parts.filter((part) => !told.has(part)), isShown };
    },
  };
}

/** Withdraws what an earlier worker of a route had shown and this one did not write. */
export function removedParts(route: ClaimedRoute, earlier: readonly string[], parts: readonly Part[]) {
  const written = new Set(parts.map(({ id }) => id));
  return earlier.filter((id) => !written.has(id)).map((id) => removedPart(route.turnId, id));
}
