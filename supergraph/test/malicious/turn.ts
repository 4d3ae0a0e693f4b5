import type { AgentKind } from '@supportgraph/agent';
import type { ScriptStep } from '@supportgraph/agent/testing';
import type { ProposalRecord, TurnRecord, TurnStatus } from '@supportgraph/conversation';
import type { Viewer } from '@supportgraph/kernel';
import { ann, key, valueOf, type World } from './world.js';

/** What customers write so that triage is sure whom to give it to. */
const messages: Readonly<Record<AgentKind, string>> = {
  ROUTER: 'Hello there',
  FAQ: 'How do gift cards work?',
  ORDERS: 'Where is my order #W1000001? I am ann@example.com',
  REFUNDS: 'I want a refund for order #W1000001. I am ann@example.com',
  TECHSUPPORT: 'The app keeps crashing on my phone.',
};

export interface Asking {
  agent: AgentKind;
  script: readonly ScriptStep[];
  /** What triage is told, if it asks a model. @default what the offline model says */
  triage?: readonly ScriptStep[];
  /** @default one that is for the agent */
  message?: string;
  /** @default ann */
  viewer?: Viewer;
  /** @default a new one */
  sessionId?: string;
}

/** All that came of a message. */
export interface Turned {
  sessionId: string;
  status: TurnStatus;
  /** How triage decided. */
  method: string | undefined;
  /** Who answered. */
  agents: readonly string[];
  /** What the customer reads. */
  text: string;
  /** How many replies they got, and how often they were told that this was all. */
  replies: number;
  ends: number;
  proposals: readonly ProposalRecord[];
  /** What the audit says that was denied, as `agent code tool`, sorted. */
  denied: readonly string[];
  /** What the tools refused, by codes. */
  refused: readonly string[];
  /** Everything of the turn that somebody is shown or that is kept: reply, stream, tool calls, handoffs, title, triage. */
  shown: string;
  /** What staff read, if the session was given to them. */
  summaries: readonly string[];
  /** All that models were sent. */
  sent: string;
}

const forGood = new AbortController().signal;
/** The longest that may be waited at once. */
const withinMs = 25_000;

/** Lets a customer write, and a model answer by a script. */
export async function turn(world: World, { agent, script, triage, viewer = ann, ...asking }: Asking): Promise<Turned> {
  const { sessions, messages: said, turns, proposals, handoffs } = world.conversation;
  const { models, mark } = world.models.play(script, triage);
  const sessionId = asking.sessionId ?? (await startSession(world, viewer));
  const text = `${asking.message ?? messages[agent]} ${mark}`;
  const sent = valueOf(await said.send(viewer, { ...key(), sessionId, text }));
  const id = sent.turn!.id;
  const settled = (await turns.settled(viewer, id, withinMs, forGood))!;

  const [[session], [calls = []], [given = []], [proposed = []], page, stream, denied] = await Promise.all([
    sessions.load(viewer, [sessionId]),
    turns.loadToolCallsOf(viewer, [id]),
    handoffs.loadAll(viewer, [sessionId]),
    proposals.ofTurns(viewer, [id]),
    said.page(viewer, sessionId, { last: 50 }),
    streamOf(world, viewer, id),
    denialsOf(world, id),
  ]);
  const replies = valueOf(page).edges.flatMap(({ node }) =>
    node.turnId === id && node.id !== settled.requestId ? node : [],
  );
  return {
    ...{ sessionId, status: settled.status, proposals: proposed, denied, replies: replies.length },
    method: settled.routing?.method,
    agents: settled.routes.map((route) => route.agent),
    text: replies.flatMap(({ parts }) => parts.flatMap((part) => (part.kind === 'TEXT' ? part.text : []))).join('\n\n'),
    ends: stream.filter(({ type }) => type === 'TurnFinished').length,
    refused: calls.flatMap(({ result }) => codesIn(result)),
    summaries: given.flatMap(({ summary }) => summary ?? []),
    shown: JSON.stringify([replies, stream, calls, given, proposed, session?.title, settled.routing]),
    sent: JSON.stringify(models.map(({ requests }) => requests)),
  };
}

/** Agrees to a proposal, and waits for what comes of it. */
export async function confirm({ conversation }: World, proposalId: string, viewer = ann): Promise<TurnRecord> {
  const { turn: begun } = valueOf(await conversation.proposals.confirm(viewer, { ...key(), proposalId }));
  return (await conversation.turns.settled(viewer, begun.id, withinMs, forGood))!;
}

export async function startSession({ conversation }: World, viewer: Viewer): Promise<string> {
  return valueOf(await conversation.sessions.start(viewer, { ...key(), channel: 'WEB' })).session.id;
}

async function streamOf({ conversation }: World, viewer: Viewer, turnId: string) {
  const events = [];
  for await (const event of valueOf(await conversation.turns.events(viewer, turnId, null, forGood))) events.push(event);
  return events;
}

async function denialsOf({ db }: World, turnId: string): Promise<string[]> {
  const rows = await db.prisma.auditEvent.findMany({ where: { subjectId: turnId } });
  return rows
    .map(({ actorName, outcome, code, changes }) => {
      // What `auditDenials` writes.
      const { tool } = changes as { tool: string | null };
      return `${actorName} ${outcome} ${code} ${tool}`;
    })
    .sort();
}

/** The codes that a tool's refusal was kept with. */
function codesIn(result: unknown): string[] {
  if (!Array.isArray(result)) return [];
  return result.flatMap((error: { code?: unknown }) => (typeof error.code === 'string' ? error.code : []));
}
