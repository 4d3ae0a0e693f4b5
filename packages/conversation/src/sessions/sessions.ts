import type { Viewer } from '@supportgraph/kernel';
import type { Sessions } from '../conversation.js';
import type { Deps } from '../deps.js';
import { closeSession } from './closeSession.js';
import { customersKnown } from './customersKnown.js';
import { listOwnSessions, listSessions } from './listSessions.js';
import { loadSessions } from './loadSessions.js';
import { sessionEvents, setTyping, streamCursor } from './sessionStream.js';
import { startSession } from './startSession.js';
import { bindCustomer, verifyCustomer } from './verifyCustomer.js';

export function sessionsService(deps: Deps): Sessions {
  return {
    start: (viewer, input) => startSession(deps, viewer, input),
    load: (viewer, ids) => loadSessions(deps, viewer, ids),
    page: (viewer, filter, page) => listSessions(deps, viewer, filter, page),
    own: (viewer, page) => listOwnSessions(deps, viewer, page),
    ofCustomer: (viewer, customerId, page) => listSessions(deps, viewer, { customerId }, page),
    verifyCustomer: (viewer, input, match) => verifyCustomer(deps, viewer, input, match),
    bindCustomer: (viewer, sessionId, customer) => bindCustomer(deps, viewer, sessionId, customer),
    customerOf: (viewer) => customerOf(deps, viewer),
    customersKnown: (viewer, customerIds) => customersKnown(deps, viewer, customerIds),
    close: (viewer, sessionId) => closeSession(deps, viewer, sessionId),
    setTyping: (viewer, sessionId, isTyping) => setTyping(deps, viewer, sessionId, isTyping),
    streamCursor: (viewer, sessionId) => streamCursor(deps, viewer, sessionId),
    events: (viewer, sessionId, after, signal) => sessionEvents(deps, viewer, sessionId, after, signal),
  };
}

async function customerOf(deps: Deps, viewer: Viewer): Promise<string | null> {
  if (viewer.role === 'CUSTOMER') return viewer.customerId;
  if (viewer.role !== 'ANONYMOUS' || viewer.sessionId === null) return null;
  const [session] = await loadSessions(deps, viewer, [viewer.sessionId]);
  return session?.customerId ?? null;
}
