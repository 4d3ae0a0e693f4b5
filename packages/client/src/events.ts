/* Written by `npm run client:events` from documents.ts and the schema. */

/** Everything that happens in a session. New kinds may be added: ignore one that you do not know. */
export type SessionEvent =
  | ActionUpdated
  | HandoffUpdated
  | MessageAdded
  | PartCompleted
  | PartRemoved
  | PartStarted
  | SessionUpdated
  | StreamReset
  | TextDelta
  | ToolCallUpdated
  | TurnFinished
  | TurnRouted
  | TurnStarted
  | TypingChanged;

/** What happens in one turn. */
export type TurnEvent =
  PartCompleted | PartRemoved | PartStarted | TextDelta | ToolCallUpdated | TurnFinished | TurnRouted | TurnStarted;

/** An agent proposes an action, or one was decided or expired. May come after its turn has ended. */
export interface ActionUpdated {
  __typename: 'ActionUpdated';
  /** Position in the session's stream. */
  cursor: string;
  /** Number in the session's stream. */
  seq: number;
  /** When it happened. */
  occurredAt: string;
  /** The proposal, as it is now. */
  proposal: Proposal;
}

/** The session's handoff was made, claimed, passed on or resolved. */
export interface HandoffUpdated {
  __typename: 'HandoffUpdated';
  /** Position in the session's stream. */
  cursor: string;
  /** Number in the session's stream. */
  seq: number;
  /** When it happened. */
  occurredAt: string;
  /** The handoff; ask for more of it from the handoff subgraph. */
  handoff: {
    /** Globally unique, opaque and stable. */
    id: string;
    /** Where it stands. */
    status: HandoffStatus;
    /** Place in the queue, from 1, while it waits. */
    queuePosition: number | null;
  } | null;
}

/** A message was added that is not a streamed reply: the customer's own from another tab, the staff's, a notice. */
export interface MessageAdded {
  __typename: 'MessageAdded';
  /** Position in the session's stream. */
  cursor: string;
  /** Number in the session's stream. */
  seq: number;
  /** When it happened. */
  occurredAt: string;
  /** The message, whole. */
  message: Message;
}

/** A part is finished: what it carries is final and replaces what the deltas made. */
export interface PartCompleted {
  __typename: 'PartCompleted';
  /** Position in the session's stream. */
  cursor: string;
  /** Number in the session's stream. */
  seq: number;
  /** When it happened. */
  occurredAt: string;
  /** The turn. */
  turnId: string;
  /** The whole text of the part, if it is text; null for cards and buttons, which `message.parts` holds. */
  wholeText: string | null;
  /** The message it is part of. */
  message: {
    /** Globally unique, opaque and stable. */
    id: string;
  };
}

/** A part is withdrawn: an agent had to start again and wrote it differently. Remove it. */
export interface PartRemoved {
  __typename: 'PartRemoved';
  /** Position in the session's stream. */
  cursor: string;
  /** Number in the session's stream. */
  seq: number;
  /** When it happened. */
  occurredAt: string;
  /** The turn. */
  turnId: string;
  /** The part. */
  partId: string;
}

/** A part of the reply begins. Parts of several agents may grow at the same time; `index` says where each is shown. */
export interface PartStarted {
  __typename: 'PartStarted';
  /** Position in the session's stream. */
  cursor: string;
  /** Number in the session's stream. */
  seq: number;
  /** When it happened. */
  occurredAt: string;
  /** The turn. */
  turnId: string;
  /** The message it is part of. */
  messageId: string;
  /** The part. */
  partId: string;
  /** Place in the message, from 0. */
  index: number;
  /** Who writes it. */
  agent: AgentKind;
}

/** The session's status, title, language, customer or rating changed. */
export interface SessionUpdated {
  __typename: 'SessionUpdated';
  /** Position in the session's stream. */
  cursor: string;
  /** Number in the session's stream. */
  seq: number;
  /** When it happened. */
  occurredAt: string;
  /** The session, as it is now. */
  session: {
    /** Globally unique, opaque and stable. */
    id: string;
    /** Where the session stands. */
    status: SessionStatus;
  };
}

