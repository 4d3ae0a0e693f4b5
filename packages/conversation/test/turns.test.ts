import type { Running } from '@supportgraph/kernel';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { RouteJob } from '../src/index.js';
import {
  decide, echo, ended, eventsOf, gate, operator, replyText, send, startSession, startWorld, textFrom, until, visitor, type World,
} from './world.js'; // prettier-ignore

let world: World;
const running: Running[] = [];
beforeAll(async () => {
  world = await startWorld();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((worker) => worker.stop()));
});
afterAll(() => world.stop());

const run = (...workers: Running[]) => void running.push(...workers);
const noDrain = { drainMs: 0 };

describe('answering', () => {
  test('a message is routed and answered, and every step is told', async () => {
    const { conversation } = world;
    run(
      conversation.turns.work(async () => decide('FAQ')),
      conversation.routes.work(['FAQ'], echo),
    );
    const session = await startSession(conversation);
    const { turn } = await send(conversation, session.id, 'Hello');
    const done = await ended(conversation, turn.id);
    expect(done).toMatchObject({
      status: 'COMPLETED',
      routes: [{ intent: 'FAQ', agent: 'FAQ', confidence: 1, excerpt: null }],
      routing: { method: 'RULES', confidence: 1 },
      failure: null,
    });
    expect(done.firstTextAt).toBeInstanceOf(Date);
    expect(await replyText(conversation, done)).toBe('You said: Hello');
    const events = await eventsOf(conversation, turn.id);
    expect(events.map(({ type }) => type)).toEqual([
      'TurnStarted', 'TurnRouted', 'PartStarted', 'TextDelta', 'PartCompleted', 'TurnFinished',
    ]); // prettier-ignore
    expect(textFrom(events)).toBe('You said: Hello');
    const [reply] = await conversation.messages.load(visitor(session.id), [done.replyId!]);
    expect(reply).toMatchObject({
      author: { kind: 'ASSISTANT', displayName: 'Assistant' },
      status: 'COMPLETE',
      turnId: turn.id,
    });
  });

  test('the agent is told the message, the language, the history and the customer', async () => {
    const { conversation } = world;
    const jobs: RouteJob[] = [];
    run(
      conversation.turns.work(async () => ({
        ...decide('ORDERS'),
        entities: [{ name: 'order_number', value: '#W1' }],
        routes: [{ intent: 'ORDER', agent: 'ORDERS', confidence: 0.9, excerpt: 'where is #W1' }],
      })),
      conversation.routes.work(['ORDERS'], async (job) => {
        jobs.push(job);
        return echo(job);
      }),
    );
    const session = await startSession(conversation);
    await conversation.sessions.bindCustomer(visitor(session.id), session.id, {
      customerId: 'cus_1',
      displayName: 'Ann',
    });
    await ended(conversation, (await send(conversation, session.id, '你好')).turn.id);
    await ended(conversation, (await send(conversation, session.id, 'where is #W1')).turn.id);
    expect(jobs[1]).toMatchObject({
      text: 'where is #W1',
      excerpt: 'where is #W1',
      intent: 'ORDER',
      language: 'zh-Hant',
      entities: [{ name: 'order_number', value: '#W1' }],
      history: [
        { author: 'CUSTOMER', text: '你好', agent: null },
        { author: 'ASSISTANT', text: 'You said: 你好', agent: 'ORDERS' },
      ],
      viewer: { role: 'CUSTOMER', customerId: 'cus_1', sessionId: session.id },
    });
  });

  test('parts of several agents grow at once and stand in the order of their routes', async () => {
    const { conversation } = world;
    const second = gate();
    run(
      conversation.turns.work(async () => decide('FAQ', 'ORDERS')),
      conversation.routes.work(['FAQ'], async ({ writer }) => {
        await second.opened;
        writer.text('first');
        return { kind: 'answered' };
      }),
      conversation.routes.work(['ORDERS'], async ({ writer }) => {
        writer.text('second');
        writer.order('ord_1');
        writer.text('third');
        await writer.flush();
        second.open();
        return { kind: 'answered' };
      }),
    );
    const session = await startSession(conversation);
    const { turn } = await send(conversation, session.id, 'Two things');
    const done = await ended(conversation, turn.id);
    expect(await replyText(conversation, done)).toBe('first|second|[ord_1]|third');
    const [reply] = await conversation.messages.load(operator, [done.replyId!]);
    expect(reply!.parts.map(({ index, agent }) => [index, agent])).toEqual([
      [0, 'FAQ'], [1, 'ORDERS'], [2, 'ORDERS'], [3, 'ORDERS'],
    ]); // prettier-ignore
    expect(textFrom(await eventsOf(conversation, turn.id))).toBe('first|second||third');
  });

  test('a reply can be read while it is written', async () => {
    const { conversation } = world;
    const goOn = gate();
    run(
      conversation.turns.work(async () => decide('FAQ')),
      conversation.routes.work(['FAQ'], async ({ writer }) => {
        writer.cite({ number: 1, title: 'Returns', faqId: 'faq_1' });
        writer.text('So far');
        await goOn.opened;
        return { kind: 'answered' };
      }),
    );
    const session = await startSession(conversation);
    const { turn } = await send(conversation, session.id, 'Hello');
    const streaming = await until(async () => {
      const [now] = await conversation.turns.load(visitor(session.id), [turn.id]);
      const [reply] = now?.replyId ? await conversation.messages.load(visitor(session.id), [now.replyId]) : [];
      return reply?.parts.length ? reply : null;
    });
    expect(streaming).toMatchObject({
      status: 'STREAMING',
      parts: [{ text: 'So far', citations: [{ number: 1, title: 'Returns', faqId: 'faq_1' }] }],
    });
    expect(await conversation.turns.loadActive(visitor(session.id), [session.id])).toMatchObject([
      { id: turn.id, status: 'RUNNING' },
    ]);
    goOn.open();
    expect(await ended(conversation, turn.id)).toMatchObject({ status: 'COMPLETED' });
    expect(await conversation.turns.loadActive(visitor(session.id), [session.id])).toEqual([null]);
  });

  test('turns of a session run one at a time and in order; those of another do not wait', async () => {
    const { conversation } = world;
    const order: string[] = [];
    let atOnce = 0;
    let most = 0;
    run(
      conversation.turns.work(async () => decide('FAQ')),
      world.another().turns.work(async () => decide('FAQ')),
      conversation.routes.work(['FAQ'], async (job) => {
        most = Math.max(most, ++atOnce);
        order.push(job.text);
        await job.writer.flush();
        atOnce -= 1;
        return echo(job);
      }),
    );
    const session = await startSession(conversation);
    const texts = Array.from({ length: 8 }, (_, i) => `Message ${i}`);
    const turns: string[] = [];
    for (const text of texts) turns.push((await send(conversation, session.id, text)).turn.id);
    for (const turn of turns) await ended(conversation, turn);
    expect(order).toEqual(texts);
    expect(most).toBe(1);
  });

  test('tool calls are shown and stored', async () => {
    const { conversation } = world;
    run(
      conversation.turns.work(async () => decide('ORDERS')),
      conversation.routes.work(['ORDERS'], async ({ writer }) => {
        const id = writer.toolStarted({
          name: 'get_order',
          label: { en: 'Looking up the order', 'zh-Hant': '查詢訂單' },
          arguments: { orderId: 'ord_1' },
        });
        writer.toolFinished(id, { status: 'SUCCEEDED', result: { status: 'PENDING\0' } });
        writer.text('It is on its way.');
        return { kind: 'answered' };
      }),
    );
    const session = await startSession(conversation);
    const { turn } = await send(conversation, session.id, '訂單在哪');
    await ended(conversation, turn.id);
    const [calls] = await conversation.turns.loadToolCallsOf(visitor(session.id), [turn.id]);
    expect(calls).toMatchObject([
      {
        name: 'get_order',
        label: '查詢訂單',
        agent: 'ORDERS',
        status: 'SUCCEEDED',
        arguments: { orderId: 'ord_1' },
        result: { status: 'PENDING' },
      },
    ]);
    const shown = (await eventsOf(conversation, turn.id)).filter(({ type }) => type === 'ToolCallUpdated');
    expect(shown).toMatchObject([
      { data: { toolCall: { status: 'RUNNING' } } },
      { data: { toolCall: { status: 'SUCCEEDED' } } },
    ]);
  });

  test('without routes the turn is the person’s who has the session', async () => {
    const { conversation } = world;
    run(conversation.turns.work(async () => decide()));
    const session = await startSession(conversation);
    const { turn } = await send(conversation, session.id, 'Hello');
    expect(await ended(conversation, turn.id)).toMatchObject({ status: 'HANDED_OFF', replyId: null });
    expect((await eventsOf(conversation, turn.id)).at(-1)).toMatchObject({ type: 'TurnFinished' });
  });

  test('an agent that hands over puts the session into the queue, and the customer is told the place', async () => {
    const { conversation } = world;
    run(
      conversation.turns.work(async () => decide('HANDOFF')),
      conversation.routes.work(['HANDOFF'], async () => ({
        kind: 'handedOff',
        reason: 'CUSTOMER_ASKED',
        summary: 'Wants a person.',
      })),
    );
    const session = await startSession(conversation);
    const { turn } = await send(conversation, session.id, 'A person, please');
    const done = await ended(conversation, turn.id);
    expect(done.status).toBe('HANDED_OFF');
    expect(await replyText(conversation, done)).toMatch(/number \d+ in the queue/);
    expect(await conversation.handoffs.loadCurrent(visitor(session.id), [session.id])).toMatchObject([
      { status: 'QUEUED', reason: 'CUSTOMER_ASKED', summary: 'Wants a person.', team: 'support' },
    ]);
    expect(await conversation.sessions.load(operator, [session.id])).toMatchObject([{ status: 'WAITING_FOR_STAFF' }]);
  });
});

