import type { Running, Viewer } from '@supportgraph/kernel';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { RouteHandler, RouteJob, SessionRecord, TurnRecord } from '../src/index.js';
import {
  decide, echo, ended, gate, newKey, operator, partner, replyText, send, staff, startSession, startWorld, visitor, type World,
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

function work(handler: RouteHandler): void {
  const { turns, routes } = world.conversation;
  running.push(
    turns.work(async () => decide('FAQ')),
    routes.work(['FAQ'], handler),
  );
}

const failing =
  (retryable: boolean): RouteHandler =>
  async () => ({ kind: 'failed', code: 'MODEL_UNAVAILABLE', retryable });

/** Fails the first time, then does as `handler` does. */
function failingOnce(handler: RouteHandler): RouteHandler {
  let isFirst = true;
  return (job) => {
    if (!isFirst) return handler(job);
    isFirst = false;
    return failing(true)(job);
  };
}

async function failedTurn(text = 'Hello'): Promise<{ session: SessionRecord; turn: TurnRecord }> {
  const session = await startSession(world.conversation);
  const { turn } = await send(world.conversation, session.id, text);
  return { session, turn: await ended(world.conversation, turn.id) };
}

const retry = (viewer: Viewer, turnId: string, idempotencyKey = newKey()) =>
  world.conversation.turns.retry(viewer, { idempotencyKey, turnId });

const refusedWith = (code: string) => ({ ok: false, errors: [{ code }] });

describe('trying a failed turn again', () => {
  test('answers the same message in a new turn, and the failed one stays', async () => {
    const jobs: RouteJob[] = [];
    work(
      failingOnce((job) => {
        jobs.push(job);
        return echo(job);
      }),
    );
    const { session, turn } = await failedTurn();
    expect(turn).toMatchObject({ status: 'FAILED', failure: { retryable: true } });
    const retried = await retry(visitor(session.id), turn.id);
    if (!retried.ok) throw new Error(JSON.stringify(retried.errors));
    expect(retried.value.requestId).toBe(turn.requestId);
    const done = await ended(world.conversation, retried.value.id);
    expect(done.status).toBe('COMPLETED');
    expect(await replyText(world.conversation, done)).toBe('You said: Hello');
    expect(jobs.map(({ text, history }) => ({ text, history }))).toEqual([{ text: 'Hello', history: [] }]);
    expect(await world.conversation.turns.load(operator, [turn.id])).toMatchObject([{ status: 'FAILED' }]);
  });

  test('fifty times at once with one key is one turn', async () => {
    work(failingOnce(echo));
    const { session, turn } = await failedTurn();
    const key = newKey();
    const asked = await Promise.all(Array.from({ length: 50 }, () => retry(visitor(session.id), turn.id, key)));
    const made = asked.flatMap((result) => (result.ok ? [result.value.id] : []));
    expect(new Set(made).size).toBe(1);
    expect(asked.every((result) => result.ok || result.errors[0]!.code === 'IN_PROGRESS')).toBe(true);
    const page = await world.conversation.turns.page(operator, session.id, {});
    expect(page.ok && page.value.edges).toHaveLength(2);
    // Else the workers of the next test would find it.
    await ended(world.conversation, made[0]!);
  });

  test('is refused while a reply is being written', async () => {
    const goOn = gate();
    work(
      failingOnce(async (job) => {
        await goOn.opened;
        return echo(job);
      }),
    );
    const { session, turn } = await failedTurn();
    const next = await send(world.conversation, session.id, 'Something else');
    expect(await retry(visitor(session.id), turn.id)).toMatchObject(refusedWith('TURN_IN_PROGRESS'));
    goOn.open();
    await ended(world.conversation, next.turn.id);
    const retried = await retry(visitor(session.id), turn.id);
    if (!retried.ok) throw new Error(JSON.stringify(retried.errors));
    await ended(world.conversation, retried.value.id);
  });

  test('is refused for a turn that was answered, failed for good, or was tried again since', async () => {
    work(echo);
    const answered = await failedTurn();
    expect(await retry(visitor(answered.session.id), answered.turn.id)).toMatchObject(refusedWith('WRONG_STATE'));
    await Promise.all(running.splice(0).map((worker) => worker.stop()));

    work(failing(false));
    const hopeless = await failedTurn();
    expect(await retry(visitor(hopeless.session.id), hopeless.turn.id)).toMatchObject(refusedWith('WRONG_STATE'));
    await Promise.all(running.splice(0).map((worker) => worker.stop()));

    work(failingOnce(echo));
    const { session, turn } = await failedTurn();
    const again = await retry(visitor(session.id), turn.id);
    if (!again.ok) throw new Error(JSON.stringify(again.errors));
    await ended(world.conversation, again.value.id);
    expect(await retry(visitor(session.id), turn.id)).toMatchObject(refusedWith('WRONG_STATE'));
  });

  test('is refused once the session is closed', async () => {
    work(failing(true));
    const { session, turn } = await failedTurn();
    await world.conversation.sessions.close(visitor(session.id), session.id);
    expect(await retry(visitor(session.id), turn.id)).toMatchObject(refusedWith('SESSION_CLOSED'));
  });

  test('another’s turn is not there, and a key that may only read may not', async () => {
    work(failing(true));
    const { session, turn } = await failedTurn();
    const stranger = await startSession(world.conversation);
    expect(await retry(visitor(stranger.id), turn.id)).toMatchObject(refusedWith('NOT_FOUND'));
    expect(await retry(partner('api_1', 'sessions:read'), turn.id)).toMatchObject(refusedWith('NOT_FOUND'));
    expect(await retry(visitor(session.id), 'trn_none')).toMatchObject(refusedWith('NOT_FOUND'));
    expect(await retry(staff, turn.id)).toMatchObject({ ok: true });
  });
});