/** The position asked for is too old to replay from. Read the session again, then go on with the events that follow this one. */
export interface StreamReset {
  __typename: 'StreamReset';
  /** Position in the session's stream from which events follow. */
  cursor: string;
  /** Number of the last event skipped. */
  seq: number;
  /** When it happened. */
  occurredAt: string;
  /** The session, as it is now. */
  session: {
    /** Globally unique, opaque and stable. */
    id: string;
    /** Where the session stands. */
    status: SessionStatus;
  };
}

/** More text of one part. The most frequent event: no objects with ids, so that normalized caches have nothing to store. */
export interface TextDelta {
  __typename: 'TextDelta';
  /** Position in the session's stream. */
  cursor: string;
  /** Number in the session's stream. */
  seq: number;
  /** When it happened. */
  occurredAt: string;
  /** The turn. */
  turnId: string;
  /** Number of the first event this one stands for: equal to `seq`, or lower where several deltas were joined. */
  firstSeq: number;
  /** The part it belongs to. */
  partId: string;
  /** Length of the part's text before this, in UTF-16 code units. Text already held beyond it is replaced: applying a delta twice changes nothing, and replays may join several deltas into one. */
  offset: number;
  /** The text to add. Never splits a character. */
  text: string;
}

/** A tool call began or ended. */
export interface ToolCallUpdated {
  __typename: 'ToolCallUpdated';
  /** Position in the session's stream. */
  cursor: string;
  /** Number in the session's stream. */
  seq: number;
  /** When it happened. */
  occurredAt: string;
  /** The turn. */
  turnId: string;
  /** The tool call, as it is now. */
  toolCall: {
    /** Globally unique, opaque and stable. */
    id: string;
    /** What to show while it runs, in the language of the session, for example “Looking up order #W2378156”. */
    label: string;
    /** Who used it. */
    agent: AgentKind;
    /** Where it stands. */
    status: ToolCallStatus;
  };
}

/** The turn has ended, well or badly: `turn.status` says how. Always the last event of a turn, and the only ending. */
export interface TurnFinished {
  __typename: 'TurnFinished';
  /** Position in the session's stream. */
  cursor: string;
  /** Number in the session's stream. */
  seq: number;
  /** When it happened. */
  occurredAt: string;
  /** The turn. */
  turnId: string;
  /** The turn with its reply, final. */
  turn: {
    /** Globally unique, opaque and stable. */
    id: string;
    /** Where it stands. */
    status: TurnStatus;
    /** What went wrong, if it failed. */
    failure: {
      /** For people, in the language of the session. */
      message: string;
      /** True if `retryTurn` may help. */
      retryable: boolean;
    } | null;
    /** The answer; null until the first agent starts to write. */
    reply: Message | null;
  };
}

/** The router has decided who answers; more than one route for a message with several intents. May come again if an agent passes the question on. */
export interface TurnRouted {
  __typename: 'TurnRouted';
  /** Position in the session's stream. */
  cursor: string;
  /** Number in the session's stream. */
  seq: number;
  /** When it happened. */
  occurredAt: string;
  /** The turn. */
  turnId: string;
  /** All routes, replacing those said before. */
  routes: readonly {
    /** Who answers. */
    agent: AgentKind;
    /** The part of the message it comes from. */
    excerpt: string | null;
  }[];
}

/** Work on the turn has begun. */
export interface TurnStarted {
  __typename: 'TurnStarted';
  /** Position in the session's stream. */
  cursor: string;
  /** Number in the session's stream. */
  seq: number;
  /** When it happened. */
  occurredAt: string;
  /** The turn. */
  turnId: string;
}

/** Somebody types, or stopped. Not kept: never replayed, and takes no number of its own (`seq` is that of the event before). */
export interface TypingChanged {
  __typename: 'TypingChanged';
  /** Position in the session's stream. */
  cursor: string;
  /** Number of the last event kept. */
  seq: number;
  /** When it happened. */
  occurredAt: string;
  /** Who. */
  author: {
    /** What they are. */
    kind: AuthorKind;
    /** Name to show. */
    displayName: string;
  };
  /** Whether they type now. */
  isTyping: boolean;
}

/** Something an agent wants to do that needs the customer's explicit yes first. */
export interface Proposal {
  /** Globally unique, opaque and stable. */
  id: string;
  /** What it would do. */
  kind: ActionKind;
  /** One line to show, in the language of the session. */
  title: string;
  /** Where it stands. */
  status: ActionStatus;
  /** When it can no longer be agreed to. */
  expiresAt: string;
  /** The details to agree to, as label and value. */
  lines: readonly {
    /** What it is, for example “Refund to”. */
    label: string;
    /** Its value, for example “Visa ending 4242”. */
    value: string;
  }[];
}

