import type { Result, Running, Viewer } from '@supportgraph/kernel';
import type { CarryOut, RouteHandler, Triage } from './job.js';
import type { Page, PageRequest } from './page.js';
import type {
  AgentKind, Channel, HandoffReason, HandoffRecord, Intent, MessageRecord, ProposalRecord, SessionRecord, SessionStatus, ToolCallRecord, TurnRecord,
} from './records.js'; // prettier-ignore
import type { StreamEvent } from './stream/eventLog.js';

/**
 * The durable log of sessions: the only code that writes sessions, messages, turns, routes, tool calls, proposals and handoffs.
 * The viewer is the first argument of every read and write, and permission is checked here: what the viewer may not
 * see is answered exactly like what does not exist. `load…` functions answer in the order of the ids, for DataLoaders.
 */
export interface Conversation {
  sessions: Sessions;
  messages: Messages;
  turns: Turns;
  routes: Routes;
  proposals: Proposals;
  handoffs: Handoffs;
  /** Announces what a crash left unannounced, ends what is past its time, and makes coming partitions. Run it in every process that hosts the router subgraph. */
  sweep(): Running;
  /** Ends what the services hold open. Stop the workers first. */
  close(): Promise<void>;
}

export interface StartSession {
  idempotencyKey: string;
  channel: Channel;
  /** A BCP 47 tag; null: found from the first message. */
  language?: string | null;
  /** Named by a partner with the scope `customers:assert`. Whether there is such a customer is for the caller to check. */
  customerId?: string | null;
  /** Name to show beside that customer's messages. */
  customerName?: string | null;
}
export interface StartedSession {
  session: SessionRecord;
  /** For anonymous visitors only. */
  accessToken: string | null;
}
export interface SessionFilter {
  status?: readonly SessionStatus[] | null;
  customerId?: string | null;
  intent?: readonly Intent[] | null;
  /** Text in the title or messages. */
  query?: string | null;
  createdFrom?: Date | null;
  createdBefore?: Date | null;
}
/** The customer that was found by what the visitor says of themselves. */
export interface MatchedCustomer {
  customerId: string;
  /** Name to show beside the customer's messages. */
  displayName?: string;
}
export interface VerifyCustomer {
  idempotencyKey: string;
  sessionId: string;
  /** What the visitor says of themselves; only compared with what was sent with the same key before. */
  claim: unknown;
}

export interface Sessions {
  /** The same key of the same caller gives the same session and token again; with other arguments it is an `IDEMPOTENCY_CONFLICT`. */
  start(viewer: Viewer, input: StartSession): Promise<Result<StartedSession>>;
  load(viewer: Viewer, ids: readonly string[]): Promise<(SessionRecord | null)[]>;
  /** All sessions that the viewer may see, newest activity first. */
  page(viewer: Viewer, filter: SessionFilter, page: PageRequest): Promise<Result<Page<SessionRecord>>>;
  /** The viewer's own sessions (a visitor's is one, staff have those they opened). */
  own(viewer: Viewer, page: PageRequest): Promise<Result<Page<SessionRecord>>>;
  /** A customer's sessions, as far as the viewer may see them. */
  ofCustomer(viewer: Viewer, customerId: string, page: PageRequest): Promise<Result<Page<SessionRecord>>>;
  /**
   * Binds the session to the customer that `match` finds; null from it counts as a failed try. After five failed
   * tries the session is handed to a person and `match` is no longer asked.
   */
  verifyCustomer(
    viewer: Viewer,
    input: VerifyCustomer,
    match: () => Promise<MatchedCustomer | null>,
  ): Promise<Result<SessionRecord>>;
  /** Binds the session to a customer. One customer a session: again the same is no error, another is `WRONG_STATE`. */
  bindCustomer(viewer: Viewer, sessionId: string, customer: MatchedCustomer): Promise<Result<SessionRecord>>;
  /** The customer that the viewer speaks for: the one of the token, or the one that the visitor's session is bound to. */
  customerOf(viewer: Viewer): Promise<string | null>;
  /** Of these customers those who are known in a session that the viewer may see: whom an API client serves. */
  customersKnown(viewer: Viewer, customerIds: readonly string[]): Promise<string[]>;
  /** Ends the session, its unfinished turns, and a handoff that nobody has taken. */
  close(viewer: Viewer, sessionId: string): Promise<Result<SessionRecord>>;
  /** Tells the others in the session that the viewer types. */
  setTyping(viewer: Viewer, sessionId: string, isTyping: boolean): Promise<Result<SessionRecord>>;
  /**
   * A position of the event stream after which nothing is missing that was read in the same request: before the turn
   * that is under way or has just ended, else the newest. Events replayed from it may be known already and change nothing.
   */
  streamCursor(viewer: Viewer, sessionId: string): Promise<string | null>;
  /** What happens in the session, after a position (null: from now on). `NOT_FOUND` if the viewer may not see it. */
  events(
    viewer: Viewer,
    sessionId: string,
    after: string | null,
    signal: AbortSignal,
  ): Promise<Result<AsyncIterableIterator<StreamEvent>>>;
}

export interface SendMessage {
  idempotencyKey: string;
  sessionId: string;
  text: string;
}
export interface SentMessage {
  message: MessageRecord;
  /** Null if a person of the staff has the session. */
  turn: TurnRecord | null;
}

export interface Messages {
  /** Stores a message and the turn that will answer it, in one statement. */
  send(viewer: Viewer, input: SendMessage): Promise<Result<SentMessage>>;
  load(viewer: Viewer, ids: readonly string[]): Promise<(MessageRecord | null)[]>;
  /** Oldest first, in both directions. A reply that is being written has the parts so far. */
  page(viewer: Viewer, sessionId: string, page: PageRequest): Promise<Result<Page<MessageRecord>>>;
}

