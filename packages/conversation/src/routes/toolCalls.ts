import { newId } from '@supportgraph/kernel';
import type { EventData } from '../events.js';
import type { ReplyWriter } from '../job.js';
import type { ToolCallRecord } from '../records.js';
import type { Deps } from '../deps.js';
import { storable, storableJson } from '../text.js';
import type { ClaimedRoute } from './claimRoutes.js';

/** Keeps the tool calls of one route. */
export interface ToolCalls {
  /** Answers the call as it is now, to be shown. */
  started(call: Parameters<ReplyWriter['toolStarted']>[0]): ToolCallRecord;
  /** Null if there is no such call under way. */
  finished(id: string, outcome: Parameters<ReplyWriter['toolFinished']>[1]): ToolCallRecord | null;
  /** Resolves when all is stored. */
  settle(): Promise<void>;
}

// A worker that was fenced off stores nothing.
const insert = `
  INSERT INTO conversation.tool_calls (id, session_id, turn_id, route_id, name, label, agent, arguments, started_at)
  SELECT $3, r.session_id, r.turn_id, r.id, $4, $5, r.agent, $6::jsonb, $7
    FROM conversation.routes r WHERE r.id = $1 AND r.generation = $2 AND r.finished_at IS NULL`;
const update = `
  UPDATE conversation.tool_calls c SET status = $4::text::conversation.tool_call_status, result = $5::jsonb, finished_at = $6
    FROM conversation.routes r
    WHERE c.id = $3 AND c.status = 'RUNNING' AND r.id = $1 AND r.generation = $2 AND r.finished_at IS NULL`;

export function toolCalls({ db, logger, clock }: Deps, route: ClaimedRoute): ToolCalls {
  const running = new Map<string, ToolCallRecord>();
  /** One write after the other, so that a call's end meets its start. */
  let stored: Promise<unknown> = Promise.resolve();

  function store(sql: string, values: unknown[], name: string): void {
    stored = stored
      .then(() => db.query(sql, [route.id, route.generation, ...values], name))
      .catch((error: Error) => logger.warn({ routeId: route.id, error: error.message }, 'tool call not stored'));
  }

  return {
    started({ name, label, arguments: given }) {
      const shown = typeof label === 'string' ? label : label[route.context.language];
      const call: ToolCallRecord = {
        id: newId('tlc', clock().getTime()),
        sessionId: route.sessionId,
        turnId: route.turnId,
        name: storable(name),
        label: storable(shown),
        agent: route.agent,
        status: 'RUNNING',
        startedAt: clock(),
        finishedAt: null,
        arguments: given,
        result: null,
      };
      running.set(call.id, call);
      store(insert, [call.id, call.name, call.label, storableJson(given), call.startedAt], 'conversation-tool-started');
      return call;
    },
    finished(id, { status, result }) {
      const call = running.get(id);
      if (!call) return null;
      running.delete(id);
      const ended: ToolCallRecord = { ...call, status, result, finishedAt: clock() };
      store(update, [id, status, storableJson(result), ended.finishedAt], 'conversation-tool-finished');
      return ended;
    },
    settle: async () => void (await stored),
  };
}

/** A tool call as an event carries it. */
export function toolCallData(call: ToolCallRecord): EventData['ToolCallUpdated'] {
  const { startedAt, finishedAt } = call;
  return {
    toolCall: { ...call, startedAt: startedAt.toISOString(), finishedAt: finishedAt?.toISOString() ?? null },
  };
}
