import type { Turns } from '../conversation.js';
import type { Deps } from '../deps.js';
import { cancelTurn } from './cancelTurn.js';
import { loadActiveTurns, loadToolCalls, loadToolCallsOf, loadTurns, pageTurns } from './loadTurns.js';
import { retryTurn } from './retryTurn.js';
import type { Settling } from './settle.js';
import { turnEvents } from './turnEvents.js';
import { workOnTurns } from './turnWorker.js';

export function turnsService(deps: Deps, settling: Settling): Turns {
  return {
    load: (viewer, ids) => loadTurns(deps, viewer, ids),
    page: (viewer, sessionId, page) => pageTurns(deps, viewer, sessionId, page),
    loadActive: (viewer, sessionIds) => loadActiveTurns(deps, viewer, sessionIds),
    loadToolCallsOf: (viewer, turnIds) => loadToolCallsOf(deps, viewer, turnIds),
    loadToolCalls: (viewer, ids) => loadToolCalls(deps, viewer, ids),
    cancel: (viewer, turnId) => cancelTurn(deps, viewer, turnId),
    retry: (viewer, input) => retryTurn(deps, viewer, input),
    settled: settling.settled,
    events: (viewer, turnId, after, signal) => turnEvents(deps, viewer, turnId, after, signal),
    work: (triage, options) => workOnTurns(deps, triage, options),
  };
}
