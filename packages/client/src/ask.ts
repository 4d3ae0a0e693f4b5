import * as documents from './documents.js';
import type { TurnEvent } from './events.js';
import { Refused, type UserError } from './faults.js';
import { follow, type FollowOptions } from './follow.js';
import { newKey, request, type RequestOptions } from './request.js';

export interface StartSessionOptions extends Omit<RequestOptions, 'query' | 'variables' | 'language'> {
  /** Language of replies. @default found from the first message */
  language?: string;
  /** The same key gives the same session and token again: keep it if a session must survive a restart. @default a new one */
  idempotencyKey?: string;
}

/** A session that was opened. */
export interface OpenedSession {
  sessionId: string;
  /** Opens this session and no other; null for callers that have an identity of their own. */
  token: string | null;
}

/** Opens a session. */
export async function startSession(options: StartSessionOptions): Promise<OpenedSession> {
  const { language, idempotencyKey = newKey() } = options;
  type Started = {
    startSession: { session: { id: string } | null; accessToken: string | null; userErrors: UserError[] };
  };
  const variables = { input: { idempotencyKey, language } };
  const { startSession } = await request<Started>({ ...options, query: documents.startSession, variables });
  const { session, accessToken, userErrors } = startSession;
  if (!session) throw new Refused(userErrors);
  return { sessionId: session.id, token: accessToken };
}

export interface AskOptions extends Omit<FollowOptions, 'after'> {
  sessionId: string;
  text: string;
  /** The same key is the same message, however often it is sent. @default a new one */
  idempotencyKey?: string;
}

/** A message that was sent. */
export interface Asked {
  messageId: string;
  /** The turn that answers it; null if a person of the staff has the session, who answers when they can. */
  turnId: string | null;
  /** The answer being written, as by `follow`; empty if there is no turn. */
  answer: AsyncGenerator<TurnEvent, void>;
}

/** Says something. Rejects with {@link Refused} if the platform does not take the message. */
export async function ask(options: AskOptions): Promise<Asked> {
  const { sessionId, text, idempotencyKey = newKey() } = options;
  type Sent = {
    sendMessage: { message: { id: string } | null; turn: { id: string } | null; userErrors: UserError[] };
  };
  const variables = { input: { idempotencyKey, sessionId, text } };
  const { sendMessage } = await request<Sent>({ ...options, query: documents.sendMessage, variables });
  const { message, turn, userErrors } = sendMessage;
  if (!message) throw new Refused(userErrors);
  const answer = turn ? follow({ ...options, turnId: turn.id }) : nothing();
  return { messageId: message.id, turnId: turn?.id ?? null, answer };
}

async function* nothing(): AsyncGenerator<never, void> {}