/** One thing said. */
export interface Message {
  /** Globally unique, opaque and stable. */
  id: string;
  /** The idempotency key of the `sendMessage` that made it: lets the sender match its optimistic copy. Null for others. */
  clientKey: string | null;
  /** Whether it is finished. */
  status: MessageStatus;
  /** When it was stored. */
  createdAt: string;
  /** All text parts joined, as Markdown: for clients that show plain text only. */
  text: string;
  /** Who said it. */
  author: {
    /** What they are. */
    kind: AuthorKind;
    /** Name to show. */
    displayName: string;
  };
  /** What it is made of, in order. */
  parts: readonly (
    | {
        __typename: 'ActionPart';
        /** Unique. */
        id: string;
        /** Place in the message, from 0. */
        index: number;
        /** The agent that wrote it. */
        agent: AgentKind | null;
        /** The action. */
        proposal: Proposal;
      }
    | {
        __typename: 'OrderPart';
        /** Unique. */
        id: string;
        /** Place in the message, from 0. */
        index: number;
        /** The agent that wrote it. */
        agent: AgentKind | null;
        /** The order. */
        order: {
          /** Globally unique, opaque and stable. */
          id: string;
          /** The number the customer knows, for example `#W2378156`. */
          number: string;
          /** Where it stands. */
          status: OrderStatus;
        } | null;
      }
    | {
        __typename: 'TextPart';
        /** Unique; the same in deltas and in the finished message. */
        id: string;
        /** Place in the message, from 0. */
        index: number;
        /** The agent that wrote it. */
        agent: AgentKind | null;
        /** The text so far. */
        text: string;
        /** What the text rests on. */
        citations: readonly {
          /** Number used in the text, from 1. */
          number: number;
          /** Title to show. */
          title: string;
        }[];
      }
  )[];
}

/** Where a handoff stands. New values may be added. */
export type HandoffStatus = 'QUEUED' | 'CLAIMED' | 'RESOLVED' | 'ABANDONED';

/** Who answers. New values may be added. */
export type AgentKind = 'ROUTER' | 'FAQ' | 'ORDERS' | 'REFUNDS' | 'TECHSUPPORT' | 'HANDOFF';

/** Where a session stands. New values may be added. */
export type SessionStatus = 'ACTIVE' | 'WAITING_FOR_STAFF' | 'WITH_STAFF' | 'CLOSED';

/** Where a tool call stands. New values may be added. */
export type ToolCallStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED';

/** Where a turn stands. New values may be added. */
export type TurnStatus =
  'QUEUED' | 'RUNNING' | 'AWAITING_CONFIRMATION' | 'COMPLETED' | 'HANDED_OFF' | 'CANCELLED' | 'FAILED';

/** What the author of a message is. New values may be added. */
export type AuthorKind = 'CUSTOMER' | 'ASSISTANT' | 'STAFF' | 'SYSTEM';

/** What a proposed action would do. New values may be added. */
export type ActionKind =
  | 'CANCEL_ORDER'
  | 'UPDATE_ORDER_ADDRESS'
  | 'UPDATE_ORDER_ITEMS'
  | 'UPDATE_ORDER_PAYMENT'
  | 'UPDATE_CUSTOMER_ADDRESS'
  | 'REQUEST_RETURN'
  | 'REQUEST_EXCHANGE'
  | 'REQUEST_REFUND'
  | 'OPEN_TICKET';

/** Where a proposed action stands. New values may be added. */
export type ActionStatus = 'PENDING' | 'CONFIRMED' | 'EXECUTED' | 'FAILED' | 'DECLINED' | 'EXPIRED';

/** Whether a message is finished. New values may be added. */
export type MessageStatus = 'STREAMING' | 'COMPLETE' | 'INCOMPLETE';

/** Where an order stands. New values may be added. */
export type OrderStatus =
  | 'PENDING'
  | 'PROCESSED'
  | 'DELIVERED'
  | 'CANCELLED'
  | 'RETURN_REQUESTED'
  | 'EXCHANGE_REQUESTED'
  | 'RETURNED'
  | 'EXCHANGED';
