import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { defineAgent, modelClient, runTurn, tool, toolInput, type ModelUse } from '@supportgraph/agent';
import { playedScripts, routeJob } from '@supportgraph/agent/testing';
import {
  memoryEventLog,
  openConversation,
  type Conversation,
  type EventLog,
  type Triage,
} from '@supportgraph/conversation';
import { migrate, openDatabase, startEmbeddedPostgres } from '@supportgraph/data';
import { nobody, silent, type Viewer } from '@supportgraph/kernel';
import { ordersAgent } from '@supportgraph/subgraph-orders';
import { openSpending } from '@supportgraph/subgraph-router';
import { z } from 'zod';
import { percentile, type Bench } from './bench.js';

/** Runs of one thing before the next has its turn: what is compared is measured under the same conditions. */
const runsInRow = 48;
/** Rounds that are counted, after those in which the code becomes as fast as in a process that has run for a while. */
const rounds = 3;
const warmUpRounds = 2;
/** Turns under way at the same time, as on a process with many customers. */
const atOnce = 16;

/** The reference dialogue: one look-up, then an answer of about sixty tokens. */
const answer =
  'Your order #W1000002 left our warehouse on Monday with the parcel number 446622 and is on its way to you. ' +
  'It usually takes two to three working days from there. The coffee mug in it cannot be changed any more, as it is ' +
  'packed. If it does not arrive by Friday, just write here again and it will be looked into.';
const model = playedScripts({
  '*': [{ call: [{ name: 'get_order', input: { number: '#W1000002' } }] }, { say: answer }],
});
const question = 'Where is my order #W1000002, and can I still change the mug in it?';
/** Routed to an agent that says one word without a model: what a turn costs whatever the agent does. */
const bareQuestion = 'Hello!';

const order = (number: string) => ({ number, status: 'PROCESSED', parcels: ['446622'], items: ['Coffee Mug'] });
const orderOnly = toolInput({ number: z.string() });

/** The orders agent's prompt with one of its tools, so that no shop is needed. */
const agent = defineAgent<object>({
  kind: 'ORDERS',
  prompt: ordersAgent.prompt,
  model: 'middle',
  tools: () => [
    tool({
      name: 'get_order',
      description: 'Status, items and amounts of one order of this customer. Not for refunds.',
      label: { en: 'Looking up your order', 'zh-Hant': '正在查詢訂單' },
      input: orderOnly,
      run: async ({ number }) => order(number),
    }),
  ],
  offline: ordersAgent.offline,
});

const options = {
  client: modelClient({ fetch: model.fetch }),
  models: { small: ['m'], middle: ['m'], large: ['m'] } as const,
  ...{ log: silent, isRemote: true, linkHosts: async () => ['shop.example'] },
};

/** CPU time of this process, in ms. */
interface Cpu {
  all: number;
  /** Of it in the kernel: nearly all of it writes to PostgreSQL and wakes it. */
  kernel: number;
}

const minus = (a: Cpu, b: Cpu): Cpu => ({ all: a.all - b.all, kernel: a.kernel - b.kernel });

async function cpuOf(work: () => Promise<unknown>): Promise<Cpu> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { all: (user + system) / 1_000 / runsInRow, kernel: system / 1_000 / runsInRow };
}

/** Runs a thing so often, so many at a time. */
async function repeat(run: () => Promise<unknown>, width: number): Promise<void> {
  let left = runsInRow;
  const one = async () => {
    while (left-- > 0) await run();
  };
  await Promise.all(Array.from({ length: width }, one));
}

/** A request that our loop had made, as the SDK is given it. */
type Request = Parameters<typeof options.client.beta.messages.stream>[0];
// The scripted model keeps requests as it reads them: the SDK had sent these.
const lastRequests = () => model.requests.slice(-2) as unknown as [Request, Request];

