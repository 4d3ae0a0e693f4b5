import { backOffMs, followStream, GraphFault, type LinkState, type Network } from '@supportgraph/client';
import * as documents from '../api/documents.js';
import type { Asking, Graph } from '../api/graph.js';
import type {
  DecisionAnswer,
  ReadEarlierMessagesAnswer,
  ReadHandoffAnswer,
  ReadSessionAnswer,
  SendMessageAnswer,
  Session,
  SessionEvent,
  StartSessionAnswer,
} from '../api/types.js';
import { writtenIn } from '../text/language.js';
import { type KeptSession, newKey, type SessionKeeper } from './keptSession.js';
import {
  activeTurn,
  applyEvent,
  type Conversation,
  conversationOf,
  emptyConversation,
  type PendingMessage,
  withEarlier,
  withHandoff,
  withMessage,
  withPending,
  withProposal,
  withTurn,
} from './state.js';

/** All that the page shows. */
export interface ChatState {
  /** Whether what was said before is still being read. */
  isOpening: boolean;
  /** Whether the server could not be reached when it was tried last. */
  isCut: boolean;
  /** The turn that the customer has asked to stop. */
  stopping: string | null;
  /** Proposals that were answered, while the server has not yet said so; or why it did not take the answer. */
  decisions: ReadonlyMap<string, Decision>;
  /** Whether an earlier conversation was to be shown that the server does not know any more. */
  hasLostSession: boolean;
  conversation: Conversation;
}

export type Decision = { kind: 'sending' } | { kind: 'failed'; reason: string | null };

/** One browser's conversation with the shop. */
export interface Chat {
  read(): ChatState;
  /** Tells of every change. */
  subscribe(listener: () => void): () => void;
  send(text: string): void;
  /** Sends again what could not be sent, with the same key. */
  retry(clientKey: string): void;
  /** Stops the reply that is being written. */
  stop(): void;
  /** Agrees to a proposal, or declines it. */
  decide(proposalId: string, agrees: boolean): void;
  /** Leaves this conversation; the next message begins another. */
  startNew(): void;
  readEarlier(): Promise<void>;
}

export interface ChatOptions {
  graph: Graph;
  keeper: SessionKeeper;
  network: Network;
  /** The language that the page speaks now. */
  language(): string;
}

const nothingSaid: ChatState = {
  isOpening: false,
  isCut: false,
  stopping: null,
  decisions: new Map(),
  hasLostSession: false,
  conversation: emptyConversation,
};

/** How often the place in the queue is read, in ms: it moves when others are served, of which no event tells. */
const placeMs = 20_000;

/** The session is unknown, or its token is not good any more. */
const isGone = (fault: unknown) =>
  fault instanceof GraphFault && ['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND'].includes(fault.code);

