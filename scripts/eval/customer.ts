import { randomUUID } from 'node:crypto';
import { askGraph, type AskGraph } from '../askGraph.js';
import type { Dialogue, Step } from './dialogue.js';

/** What the customer was told in answer to one step. */
export interface Reply {
  /** Null if a person has the conversation, or if a click needed no answer. */
  turnId: string | null;
  /** Text, order cards and proposals as lines. */
  text: string;
  status: string;
  routes: readonly { intent: string; agent: string }[];
  /** Kinds of the actions that it proposed. */
  proposes: readonly string[];
  /** From the message to the first text, in ms. */
  firstTextMs: number | null;
}

/** A visitor in a session of its own, for one dialogue. */
export interface Customer {
  does(step: Step): Promise<Reply>;
  /** The reason for which a person was called; null if none was. */
  handoff(): Promise<string | null>;
}

const startSession = /* GraphQL */ `
  mutation ($input: StartSessionInput!) {
    startSession(input: $input) {
      accessToken
      session {
        id
      }
    }
  }
`;
const verifyCustomer = /* GraphQL */ `
  mutation ($input: VerifyCustomerInput!) {
    verifyCustomer(input: $input) {
      userErrors {
        message
      }
    }
  }
`;
const sendMessage = /* GraphQL */ `
  mutation ($input: SendMessageInput!) {
    done: sendMessage(input: $input) {
      turn {
        id
      }
      userErrors {
        message
      }
    }
  }
`;
const decide = (mutation: 'confirmAction' | 'declineAction', type: string) => /* GraphQL */ `
  mutation ($input: ${type}!) {
    done: ${mutation}(input: $input) {
      turn {
        id
      }
      userErrors {
        message
      }
    }
  }
`;
const clicks = {
  confirm: decide('confirmAction', 'ConfirmActionInput'),
  decline: decide('declineAction', 'DeclineActionInput'),
};
const pendingActions = /* GraphQL */ `
  query ($id: ID!) {
    session(id: $id) {
      pendingActions {
        id
      }
    }
  }
`;
const handoffOf = /* GraphQL */ `
  query ($id: ID!) {
    session(id: $id) {
      handoff {
        reason
      }
    }
  }
`;
const settledTurn = /* GraphQL */ `
  query ($id: ID!) {
    turn(id: $id) {
      settled(withinMs: 25000) {
        status
        createdAt
        firstTextAt
        finishedAt
        routes {
          intent
          agent
        }
        failure {
          message
        }
        proposals {
          kind
          title
          lines {
            label
            value
          }
        }
        reply {
          text
          parts {
            ... on OrderPart {
              order {
                number
                status
              }
            }
          }
        }
      }
    }
  }
`;

interface Done {
  done: { turn: { id: string } | null; userErrors: readonly { message: string }[] };
}
interface Settled {
  status: string;
  createdAt: string;
  firstTextAt: string | null;
  finishedAt: string | null;
  routes: readonly { intent: string; agent: string }[];
  failure: { message: string } | null;
  proposals: readonly { kind: string; title: string; lines: readonly { label: string; value: string }[] }[];
  reply: { text: string; parts: readonly { order?: { number: string; status: string } | null }[] } | null;
}

/** How long an answer may take, in ms: a real model that uses many tools is slow. */
const answerMs = 180_000;

/** Opens a session, for the customer of the dialogue if it names one. */
export async function openCustomer(gatewayUrl: string, { language, customer }: Dialogue): Promise<Customer> {
  const graph = askGraph(gatewayUrl);
  const key = () => ({ idempotencyKey: randomUUID() });
  type Started = { startSession: { accessToken: string; session: { id: string } } };
  const { startSession: started } = await graph.run<Started>(startSession, { input: { ...key(), language } });
  const { id: sessionId } = started.session;
  graph.authorize(started.accessToken);
  if (customer) await verify(graph, { ...key(), sessionId, email: customer });

  async function turnOf(step: Step): Promise<Done['done']> {
    if ('say' in step)
      return (await graph.run<Done>(sendMessage, { input: { ...key(), sessionId, text: step.say } })).done;
    type Pending = { session: { pendingActions: readonly { id: string }[] } };
    const { session } = await graph.run<Pending>(pendingActions, { id: sessionId });
    const proposal = session.pendingActions[step.which];
    if (!proposal) return { turn: null, userErrors: [{ message: `There is no button to ${step.click}.` }] };
    return (await graph.run<Done>(clicks[step.click], { input: { ...key(), proposalId: proposal.id } })).done;
  }

  return {
    async does(step) {
      const { turn, userErrors } = await turnOf(step);
      const refusal = userErrors.map(({ message }) => message).join(' ');
      return turn ? replyOf(turn.id, await settle(graph, turn.id)) : { ...silence, text: refusal };
    },
    async handoff() {
      type Session = { session: { handoff: { reason: string } | null } };
      return (await graph.run<Session>(handoffOf, { id: sessionId })).session.handoff?.reason ?? null;
    },
  };
}

const silence: Reply = { turnId: null, text: '', status: 'NONE', routes: [], proposes: [], firstTextMs: null };

async function verify(graph: AskGraph, input: object): Promise<void> {
  type Verified = { verifyCustomer: { userErrors: readonly { message: string }[] } };
  const { verifyCustomer: verified } = await graph.run<Verified>(verifyCustomer, { input });
  const [error] = verified.userErrors;
  if (error) throw new Error(error.message);
}

async function settle(graph: AskGraph, id: string): Promise<Settled> {
  const deadline = Date.now() + answerMs;
  for (;;) {
    const { settled } = (await graph.run<{ turn: { settled: Settled } }>(settledTurn, { id })).turn;
    if (settled.finishedAt ?? Date.now() > deadline) return settled;
  }
}

function replyOf(turnId: string, turn: Settled): Reply {
  const { status, routes, proposals, reply, failure, createdAt, firstTextAt } = turn;
  const orders = reply?.parts.flatMap(({ order }) => (order ? [`[${order.number} ${order.status}]`] : [])) ?? [];
  const actions = proposals.map(({ title, lines }) =>
    [`[${title}]`, ...lines.map(({ label, value }) => `  ${label}: ${value}`)].join('\n'),
  );
  return {
    ...{ turnId, status, routes, proposes: proposals.map(({ kind }) => kind) },
    text: [reply?.text, failure?.message, ...orders, ...actions].filter(Boolean).join('\n'),
    firstTextMs: firstTextAt === null ? null : Date.parse(firstTextAt) - Date.parse(createdAt),
  };
}