export interface RetryTurn {
  idempotencyKey: string;
  turnId: string;
}

export interface Turns {
  load(viewer: Viewer, ids: readonly string[]): Promise<(TurnRecord | null)[]>;
  /** Oldest first, in both directions. */
  page(viewer: Viewer, sessionId: string, page: PageRequest): Promise<Result<Page<TurnRecord>>>;
  /** The turn being answered now, or else the first that waits, by session. */
  loadActive(viewer: Viewer, sessionIds: readonly string[]): Promise<(TurnRecord | null)[]>;
  /** Tool calls in order of start, by turn. */
  loadToolCallsOf(viewer: Viewer, turnIds: readonly string[]): Promise<ToolCallRecord[][]>;
  loadToolCalls(viewer: Viewer, ids: readonly string[]): Promise<(ToolCallRecord | null)[]>;
  /** Stops a turn; what is already written stays. One that has ended is given back as it is; one that carries out an action goes on (`WRONG_STATE`). */
  cancel(viewer: Viewer, turnId: string): Promise<Result<TurnRecord>>;
  /**
   * Answers a failed turn's message again in a new turn. `TURN_IN_PROGRESS` while a reply of the session is being written;
   * `WRONG_STATE` if the failure is not retryable, the turn carried out an action, or the message was tried again since.
   */
  retry(viewer: Viewer, input: RetryTurn): Promise<Result<TurnRecord>>;
  /** The turn once it has ended, or as it stands after `withinMs` (at most 25,000); null if there is none for the viewer. */
  settled(viewer: Viewer, turnId: string, withinMs: number, signal: AbortSignal): Promise<TurnRecord | null>;
  /**
   * What happens in the turn; ends by itself after `TurnFinished`. With `after` null it starts with the turn. If the
   * events are gone, the parts and the end are made from what is stored.
   */
  events(
    viewer: Viewer,
    turnId: string,
    after: string | null,
    signal: AbortSignal,
  ): Promise<Result<AsyncIterableIterator<StreamEvent>>>;
  /** Routes queued turns, each session's one at a time and in order. */
  work(triage: Triage, options?: WorkOptions): Running;
}

export interface WorkOptions {
  /** Jobs at once in this process. @default 64 */
  concurrency?: number;
  /** How long jobs may go on when the worker is stopped, in ms; those that have not ended are given back. @default 5_000 */
  drainMs?: number;
}

export interface RouteWorkOptions extends WorkOptions {
  /** Does what these agents propose, once the customer has agreed; needed if they propose anything. */
  carryOut?: CarryOut;
}

export interface Routes {
  /** Answers routes of these agents, and carries out what they proposed. */
  work(agents: readonly AgentKind[], handler: RouteHandler, options?: RouteWorkOptions): Running;
}

export interface DecideAction {
  idempotencyKey: string;
  proposalId: string;
}
export interface DecidedAction {
  proposal: ProposalRecord;
  /** Carries it out, or answers that it was declined. */
  turn: TurnRecord;
}

/** Side effects that agents want. A proposal is decided on once, by the customer or visitor of its session. */
export interface Proposals {
  load(viewer: Viewer, ids: readonly string[]): Promise<(ProposalRecord | null)[]>;
  /** Those that wait for a yes or no, oldest first, by session. */
  pendingOf(viewer: Viewer, sessionIds: readonly string[]): Promise<ProposalRecord[][]>;
  /** All that were proposed, oldest first, by turn. */
  ofTurns(viewer: Viewer, turnIds: readonly string[]): Promise<ProposalRecord[][]>;
  /** Agrees to it: a turn carries it out, once. `PROPOSAL_EXPIRED` if it was decided on before or its time is up; staff may not (`FORBIDDEN`). */
  confirm(viewer: Viewer, input: DecideAction): Promise<Result<DecidedAction>>;
  /** Declines it; refused as {@link Proposals.confirm} is. */
  decline(viewer: Viewer, input: DecideAction): Promise<Result<DecidedAction>>;
}

export interface RequestHandoff {
  idempotencyKey: string;
  sessionId: string;
  /** In the customer's words. */
  message?: string | null;
  reason: HandoffReason;
  /** For the person who takes over. */
  summary?: string | null;
}

export interface Handoffs {
  /** Puts the session into the queue for a person; if it waits already, gives that handoff back. Agents go on answering while it waits. */
  request(viewer: Viewer, input: RequestHandoff): Promise<Result<HandoffRecord>>;
  load(viewer: Viewer, ids: readonly string[]): Promise<(HandoffRecord | null)[]>;
  /** The handoff under way, by session. */
  loadCurrent(viewer: Viewer, sessionIds: readonly string[]): Promise<(HandoffRecord | null)[]>;
  /** All handoffs, oldest first, by session. */
  loadAll(viewer: Viewer, sessionIds: readonly string[]): Promise<HandoffRecord[][]>;
  /** Puts a customer's open session into the queue when a refund needs a person, until stopped. Run it where handoffs are hosted. */
  followRefunds(): Running;
}

/** How long things may take. All in ms. */
export interface ConversationLimits {
  /** A worker's lease on a turn or route; renewed every third of it. @default 15_000 */
  leaseMs: number;
  /** From the claim of a turn to its end. @default 60_000 */
  turnDeadlineMs: number;
  /** How often workers look for work without being woken. @default 1_000 */
  pollMs: number;
  /** How often what is left over is looked for. @default 2_000 */
  sweepMs: number;
  /** How old something unannounced must be to be announced by the sweep. @default 5_000 */
  announceAfterMs: number;
}