describe('failing', () => {
  test('a failed route among others leaves a part that says so', async () => {
    const { conversation } = world;
    run(
      conversation.turns.work(async () => decide('FAQ', 'ORDERS')),
      conversation.routes.work(['FAQ'], async () => ({ kind: 'failed', code: 'MODEL_UNAVAILABLE', retryable: true })),
      conversation.routes.work(['ORDERS'], echo),
    );
    const session = await startSession(conversation);
    const { turn } = await send(conversation, session.id, 'Hello');
    const done = await ended(conversation, turn.id);
    expect(done).toMatchObject({ status: 'COMPLETED', failure: null });
    expect(await replyText(conversation, done)).toMatch(/^Sorry, our assistant cannot be reached.*\|You said: Hello$/);
    expect(textFrom(await eventsOf(conversation, turn.id))).toBe(await replyText(conversation, done));
  });

  test('a turn of which every route failed has failed, with a code and a sentence in the session’s language', async () => {
    const { conversation } = world;
    run(
      conversation.turns.work(async () => decide('FAQ')),
      conversation.routes.work(['FAQ'], async ({ writer }) => {
        writer.text('讓我看看');
        throw new Error('a fault');
      }),
    );
    const session = await startSession(conversation);
    const { turn } = await send(conversation, session.id, '你好嗎');
    const done = await ended(conversation, turn.id);
    expect(done).toMatchObject({ status: 'FAILED', failure: { code: 'INTERNAL', retryable: true } });
    expect(await replyText(conversation, done)).toMatch(/^讓我看看\|抱歉/);
    expect(await conversation.messages.load(operator, [done.replyId!])).toMatchObject([{ status: 'INCOMPLETE' }]);
  });

  test('an agent that says nothing has failed', async () => {
    const { conversation } = world;
    run(
      conversation.turns.work(async () => decide('FAQ')),
      conversation.routes.work(['FAQ'], async () => ({ kind: 'answered' })),
    );
    const session = await startSession(conversation);
    const { turn } = await send(conversation, session.id, 'Hello');
    expect(await ended(conversation, turn.id)).toMatchObject({ status: 'FAILED', failure: { code: 'INTERNAL' } });
  });

  test('triage that fails ends the turn with a sentence, and the next turn runs', async () => {
    const { conversation } = world;
    run(
      conversation.turns.work(async ({ text }) => {
        if (text === 'bad') throw new Error('a fault');
        return decide('FAQ');
      }),
      conversation.routes.work(['FAQ'], echo),
    );
    const session = await startSession(conversation);
    const bad = await send(conversation, session.id, 'bad');
    const good = await send(conversation, session.id, 'good');
    const failed = await ended(conversation, bad.turn.id);
    expect(failed).toMatchObject({ status: 'FAILED', failure: { code: 'INTERNAL' }, routes: [], routing: null });
    expect(await replyText(conversation, failed)).toMatch(/^Sorry/);
    expect(textFrom(await eventsOf(conversation, bad.turn.id))).toBe(await replyText(conversation, failed));
    expect(await ended(conversation, good.turn.id)).toMatchObject({ status: 'COMPLETED' });
  });

  test('an agent that takes longer than the deadline is stopped, and what it wrote stays', async () => {
    const conversation = world.another({ pollMs: 50, turnDeadlineMs: 300 });
    let stopped: unknown;
    run(
      conversation.turns.work(async () => decide('FAQ')),
      conversation.routes.work(['FAQ'], async ({ writer, signal }) => {
        signal.addEventListener('abort', () => (stopped = signal.reason));
        writer.text('One moment');
        return new Promise(() => {});
      }),
    );
    const session = await startSession(conversation);
    const { turn } = await send(conversation, session.id, 'Hello');
    const done = await ended(conversation, turn.id);
    expect(done).toMatchObject({ status: 'FAILED', failure: { code: 'MODEL_TIMEOUT', retryable: true } });
    expect(await replyText(conversation, done)).toMatch(/^One moment\|Sorry, this took too long/);
    expect(stopped).toBe('deadline');
  });

  test('a route whose agent is hosted nowhere fails at its deadline; others are answered', async () => {
    const conversation = world.another({ pollMs: 50, sweepMs: 50, turnDeadlineMs: 300 });
    run(
      conversation.turns.work(async () => decide('FAQ', 'REFUNDS')),
      conversation.routes.work(['FAQ'], echo),
      conversation.sweep(),
    );
    const session = await startSession(conversation);
    const { turn } = await send(conversation, session.id, 'Hello');
    const done = await ended(conversation, turn.id);
    expect(done).toMatchObject({ status: 'COMPLETED' });
    expect(await replyText(conversation, done)).toMatch(/^You said: Hello\|Sorry, something went wrong/);
    expect(textFrom(await eventsOf(conversation, turn.id))).toBe(await replyText(conversation, done));
  });
});

