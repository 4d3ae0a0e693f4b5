import { silent, type Running } from '@supportgraph/kernel';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { EventLogUnavailable, openConversation, type RouteJob, type StreamEvent } from '../src/index.js';
import {
  decide, echo, ended, eventsOf, freezable, gate, operator, quick, replyText, secret, send, startSession, startWorld, textFrom, until,
  visitor, type World,
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
const never = new Promise<never>(() => {});

/** Only in a view of the log that a reader has, not by its own look at the row. */
async function toldEnds(sessionId: string, turnId: string): Promise<number> {
  const events: StreamEvent[] = [];
  const head = await world.events.head(sessionId);
  for await (const event of world.events.subscribe(sessionId, 'start')) {
    events.push(event);
    if (event.cursor === head) break;
  }
  return events.filter((event) => event.type === 'TurnFinished' && event.turnId === turnId).length;
}

describe('a worker that is killed', () => {
  test('while it routes: another routes the turn when the lease has ended', async () => {
    const { conversation } = world;
    const killed = freezable(world);
    const started = gate();
    run(
      killed.conversation.turns.work(async () => {
        killed.freeze();
        started.open();
        return never;
      }, noDrain),
      conversation.routes.work(['FAQ'], echo),
    );
    const session = await startSession(conversation);
    const { turn } = await send(conversation, session.id, 'Hello');
    await started.opened;
    run(conversation.turns.work(async () => decide('FAQ')));
    expect(await ended(conversation, turn.id)).toMatchObject({ status: 'COMPLETED' });
    killed.wake();
  });

  test('after some words: another writes the same parts anew, and those it does not write are withdrawn', async () => {
    const { conversation } = world;
    const killed = freezable(world);
    const started = gate();
    run(
      conversation.turns.work(async () => decide('FAQ')),
      killed.conversation.routes.work(
        ['FAQ'],
        async ({ writer }) => {
          writer.text('You may have');
          writer.order('ord_1');
          writer.text('and so on');
          await writer.flush();
          killed.freeze();
          started.open();
          return never;
        },
        noDrain,
      ),
    );
    const session = await startSession(conversation);
    const { turn } = await send(conversation, session.id, 'Hello');
    await started.opened;
    run(conversation.routes.work(['FAQ'], echo));
    const done = await ended(conversation, turn.id);
    const events = await eventsOf(conversation, turn.id);
    expect(await replyText(conversation, done)).toBe('You said: Hello');
    expect(textFrom(events)).toBe('You said: Hello');
    expect(events.filter(({ type }) => type === 'PartRemoved')).toHaveLength(2);
    const starts = events.flatMap((event) => (event.type === 'PartStarted' ? [event.data.partId] : []));
    expect(starts).toHaveLength(4);
    expect(starts[3]).toBe(starts[0]);
    killed.wake();
  });

  test('again and again: after three workers the turn ends as failed', async () => {
    const conversation = world.another({ ...quick, leaseMs: 150 });
    let tries = 0;
    run(
      conversation.turns.work(async () => decide('FAQ')),
      conversation.sweep(),
    );
    const workers = Array.from({ length: 4 }, () => freezable(world, { ...quick, leaseMs: 150 }));
    for (const worker of workers) {
      run(
        worker.conversation.routes.work(
          ['FAQ'],
          () => {
            tries += 1;
            worker.freeze();
            return never;
          },
          noDrain,
        ),
      );
    }
    const session = await startSession(conversation);
    const { turn } = await send(conversation, session.id, 'Hello');
    expect(await ended(conversation, turn.id)).toMatchObject({ status: 'FAILED', failure: { retryable: true } });
    expect(tries).toBe(3);
    for (const worker of workers) worker.wake();
  });
});

describe('a worker that was paused and wakes late', () => {
  const doings: [string, (job: RouteJob) => unknown][] = [
    ['writing text', ({ writer }) => writer.text(' and more')],
    ['showing an order', ({ writer }) => writer.order('ord_9')],
    ['citing', ({ writer }) => writer.cite({ number: 1, title: 'A' })],
    [
      'using a tool',
      ({ writer }) =>
        writer.toolFinished(writer.toolStarted({ name: 'x', label: 'x', arguments: {} }), {
          status: 'SUCCEEDED',
          result: 1,
        }),
    ],
    ['flushing', ({ writer }) => writer.flush()],
  ];

  test.each(doings)('shows and stores nothing by %s', async (_, doing) => {
    const { conversation } = world;
    const paused = freezable(world);
    const [started, awake] = [gate(), gate()];
    run(
      conversation.turns.work(async () => decide('FAQ')),
      paused.conversation.routes.work(['FAQ'], async (job) => {
        job.writer.text('Before the pause');
        await job.writer.flush();
        paused.freeze();
        started.open();
        await awake.opened;
        await doing(job);
        return { kind: 'answered' };
      }),
    );
    const session = await startSession(conversation);
    const { turn } = await send(conversation, session.id, 'Hello');
    await started.opened;
    const [goOn, isTaken] = [gate(), gate()];
    run(
      conversation.routes.work(['FAQ'], async (job) => {
        isTaken.open();
        await goOn.opened;
        return echo(job);
      }),
    );
    await isTaken.opened;
    awake.open();
    paused.wake();
    // Everything the paused worker still had to do is done when it has been stopped.
    await running.splice(1, 1)[0]!.stop();
    expect(await conversation.turns.load(operator, [turn.id])).toMatchObject([{ status: 'RUNNING' }]);
    goOn.open();
    const done = await ended(conversation, turn.id);
    expect(await replyText(conversation, done)).toBe('You said: Hello');
    expect(textFrom(await eventsOf(conversation, turn.id))).toBe('You said: Hello');
    expect(await conversation.turns.loadToolCallsOf(operator, [turn.id])).toEqual([[]]);
  });

  test('hands nothing over', async () => {
    const { conversation } = world;
    const paused = freezable(world);
    const [started, awake] = [gate(), gate()];
    run(
      conversation.turns.work(async () => decide('FAQ')),
      paused.conversation.routes.work(['FAQ'], async () => {
        paused.freeze();
        started.open();
        await awake.opened;
        return { kind: 'handedOff', reason: 'UPSET', summary: 'Late.' };
      }),
    );
    const session = await startSession(conversation);
    const { turn } = await send(conversation, session.id, 'Hello');
    await started.opened;
    run(conversation.routes.work(['FAQ'], echo));
    expect(await ended(conversation, turn.id)).toMatchObject({ status: 'COMPLETED' });
    awake.open();
    paused.wake();
    await running.splice(1, 1)[0]!.stop();
    expect(await conversation.handoffs.loadAll(operator, [session.id])).toEqual([[]]);
    expect(await conversation.turns.load(operator, [turn.id])).toMatchObject([{ status: 'COMPLETED' }]);
  });

  test('while it routed: its decision is not taken', async () => {
    const { conversation } = world;
    const paused = freezable(world);
    const [started, awake] = [gate(), gate()];
    run(
      paused.conversation.turns.work(async () => {
        paused.freeze();
        started.open();
        await awake.opened;
        return decide('REFUNDS');
      }),
      conversation.routes.work(['FAQ'], echo),
    );
    const session = await startSession(conversation);
    const { turn } = await send(conversation, session.id, 'Hello');
    await started.opened;
    const [goOn, isTaken] = [gate(), gate()];
    run(
      conversation.turns.work(async () => {
        isTaken.open();
        await goOn.opened;
        return decide('FAQ');
      }),
    );
    await isTaken.opened;
    awake.open();
    paused.wake();
    await running.splice(0, 1)[0]!.stop();
    goOn.open();
    expect(await ended(conversation, turn.id)).toMatchObject({ status: 'COMPLETED', routes: [{ agent: 'FAQ' }] });
  });
});

describe('cancelling', () => {
  test('a turn that waits ends it at once, without a reply', async () => {
    const { conversation } = world;
    const session = await startSession(conversation);
    const { turn } = await send(conversation, session.id, 'Hello');
    const cancelled = await conversation.turns.cancel(visitor(session.id), turn.id);
    expect(cancelled).toMatchObject({ ok: true, value: { status: 'CANCELLED', replyId: null } });
    expect((await eventsOf(conversation, turn.id)).map(({ type }) => type)).toEqual(['TurnFinished']);
  });

  test('while it is routed', async () => {
    const { conversation } = world;
    const started = gate();
    const stopped = gate();
    run(
      conversation.turns.work(async ({ signal }) => {
        signal.addEventListener('abort', () => stopped.open());
        started.open();
        return never;
      }),
    );
    const session = await startSession(conversation);
    const { turn } = await send(conversation, session.id, 'Hello');
    await started.opened;
    await conversation.turns.cancel(visitor(session.id), turn.id);
    expect(await ended(conversation, turn.id)).toMatchObject({ status: 'CANCELLED', replyId: null });
    await stopped.opened;
  });

  const words = 'one two three four five six seven eight'.split(' ');
  test.each(words.map((_, i) => i))(
    'after %i words: what was shown stays, to the letter, and not a word follows',
    async (count) => {
      const { conversation } = world;
      const [started, stopped] = [gate(), gate()];
      run(
        conversation.turns.work(async () => decide('FAQ')),
        conversation.routes.work(['FAQ'], async ({ writer, signal }) => {
          for (const word of words.slice(0, count)) {
            writer.text(`${word} `);
            await writer.flush();
          }
          started.open();
          await new Promise((resolve) => signal.addEventListener('abort', resolve));
          writer.text('too late');
          await writer.flush();
          stopped.open();
          return { kind: 'answered' };
        }),
      );
      const session = await startSession(conversation);
      const { turn } = await send(conversation, session.id, 'Hello');
      await started.opened;
      const cancelled = await conversation.turns.cancel(visitor(session.id), turn.id);
      await stopped.opened;
      const expected = words
        .slice(0, count)
        .map((word) => `${word} `)
        .join('');
      const done = await ended(conversation, turn.id);
      expect(cancelled).toEqual({ ok: true, value: done });
      expect(done.status).toBe('CANCELLED');
      expect((await replyText(conversation, done)) ?? '').toBe(expected);
      const events = await eventsOf(conversation, turn.id);
      expect(textFrom(events)).toBe(expected);
      expect(events.at(-1)!.type).toBe('TurnFinished');
      if (count)
        expect(await conversation.messages.load(operator, [done.replyId!])).toMatchObject([{ status: 'INCOMPLETE' }]);
    },
  );

  test('when the log was lost, what was stored last stays', async () => {
    const { conversation, events } = world;
    const started = gate();
    run(
      conversation.turns.work(async () => decide('FAQ')),
      conversation.routes.work(
        ['FAQ'],
        async ({ writer }) => {
          writer.text('stored');
          started.open();
          return never;
        },
        noDrain,
      ),
    );
    const session = await startSession(conversation);
    const { turn } = await send(conversation, session.id, 'Hello');
    await started.opened;
    await until(async () => (await conversation.turns.load(operator, [turn.id]))[0]?.firstTextAt);
    await events.close();
    await conversation.turns.cancel(visitor(session.id), turn.id);
    expect(await replyText(conversation, await ended(conversation, turn.id))).toBe('stored');
  });

  test('an ended turn does nothing and is no error', async () => {
    const { conversation } = world;
    run(
      conversation.turns.work(async () => decide('FAQ')),
      conversation.routes.work(['FAQ'], echo),
    );
    const session = await startSession(conversation);
    const { turn } = await send(conversation, session.id, 'Hello');
    const done = await ended(conversation, turn.id);
    expect(await conversation.turns.cancel(visitor(session.id), turn.id)).toEqual({ ok: true, value: done });
  });

  test('two at once give the same end', async () => {
    const { conversation } = world;
    const session = await startSession(conversation);
    const { turn } = await send(conversation, session.id, 'Hello');
    const both = await Promise.all([1, 2].map(() => conversation.turns.cancel(visitor(session.id), turn.id)));
    expect(both).toMatchObject([{ ok: true }, { ok: true }]);
    expect(await ended(conversation, turn.id)).toMatchObject({ status: 'CANCELLED' });
  });

  test('whose process died half way is ended by the sweep', async () => {
    const {
      conversation,
      test: { db },
    } = world;
    const session = await startSession(conversation);
    const { turn } = await send(conversation, session.id, 'Hello');
    await db.query(
      `UPDATE conversation.turns SET cancelled_at = now() - interval '1 minute', generation = generation + 1 WHERE id = $1`,
      [turn.id],
    );
    run(conversation.sweep());
    expect(await ended(conversation, turn.id)).toMatchObject({ status: 'CANCELLED' });
  });

  test('closing a session stops all its turns', async () => {
    const { conversation } = world;
    const session = await startSession(conversation);
    const turns = [await send(conversation, session.id, 'one'), await send(conversation, session.id, 'two')];
    const closed = await conversation.sessions.close(visitor(session.id), session.id);
    expect(closed).toMatchObject({ ok: true, value: { status: 'CLOSED' } });
    for (const { turn } of turns) expect(await ended(conversation, turn.id)).toMatchObject({ status: 'CANCELLED' });
    expect(await conversation.sessions.close(visitor(session.id), session.id)).toEqual(closed);
  });
});

describe('a crash between the commit and its announcement', () => {
  test('of the end of a turn: the sweep tells it', async () => {
    const {
      conversation,
      test: { db },
    } = world;
    run(
      conversation.turns.work(async () => decide('FAQ')),
      conversation.routes.work(['FAQ'], echo),
    );
    const session = await startSession(conversation);
    const { turn } = await send(conversation, session.id, 'Hello');
    const done = await ended(conversation, turn.id);
    await until(async () => (await toldEnds(session.id, turn.id)) === 1);
    await until(
      async () => (await db.query(`SELECT FROM conversation.turns WHERE id = $1 AND announced`, [turn.id])).length,
    );
    await db.query(
      `UPDATE conversation.turns SET announced = false, finished_at = finished_at - interval '1 minute' WHERE id = $1`,
      [turn.id],
    );
    run(conversation.sweep());
    await until(async () => (await toldEnds(session.id, turn.id)) === 2);
    expect(textFrom(await eventsOf(conversation, turn.id))).toBe(await replyText(conversation, done));
  });

  test('of a message: the sweep tells it', async () => {
    const {
      conversation,
      test: { db },
    } = world;
    const session = await startSession(conversation);
    const { message } = await send(conversation, session.id, 'Hello');
    const isAnnounced = () => db.query(`SELECT FROM conversation.messages WHERE id = $1 AND announced`, [message.id]);
    await until(async () => (await isAnnounced()).length);
    const head = await world.events.head(session.id);
    await db.query(`UPDATE conversation.messages SET announced = false WHERE id = $1`, [message.id]);
    const stream = world.events.subscribe(session.id, head);
    run(world.another({ ...quick, announceAfterMs: 0 }).sweep());
    expect((await stream.next()).value).toMatchObject({ type: 'MessageAdded', data: { messageId: message.id } });
    await stream.return?.();
  });

  test('a turn whose events are gone is told from what is stored', async () => {
    const { conversation, events } = world;
    run(
      conversation.turns.work(async () => decide('FAQ')),
      conversation.routes.work(['FAQ'], echo),
    );
    const session = await startSession(conversation);
    const { turn } = await send(conversation, session.id, 'Hello');
    await ended(conversation, turn.id);
    await events.close();
    const told = await eventsOf(conversation, turn.id);
    expect(textFrom(told)).toBe('You said: Hello');
    expect(told.at(-1)!.type).toBe('TurnFinished');
  });
});

describe('a lease', () => {
  test('is renewed for as long as the job takes', async () => {
    const { conversation } = world;
    let tries = 0;
    const goOn = gate();
    run(
      conversation.turns.work(async () => decide('FAQ')),
      conversation.routes.work(['FAQ'], async (job) => {
        tries += 1;
        await goOn.opened;
        return echo(job);
      }),
    );
    const session = await startSession(conversation);
    const { turn } = await send(conversation, session.id, 'Hello');
    const leaseOf = async () => {
      const [route] = await world.test.db.query<{ lease_until: Date | null }>(
        'SELECT lease_until FROM conversation.routes WHERE turn_id = $1',
        [turn.id],
      );
      return route?.lease_until?.getTime();
    };
    const first = await until(leaseOf);
    await until(async () => (await leaseOf())! > first + 2 * quick.leaseMs!);
    goOn.open();
    expect(await ended(conversation, turn.id)).toMatchObject({ status: 'COMPLETED' });
    expect(tries).toBe(1);
  });

  test('that was lost and won again by the same process belongs to the second job alone', async () => {
    const { conversation } = world;
    const jobs: RouteJob[] = [];
    const goOn = gate();
    run(
      conversation.turns.work(async () => decide('FAQ')),
      conversation.routes.work(['FAQ'], async (job) => {
        jobs.push(job);
        await goOn.opened;
        return echo(job);
      }),
    );
    const session = await startSession(conversation);
    const { turn } = await send(conversation, session.id, 'Hello');
    await until(() => jobs.length === 1);
    await world.test.db.query(
      `UPDATE conversation.routes SET status = 'QUEUED', lease_until = NULL, generation = generation + 1 WHERE turn_id = $1`,
      [turn.id],
    );
    await until(() => jobs.length === 2 && jobs[0]!.signal.aborted);
    expect(jobs[1]!.signal.aborted).toBe(false);
    goOn.open();
    expect(await replyText(conversation, await ended(conversation, turn.id))).toBe('You said: Hello');
    expect(textFrom(await eventsOf(conversation, turn.id))).toBe('You said: Hello');
  });
});

describe('what is away for a moment', () => {
  test('the database, when an answer is to be stored: it is stored later', async () => {
    const { db } = world.test;
    let failures = 2;
    const query: typeof db.query = (text, values, name) => {
      if (name === 'conversation-finish-route' && failures-- > 0) return Promise.reject(new Error('connection lost'));
      return db.query(text, values, name);
    };
    const { events } = world;
    const conversation = openConversation({ db: { ...db, query }, events, logger: silent, secret, limits: quick });
    let tries = 0;
    run(
      conversation.turns.work(async () => decide('FAQ')),
      conversation.routes.work(['FAQ'], (job) => {
        tries += 1;
        return echo(job);
      }),
    );
    const session = await startSession(conversation);
    const { turn } = await send(conversation, session.id, 'Hello');
    expect(await replyText(conversation, await ended(conversation, turn.id))).toBe('You said: Hello');
    expect([tries, failures]).toEqual([1, -1]);
  });

  test('the log: messages are taken and answered, and all of it is told when the log is back', async () => {
    let isAway = true;
    const refuseWhileAway = async () => {
      if (isAway) throw new EventLogUnavailable();
    };
    const events: World['events'] = {
      ...world.events,
      append: (...args) => refuseWhileAway().then(() => world.events.append(...args)),
      raise: (...args) => refuseWhileAway().then(() => world.events.raise(...args)),
      head: (...args) => refuseWhileAway().then(() => world.events.head(...args)),
    };
    const conversation = openConversation({ db: world.test.db, events, logger: silent, secret, limits: quick });
    run(
      conversation.turns.work(async () => decide('FAQ')),
      conversation.routes.work(['FAQ'], echo),
      conversation.sweep(),
    );
    const session = await startSession(conversation);
    const { message, turn } = await send(conversation, session.id, 'Hello');
    expect(await replyText(conversation, await ended(conversation, turn.id))).toBe('You said: Hello');
    isAway = false;
    for await (const event of world.events.subscribe(session.id, 'start')) {
      if (event.type === 'TurnFinished') break;
    }
    const told = await eventsOf(conversation, turn.id);
    expect(textFrom(told)).toBe('You said: Hello');
    const stream = world.events.subscribe(session.id, 'start');
    for await (const event of stream) {
      if (event.type === 'MessageAdded' && event.data.messageId === message.id) break;
    }
  });
});