/** Opens the conversation that this browser had, if it had one, and follows it. */
export function openChat({ graph, keeper, network, language }: ChatOptions): Chat {
  let state: ChatState = nothingSaid;
  const listeners = new Set<() => void>();
  /** Ends with the conversation that is shown. */
  let left = new AbortController();
  /** Messages go out one after the other, so that they arrive in their order. */
  let sending: Promise<void> = Promise.resolve();

  keeper.onChange(() => {
    if (keeper.read()?.opened?.id !== shownId) show(keeper.read());
  });
  let shownId: string | undefined;
  show(keeper.read());

  return {
    read: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    send: (text) => enqueue({ clientKey: newKey(), text, state: { kind: 'sending' } }),
    retry(clientKey) {
      const failed = state.conversation.pending.find((pending) => pending.clientKey === clientKey);
      if (failed) enqueue({ ...failed, state: { kind: 'sending' } });
    },
    stop: () => void stopTurn(),
    decide: (proposalId, agrees) => void decide(proposalId, agrees),
    startNew() {
      keeper.forget();
      show(null);
    },
    readEarlier,
  };

  function set(change: Partial<ChatState>): void {
    state = { ...state, ...change };
    for (const listener of [...listeners]) listener();
  }

  function change(next: (conversation: Conversation) => Conversation): void {
    const conversation = next(state.conversation);
    if (conversation !== state.conversation) set({ conversation });
  }

  function asking(kept: KeptSession | null, signal: AbortSignal = left.signal): Asking {
    return { accessToken: kept?.opened?.accessToken ?? null, language: language(), signal };
  }

  // ---- showing and following ----

  /** Leaves what is shown and shows another conversation, or none. */
  function show(kept: KeptSession | null, keeping: Partial<ChatState> = {}): void {
    left.abort();
    left = new AbortController();
    shownId = kept?.opened?.id;
    set({ ...nothingSaid, ...keeping, isOpening: shownId !== undefined });
    if (kept?.opened) void openAndFollow(kept, left.signal);
  }

  async function openAndFollow(kept: KeptSession, signal: AbortSignal): Promise<void> {
    try {
      const after = await readNow(kept, signal);
      if (after === null) return;
      void watchPlace(kept, signal);
      await followFrom(after, kept, signal);
    } catch (fault) {
      if (signal.aborted) return;
      if (!isGone(fault)) throw fault;
      loseSession();
    }
  }

  /** Reads the session until it can be read, and shows it. Gives the position to follow it from. */
  async function readNow(kept: KeptSession, signal: AbortSignal): Promise<string | null> {
    for (let failures = 0; ; failures++) {
      try {
        const session = await readSession(kept, signal);
        if (signal.aborted) return null;
        change(({ pending }) => conversationOf(session, pending));
        set({ isOpening: false, isCut: false });
        return session.streamCursor;
      } catch (fault) {
        if (isGone(fault) || signal.aborted) throw fault;
        set({ isCut: true });
        await network.pause(backOffMs(failures), signal);
      }
    }
  }

  async function readSession(kept: KeptSession, signal: AbortSignal): Promise<Session> {
    const id = kept.opened?.id;
    const { session } = await graph.run<ReadSessionAnswer>(documents.readSession, { id }, asking(kept, signal));
    if (!session) throw new GraphFault('NOT_FOUND');
    return session;
  }

  async function followFrom(after: string, kept: KeptSession, signal: AbortSignal): Promise<void> {
    const sessionId = kept.opened?.id;
    const open = (cursor: string | null, until: AbortSignal) =>
      graph.open(documents.followSession, { sessionId, after: cursor }, asking(kept, until));
    const onState = (link: LinkState) => {
      // While it connects again, it is as cut as it was before.
      if (!signal.aborted && link !== 'connecting') set({ isCut: link === 'waiting' });
    };
    for await (const event of followStream<SessionEvent>({ open, after, network, signal, onState })) {
      // What lies between is lost: the session is read again, and the events from here on tell what came later.
      if (event.__typename === 'StreamReset') await readNow(kept, signal);
      else change((conversation) => applyEvent(conversation, event));
      if (signal.aborted) return;
    }
  }

  async function watchPlace(kept: KeptSession, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await network.pause(placeMs, signal);
      if (signal.aborted || state.conversation.status !== 'WAITING_FOR_STAFF') continue;
      const id = kept.opened?.id;
      const asked = graph.run<ReadHandoffAnswer>(documents.readHandoff, { id }, asking(kept, signal));
      // The place that is shown stays until the next time.
      const answer = await asked.catch(() => null);
      if (!signal.aborted && answer?.session) change((held) => withHandoff(held, answer.session!.handoff));
    }
  }

  /** The server does not know the session any more; what waits to be sent begins another. */
  function loseSession(): void {
    keeper.forget();
    const { pending } = state.conversation;
    show(null, { hasLostSession: true, conversation: { ...emptyConversation, pending } });
  }

  // ---- saying something ----

  function enqueue(message: PendingMessage): void {
    change((conversation) => withPending(conversation, message));
    sending = sending.then(() => deliver(message));
  }

  async function deliver(message: PendingMessage): Promise<void> {
    try {
      const refused = await say(message).catch((fault: unknown) => {
        if (!isGone(fault)) throw fault;
        loseSession();
        return say(message);
      });
      if (refused !== null) failed(message, refused);
    } catch {
      // Whatever it was, the message is still here and can be sent again.
      failed(message, null);
    }
  }

  function failed(message: PendingMessage, reason: string | null): void {
    change((conversation) => {
      const waits = conversation.pending.some(({ clientKey }) => clientKey === message.clientKey);
      return waits ? withPending(conversation, { ...message, state: { kind: 'failed', reason } }) : conversation;
    });
  }

  /** Sends a message, in a session that is opened for it if there is none. Gives the reason if the server refuses it. */
  async function say({ clientKey, text }: PendingMessage): Promise<string | null> {
    const kept = await keptOrOpened(text);
    const input = { idempotencyKey: clientKey, sessionId: kept.opened?.id, text };
    const { sendMessage } = await graph.run<SendMessageAnswer>(documents.sendMessage, { input }, asking(kept));
    const { message, userErrors } = sendMessage;
    if (userErrors.some(({ code }) => code === 'NOT_FOUND')) throw new GraphFault('NOT_FOUND');
    if (!message) return userErrors[0]?.message ?? null;
    if (kept.opened?.id === shownId) change((conversation) => withMessage(conversation, message));
    return null;
  }

  async function keptOrOpened(text: string): Promise<KeptSession> {
    const kept = keeper.read() ?? { key: newKey(), language: writtenIn(text) ?? language(), opened: null };
    if (kept.opened) return kept;
    // Kept before it is sent: if the answer is lost, the same key gives the same session again.
    keeper.keep(kept);
    const input = { idempotencyKey: kept.key, channel: 'WEB', language: kept.language };
    const { startSession } = await graph.run<StartSessionAnswer>(documents.startSession, { input }, asking(null));
    const { session, accessToken, userErrors } = startSession;
    if (!session || !accessToken) {
      keeper.forget();
      throw new GraphFault(userErrors[0]?.code ?? 'INTERNAL_SERVER_ERROR', userErrors[0]?.message);
    }
    const opened = { ...kept, opened: { id: session.id, accessToken } };
    keeper.keep(opened);
    const { conversation, hasLostSession } = state;
    show(opened, { conversation, hasLostSession });
    return opened;
  }

  // ---- the rest ----

  async function stopTurn(): Promise<void> {
    const turn = activeTurn(state.conversation);
    if (!turn) return;
    set({ stopping: turn.id });
    try {
      await graph.run(documents.cancelTurn, { input: { turnId: turn.id } }, asking(keeper.read()));
    } catch {
      // The reply goes on, and the button is there again.
      set({ stopping: null });
    }
  }

  async function decide(proposalId: string, agrees: boolean): Promise<void> {
    setDecision(proposalId, { kind: 'sending' });
    try {
      const document = agrees ? documents.confirmAction : documents.declineAction;
      // The same answer to the same proposal is the same wish, however often it is sent.
      const input = { idempotencyKey: `${agrees ? 'confirm' : 'decline'} ${proposalId}`, proposalId };
      const { decision } = await graph.run<DecisionAnswer>(document, { input }, asking(keeper.read()));
      const { proposal, turn, userErrors } = decision;
      setDecision(proposalId, proposal ? null : { kind: 'failed', reason: userErrors[0]?.message ?? null });
      if (proposal) change((held) => withProposal(held, proposal));
      if (turn) change((held) => withTurn(held, turn));
    } catch {
      setDecision(proposalId, { kind: 'failed', reason: null });
    }
  }

  function setDecision(proposalId: string, decision: Decision | null): void {
    const decisions = new Map(state.decisions);
    if (decision) decisions.set(proposalId, decision);
    else decisions.delete(proposalId);
    set({ decisions });
  }

  async function readEarlier(): Promise<void> {
    const { earlier: before } = state.conversation;
    const kept = keeper.read();
    if (before === null || !kept?.opened) return;
    const variables = { id: kept.opened.id, before };
    const { session } = await graph.run<ReadEarlierMessagesAnswer>(
      documents.readEarlierMessages,
      variables,
      asking(kept),
    );
    if (session) change((conversation) => withEarlier(conversation, session.messages));
  }
}