describe('draining', () => {
  test('a worker that is stopped gives its jobs back, and another takes them at once', async () => {
    const { conversation } = world;
    const started = gate();
    const first = conversation.routes.work(
      ['FAQ'],
      async ({ writer }) => {
        writer.text('Half an answer that nobody will');
        await writer.flush();
        started.open();
        return new Promise(() => {});
      },
      noDrain,
    );
    run(conversation.turns.work(async () => decide('FAQ')));
    const session = await startSession(conversation);
    const { turn } = await send(conversation, session.id, 'Hello');
    await started.opened;
    await first.stop();
    run(world.another({ leaseMs: 60_000 }).routes.work(['FAQ'], echo));
    const done = await ended(conversation, turn.id);
    expect(await replyText(conversation, done)).toBe('You said: Hello');
    expect(textFrom(await eventsOf(conversation, turn.id))).toBe('You said: Hello');
  });

  test('a job that can end is let end', async () => {
    const { conversation } = world;
    const started = gate();
    const goOn = gate();
    const worker = conversation.routes.work(['FAQ'], async (job) => {
      started.open();
      await goOn.opened;
      return echo(job);
    });
    run(conversation.turns.work(async () => decide('FAQ')));
    const session = await startSession(conversation);
    const { turn } = await send(conversation, session.id, 'Hello');
    await started.opened;
    const stopping = worker.stop();
    goOn.open();
    await stopping;
    expect(await conversation.turns.load(operator, [turn.id])).toMatchObject([{ status: 'COMPLETED' }]);
  });
});
