import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { defineAgent, modelClient, runTurn, tool, toolInput, type ModelUse } from '@supportgraph/agent';
import { playedScripts, routeJob } from '@supportgraph/agent/testing';
import { memoryEventLog, openConversation, type Conversation } from '@supportgraph/conversation';
import { migrate, openDatabase, startEmbeddedPostgres } from '@supportgraph/data';
import { nobody, silent, type Viewer } from '@supportgraph/kernel';
import { ordersAgent } from '@supportgraph/subgraph-orders';
import { openSpending } from '@supportgraph/subgraph-router';
import { z } from 'zod';
import { type Bench } from './bench.js';

const turns = 300;
const warmUp = 60;

/** The reference dialogue: one look-up, then an answer of about sixty tokens. */
const answer =
  'Your order #W1000002 left our warehouse on Monday with the parcel number 446622 and is on its way to you. ' +
  'It usually takes two to three working days from there. The coffee mug in it cannot be changed any more, as it is ' +
  'packed. If it does not arrive by Friday, just write here again and it will be looked into.';
const model = playedScripts({
  '*': [{ call: [{ name: 'get_order', input: { number: '#W1000002' } }] }, { say: answer }],
});
const question = 'Where is my order #W1000002, and can I still change the mug in it?';

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
      run: async ({ number }) => ({ number, status: 'PROCESSED', parcels: ['446622'], items: ['Coffee Mug'] }),
    }),
  ],
  offline: ordersAgent.offline,
});

const options = {
  client: modelClient({ fetch: model.fetch }),
  models: { small: ['m'], middle: ['m'], large: ['m'] } as const,
  ...{ log: silent, isRemote: true, linkHosts: async () => ['shop.example'] },
};

/** CPU time of this process for one run, in ms. */
async function cpuOf(run: () => Promise<unknown>): Promise<number> {
  for (let n = 0; n < warmUp; n++) await run();
  const before = process.cpuUsage();
  for (let n = 0; n < turns; n++) await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000 / turns;
}

/** The same requests by the SDK alone, streamed to their end. */
async function modelAlone(): Promise<void> {
  for (const request of model.requests.slice(-2)) {
    // A request that the SDK had made.
    const stream = options.client.beta.messages.stream(request as never);
    for await (const _ of stream);
  }
}

async function loopAlone(): Promise<ModelUse[]> {
  const uses: ModelUse[] = [];
  await runTurn(agent, {}, routeJob(question), { ...options, onUsage: (use) => void uses.push(use) });
  return uses;
}

/** A whole turn: message, triage by a rule, route, agent, events, records of calls, end. */
async function wholeTurn(conversation: Conversation): Promise<void> {
  const key = () => `bench ${Math.random()}`;
  const started = await conversation.sessions.start(nobody, { idempotencyKey: key(), channel: 'WEB' });
  if (!started.ok) throw new Error(JSON.stringify(started.errors));
  const sessionId = started.value.session.id;
  const visitor: Viewer = { ...nobody, sessionId };
  const sent = await conversation.messages.send(visitor, { idempotencyKey: key(), sessionId, text: question });
  if (!sent.ok || !sent.value.turn) throw new Error(JSON.stringify(sent));
  const turn = await conversation.turns.settled(visitor, sent.value.turn.id, 20_000, new AbortController().signal);
  if (turn?.status !== 'COMPLETED') throw new Error(`The turn ended ${turn?.status}.`);
}

async function inPlatform(run: (conversation: Conversation) => Promise<number>): Promise<number> {
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
  const route = { intent: 'ORDER', agent: 'ORDERS', confidence: 1, excerpt: null } as const;
  const ruled = { method: 'RULES', model: null, confidence: 1, reason: null, entities: [], latencyMs: 0 } as const;
  const workers = [
    conversation.turns.work(async () => ({ ...ruled, routes: [route] })),
    conversation.routes.work(['ORDERS'], (job) =>
      runTurn(agent, {}, job, { ...options, allow, onUsage: (use) => record(job, use) }),
    ),
  ];
  try {
    return await run(conversation);
  } finally {
    await Promise.all(workers.map((worker) => worker.stop()));
    await conversation.close();
    await events.close();
    await db.close();
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

export const bench: Bench = async () => {
  const uses = await loopAlone();
  const loop = await cpuOf(loopAlone);
  const alone = await cpuOf(modelAlone);
  const whole = await inPlatform((conversation) => cpuOf(() => wholeTurn(conversation)));
  const tokens = (count: (use: ModelUse) => number) => uses.reduce((sum, use) => sum + count(use), 0);
  const ms = (value: number) => value.toFixed(1);
  return {
    about:
      `CPU time of one process for a turn of the reference dialogue (two model calls, one tool, ${uses.length} records), ` +
      `the mean of ${turns} turns one after another. The scripted model and the SDK run in the same process; what they take ` +
      'alone, for the same requests, is in a row of its own.',
    columns: ['what', 'CPU ms a turn'],
    rows: [
      ['scripted model and SDK alone', ms(alone)],
      ['with our loop: guards, tools, limits', ms(loop)],
      ['our loop without them', ms(loop - alone)],
      ['the whole turn: session, message, routing, events, records, budgets', ms(whole)],
      ['all of ours without them', ms(whole - alone)],
    ],
    notes: [
      `Tokens of the dialogue, as the scripted model estimates them: ${tokens((use) => use.inputTokens)} in, ${tokens((use) => use.outputTokens)} out.`,
      'PostgreSQL is another process and not counted.',
    ],
  };
};