/** The same requests by the SDK alone, streamed to their end. */
async function modelAlone(requests: readonly Request[]): Promise<void> {
  for (const request of requests) for await (const _ of options.client.beta.messages.stream(request));
}

/** The same dialogue by the SDK's tool runner, with a tool that answers at once. */
async function runnerAlone([{ tools = [], ...first }]: readonly [Request, Request]): Promise<void> {
  const result = JSON.stringify(order('#W1000002'));
  const runnable = tools.map((each) => ({ ...each, run: async () => result, parse: (input: unknown) => input }));
  // Tools of ours and nobody else's, so that each can be run.
  const params = { ...first, tools: runnable, stream: true, thread: false } as Parameters<
    typeof options.client.beta.messages.toolRunner
  >[0] & { stream: true };
  for await (const stream of options.client.beta.messages.toolRunner(params)) for await (const _ of stream);
}

async function loopAlone(): Promise<ModelUse[]> {
  const uses: ModelUse[] = [];
  await runTurn(agent, {}, routeJob(question), { ...options, onUsage: (use) => void uses.push(use) });
  return uses;
}

const newKey = () => `bench ${Math.random()}`;

async function startSession({ sessions }: Conversation): Promise<string> {
  const started = await sessions.start(nobody, { idempotencyKey: newKey(), channel: 'WEB' });
  if (!started.ok) throw new Error(JSON.stringify(started.errors));
  return started.value.session.id;
}

interface Platform {
  conversation: Conversation;
  events: EventLog;
}

/** A whole turn in a session that is there: message, triage by a rule, route, agent, events, records of calls, end. */
async function turnIn({ conversation, events }: Platform, sessionId: string, text: string): Promise<void> {
  const visitor: Viewer = { ...nobody, sessionId };
  const following = events.subscribe(sessionId, 'start');
  const sent = await conversation.messages.send(visitor, { idempotencyKey: newKey(), sessionId, text });
  if (!sent.ok || !sent.value.turn) throw new Error(JSON.stringify(sent));
  for await (const { type } of following) if (type === 'TurnFinished') return;
}

/** Turns of a text, each in a session of its own that is started before and not counted. */
async function cpuOfTurns(platform: Platform, text: string, width: number): Promise<Cpu> {
  const sessions = await Promise.all(Array.from({ length: runsInRow }, () => startSession(platform.conversation)));
  return cpuOf(() => repeat(() => turnIn(platform, sessions.pop()!, text), width));
}

const ruled = { method: 'RULES', model: null, confidence: 1, reason: null, entities: [], latencyMs: 0 } as const;
const triage: Triage = async ({ text }) => {
  const to =
    text === bareQuestion
      ? ({ intent: 'CHITCHAT', agent: 'ROUTER' } as const)
      : ({ intent: 'ORDER', agent: 'ORDERS' } as const);
  return { ...ruled, routes: [{ ...to, confidence: 1, excerpt: null }] };
};

