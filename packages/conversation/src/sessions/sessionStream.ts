import { fail, isStaff, notFound, ok, type Result, type Viewer } from '@supportgraph/kernel';
import { forbidden, mayTalk } from '../access.js';
import type { Deps } from '../deps.js';
import type { Author, SessionRecord } from '../records.js';
import type { StreamEvent } from '../stream/eventLog.js';
import { customerName, staffName } from '../text.js';
import { loadSessions } from './loadSessions.js';

/** How long a request may take that reads messages and then the position, in ms. */
const requestMs = 15_000;

/**
 * A position after which nothing is missing that was read in the same request. The newest would be too late: between
 * the reading of the messages, in another subgraph, and this, a turn may have written or ended. So it is the position
 * before the oldest turn that is under way or ended a moment ago; what is replayed from there changes nothing.
 */
export async function streamCursor(deps: Deps, viewer: Viewer, sessionId: string): Promise<string | null> {
  const [session] = await loadSessions(deps, viewer, [sessionId]);
  if (!session) return null;
  const [turn] = await deps.db.query<{ stream_cursor: string }>(
    `SELECT t.stream_cursor FROM conversation.turns t
       WHERE t.session_id = $1 AND (t.finished_at IS NULL OR t.finished_at > now() - $2 * interval '1 ms')
       ORDER BY t.position LIMIT 1`,
    [sessionId, requestMs],
    'conversation-stream-cursor',
  );
  return turn?.stream_cursor ?? deps.events.head(sessionId).catch(() => 'start');
}

/** What happens in a session, for a viewer who may see it. */
export async function sessionEvents(
  deps: Deps,
  viewer: Viewer,
  sessionId: string,
  after: string | null,
  signal: AbortSignal,
): Promise<Result<AsyncIterableIterator<StreamEvent>>> {
  const [session] = await loadSessions(deps, viewer, [sessionId]);
  return session ? ok(deps.events.subscribe(sessionId, after, signal)) : fail(notFound('sessionId'));
}

/** Tells the others in a session that the viewer types. Not stored: lost typing is no loss. */
export async function setTyping(
  deps: Deps,
  viewer: Viewer,
  sessionId: string,
  isTyping: boolean,
): Promise<Result<SessionRecord>> {
  const [session] = await loadSessions(deps, viewer, [sessionId]);
  if (!session) return fail(notFound('input', 'sessionId'));
  if (!mayTalk(viewer)) return fail(forbidden);
  const data = { author: typist(viewer, session), isTyping };
  await deps.announcer.tell(sessionId, [{ type: 'TypingChanged', data }]);
  return ok(session);
}

function typist(viewer: Viewer, session: SessionRecord): Author {
  return isStaff(viewer)
    ? { kind: 'STAFF', displayName: staffName[session.language], avatarUrl: null }
    : { kind: 'CUSTOMER', displayName: customerName[session.language], avatarUrl: null };
}
