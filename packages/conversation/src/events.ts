import type { AgentKind, Author, ToolCallRecord, TurnRoute } from './records.js';

/**
 * What each kind of event carries in `data`, as JSON (dates are ISO texts). Objects that change are named by id
 * and read again by whoever shows the event; what must be shown fast is carried whole.
 */
export interface EventData {
  TurnStarted: Record<string, never>;
  TurnRouted: { routes: TurnRoute[] };
  PartStarted: { messageId: string; partId: string; index: number; agent: AgentKind };
  TextDelta: { partId: string; offset: number; text: string };
  ToolCallUpdated: {
    toolCall: Omit<ToolCallRecord, 'startedAt' | 'finishedAt'> & { startedAt: string; finishedAt: string | null };
  };
  ActionUpdated: { proposalId: string };
  /** `text` is null for parts that are not text. */
  PartCompleted: { messageId: string; partId: string; text: string | null };
  PartRemoved: { partId: string };
  TurnFinished: Record<string, never>;
  MessageAdded: { messageId: string };
  SessionUpdated: Record<string, never>;
  HandoffUpdated: { handoffId: string };
  TypingChanged: { author: Author; isTyping: boolean };
}