async function inPlatform<T>(run: (platform: Platform) => Promise<T>): Promise<T> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'supportgraph-turn-'));
  // The server may run as a user of its own.
  await chmod(dataDir, 0o755);
  const server = await startEmbeddedPostgres({ dataDir: path.join(dataDir, 'postgres'), log: silent });
  await migrate({ url: server.url, folder: path.resolve('prisma/migrations'), log: silent });
  const db = await openDatabase({ url: server.url, log: silent });
  const events = memoryEventLog();
  const conversation = openConversation({ db, events, logger: silent, secret: 'for this benchmark only' });
  const limits = { sessionNanoUsd: null, customerNanoUsd: null };
  const { record, allow } = openSpending({ db, clock: () => new Date(), log: silent, limits });
  const workers = [
    conversation.turns.work(triage),
    conversation.routes.work(['ORDERS'], (job) =>
      runTurn(agent, {}, job, { ...options, allow, onUsage: (use) => record(job, use) }),
    ),
    conversation.routes.work(['ROUTER'], async ({ writer }) => {
      writer.text('Hello.');
      return { kind: 'answered' };
    }),
  ];
  try {
    return await run({ conversation, events });
  } finally {
    await Promise.all(workers.map((worker) => worker.stop()));
    await conversation.close();
    await events.close();
    await db.close();
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** What one round measured. */
type Round = Record<'model' | 'runner' | 'loop' | 'start' | 'bare' | 'turn', Cpu>;

async function round(platform: Platform, requests: readonly [Request, Request], width: number): Promise<Round> {
  const cpu = (run: () => Promise<unknown>) => cpuOf(() => repeat(run, width));
  return {
    model: await cpu(() => modelAlone(requests)),
    runner: await cpu(() => runnerAlone(requests)),
    loop: await cpu(loopAlone),
    start: await cpu(() => startSession(platform.conversation)),
    bare: await cpuOfTurns(platform, bareQuestion, width),
    turn: await cpuOfTurns(platform, question, width),
  };
}

const rows: readonly [string, (round: Round) => Cpu][] = [
  ['scripted model and SDK alone', ({ model }) => model],
  ['with the SDK’s own tool runner', ({ runner }) => runner],
  ['with our loop: guards, tools, limits', ({ loop }) => loop],
  ['our loop without model and SDK', ({ loop, model }) => minus(loop, model)],
  ['our loop without the tool runner either', ({ loop, runner }) => minus(loop, runner)],
  ['starting a session, which is not of a turn', ({ start }) => start],
  ['a turn whose agent says one word: message, routing, end', ({ bare }) => bare],
  ['the whole turn in a session: message, routing, loop, events, records, budgets', ({ turn }) => turn],
  ['all of ours in it, without model and SDK', ({ turn, model }) => minus(turn, model)],
  [
    '**loop, events and records**: without message, routing and end either',
    ({ turn, model, bare }) => minus(minus(turn, model), bare),
  ],
];

function medians(measured: readonly Round[], of: (round: Round) => Cpu): string[] {
  const median = (values: readonly number[]) => percentile(values, 0.5).toFixed(1).replace('-0.0', '0.0');
  const cpus = measured.map(of);
  return [median(cpus.map(({ all }) => all)), median(cpus.map(({ kernel }) => kernel))];
}

export const bench: Bench = async () => {
  const uses = await loopAlone();
  const requests = lastRequests();
  const measured = await inPlatform(async (platform) => {
    const found: { single: Round; many: Round }[] = [];
    for (let n = 0; n < warmUpRounds + rounds; n++)
      found.push({ single: await round(platform, requests, 1), many: await round(platform, requests, atOnce) });
    return found.slice(warmUpRounds);
  });
  const single = measured.map((each) => each.single);
  const many = measured.map((each) => each.many);
  const tokens = (count: (use: ModelUse) => number) => uses.reduce((sum, use) => sum + count(use), 0);
  return {
    about:
      `CPU time of one process for a turn of the reference dialogue (two model calls, one tool, ${uses.length} records), once it is ` +
      'warm. The scripted model and the SDK run in the same process; what they take alone, for the same requests, is in rows of ' +
      `its own. Each round measures all of them in turn, ${runsInRow} runs each; the figures are medians of ${rounds} rounds, those of ` +
      'differences of the differences within a round.',
    columns: [
      'what',
      ...['CPU ms, one after another', 'of it in the kernel'],
      ...[`CPU ms, ${atOnce} at once`, 'of it in the kernel'],
    ],
    rows: rows.map(([what, of]) => [what, ...medians(single, of), ...medians(many, of)]),
    notes: [
      `Tokens of the dialogue, as the scripted model estimates them: ${tokens((use) => use.inputTokens)} in, ${tokens((use) => use.outputTokens)} out.`,
      'PostgreSQL is another process and not counted; writing to its socket is, as time in the kernel.',
    ],
  };
};
