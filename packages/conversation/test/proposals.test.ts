import { fail, ok, userError, type Running } from '@supportgraph/kernel';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { memoryEventLog, openConversation } from '../src/index.js';
import type {
  ActionJob, CarryOut, Conversation, Decision, NewProposal, PendingAction, ProposalRecord, RouteHandler, RouteOutcome, SessionRecord, StreamEvent,
  Triage, TurnRecord,
} from '../src/index.js'; // prettier-ignore
import { silent } from '@supportgraph/kernel';
import {
  customer, decide, echo, ended, eventsOf, freezable, gate, newKey, operator, partner, quick, replyText, secret, send, staff,
  startSession, startWorld, textFrom, until, visitor, type World,
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

function proposal(name: string, fields: Partial<NewProposal> = {}): NewProposal {
  return {
    kind: 'CANCEL_ORDER',
    customerId: null,
    orderId: `ord_${name}`,
    title: { en: `Cancel order #${name}`, 'zh-Hant': `取消訂單 #${name}` },
    lines: [{ label: { en: 'Order', 'zh-Hant': '訂單' }, value: { en: `#${name}`, 'zh-Hant': `#${name}` } }],
    wish: { kind: 'CANCEL_ORDER', orderId: `ord_${name}` },
    ...fields,
  };
}

/** An agent that proposes what the message names, one for each word, then asks. */
const proposing: RouteHandler = async ({ text, writer, propose }) => {
  for (const name of text.split(' ')) await propose(proposal(name));
  writer.text('Shall I?');
  return { kind: 'answered' };
};

/** A plain yes or no decides on the one that was asked for; everything else goes to ORDERS. */
const triage: Triage = async ({ text, pending }) => ({ ...decide('ORDERS'), ...answerTo(text, pending) });

function answerTo(text: string, pending: readonly PendingAction[]): Pick<Decision, 'answer'> {
  const [only, ...others] = pending;
  if ((text !== 'yes' && text !== 'no') || !only?.isAsked || others.length > 0) return {};
  return { answer: { proposalId: only.proposalId, isConfirmed: text === 'yes' } };
}

/** Something that carries out actions, each once, and remembers which and how often it was asked. */
function doer(answer: (job: ActionJob) => ReturnType<CarryOut> | void = () => {}) {
  const done = new Set<string>();
  const asked: ActionJob[] = [];
  const carryOut: CarryOut = async (job) => {
    asked.push(job);
    const special = await answer(job);
    if (special) return special;
    done.add(job.proposalId);
    return ok({ report: { en: 'It is cancelled.', 'zh-Hant': '已取消。' }, orderId: 'ord_1' });
  };
  return { done, asked, carryOut };
}

interface Asked {
  session: SessionRecord;
  turn: TurnRecord;
  proposals: ProposalRecord[];
}

async function ask(conversation: Conversation, text: string, session?: SessionRecord): Promise<Asked> {
  const where = session ?? (await startSession(conversation));
  const { turn } = await send(conversation, where.id, text);
  const done = await ended(conversation, turn.id);
  const [proposals] = await conversation.proposals.ofTurns(operator, [turn.id]);
  return { session: where, turn: done, proposals: proposals! };
}

function work(carryOut: CarryOut, conversation = world.conversation, handler: RouteHandler = proposing): void {
  run(
    conversation.turns.work(triage),
    conversation.routes.work(['ORDERS'], handler, { carryOut }),
    conversation.routes.work(['ROUTER'], echo),
  );
}

const confirm = ({ session, proposals }: Asked, idempotencyKey = newKey(), conversation = world.conversation) =>
  conversation.proposals.confirm(visitor(session.id), { idempotencyKey, proposalId: proposals[0]!.id });

async function confirmed(asked: Asked): Promise<TurnRecord> {
  const result = await confirm(asked);
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return ended(world.conversation, result.value.turn.id);
}

async function statusOf(id: string): Promise<string | undefined> {
  const [found] = await world.conversation.proposals.load(operator, [id]);
  return found?.status;
}

/** How often the session's stream said that this proposal had changed. */
async function toldOf(sessionId: string, times: number): Promise<void> {
  let told = 0;
  for await (const event of world.events.subscribe(sessionId, 'start', AbortSignal.timeout(10_000))) {
    if (event.type === 'ActionUpdated' && ++told === times) return;
  }
  throw new Error(`Told ${told} times.`);
}

describe('proposing', () => {
  test('asks the customer: buttons in the reply, the turn waits, nothing is carried out', async () => {
    const { conversation } = world;
    const { asked, carryOut } = doer();
    work(carryOut);
    const { session, turn, proposals } = await ask(conversation, 'W1');
    expect(turn.status).toBe('AWAITING_CONFIRMATION');
    expect(proposals).toMatchObject([
      {
        agent: 'ORDERS',
        kind: 'CANCEL_ORDER',
        title: 'Cancel order #W1',
        lines: [{ label: 'Order', value: '#W1' }],
        orderId: 'ord_W1',
        status: 'PENDING',
        decidedAt: null,
      },
    ]);
    expect(await replyText(conversation, turn)).toBe(`[${proposals[0]!.id}]|Shall I?`);
    expect(proposals[0]!.expiresAt.getTime() - Date.now()).toBeGreaterThan(14 * 60_000);
    await toldOf(session.id, 1);
    expect(asked).toEqual([]);
  });

  test('is in the language of the session', async () => {
    work(doer().carryOut, undefined, async ({ propose, writer }) => {
      await propose(proposal('W1'));
      writer.text('好嗎？');
      return { kind: 'answered' };
    });
    const { proposals } = await ask(world.conversation, '取消訂單');
    expect(proposals).toMatchObject([{ title: '取消訂單 #W1', lines: [{ label: '訂單', value: '#W1' }] }]);
  });

  test('the same wish twice is one proposal, also in a later turn: the earlier one is withdrawn', async () => {
    work(doer().carryOut);
    const first = await ask(world.conversation, 'W1 W1');
    expect(first.proposals).toHaveLength(1);
    const second = await ask(world.conversation, 'W1', first.session);
    expect(await statusOf(first.proposals[0]!.id)).toBe('EXPIRED');
    expect(await world.conversation.proposals.pendingOf(operator, [first.session.id])).toEqual([second.proposals]);
  });

  test('another wish of the same kind for the same order replaces what an earlier turn proposed, and that is told', async () => {
    const wishes = ['to the card', 'to the gift card'];
    work(doer().carryOut, undefined, async ({ propose, writer }) => {
      await propose(proposal('W1', { kind: 'REQUEST_RETURN', wish: { to: wishes.shift() } }));
      await propose(proposal('W2', { kind: 'REQUEST_REFUND', wish: { amount: wishes.length } }));
      writer.text('Shall I?');
      return { kind: 'answered' };
    });
    const first = await ask(world.conversation, 'return W1');
    const second = await ask(world.conversation, 'to the gift card', first.session);
    const statuses = (of: typeof first) => Promise.all(of.proposals.map(({ id }) => statusOf(id)));
    // No sweep runs here that would tell what was forgotten.
    await vi.waitFor(async () => {
      expect(await statuses(first)).toEqual(['EXPIRED', 'PENDING']);
      const untold = await world.test.db.query(
        'SELECT id FROM conversation.proposals WHERE session_id = $1 AND NOT announced',
        [first.session.id],
      );
      expect(untold).toEqual([]);
    });
    expect(await statuses(second)).toEqual(['PENDING', 'PENDING']);
  });

  test('a change replaces a cancellation that waits, and an exchange a return', async () => {
    const kinds = ['CANCEL_ORDER', 'UPDATE_ORDER_ITEMS', 'REQUEST_RETURN', 'REQUEST_EXCHANGE'] as const;
    let turns = 0;
    work(doer().carryOut, undefined, async ({ propose, writer }) => {
      const kind = kinds[turns++]!;
      await propose(proposal('W1', { kind, wish: { kind } }));
      writer.text('Shall I?');
      return { kind: 'answered' };
    });
    const first = await ask(world.conversation, 'W1');
    for (const text of ['a change instead', 'a return', 'an exchange'])
      await ask(world.conversation, text, first.session);
    await vi.waitFor(async () => {
      const [waiting] = await world.conversation.proposals.pendingOf(operator, [first.session.id]);
      expect(waiting?.map(({ kind }) => kind)).toEqual(['UPDATE_ORDER_ITEMS', 'REQUEST_EXCHANGE']);
    });
  });

  test('another wish whose agent then fails or gives up replaces nothing', async () => {
    const ends: RouteOutcome[] = [
      { kind: 'answered' },
      { kind: 'failed', code: 'MODEL_TIMEOUT', retryable: true },
      { kind: 'handedOff', reason: 'SYSTEM', summary: 'Lost.' },
    ];
    let turns = 0;
    work(doer().carryOut, undefined, async ({ propose, writer }) => {
      await propose(proposal('W1', { kind: 'REQUEST_RETURN', wish: { to: turns } }));
      writer.text('Shall I?');
      return ends[turns++]!;
    });
    const first = await ask(world.conversation, 'return W1');
    for (const text of ['to the card', 'to the gift card']) await ask(world.conversation, text, first.session);
    expect(await statusOf(first.proposals[0]!.id)).toBe('PENDING');
  });

  test('at most five wait in a session, however many tools run side by side', async () => {
    const refusals: string[] = [];
    work(doer().carryOut, undefined, async ({ propose, writer }) => {
      const made = await Promise.all([1, 2, 3, 4, 5, 6, 7].map((n) => propose(proposal(`W${n}`))));
      refusals.push(...made.flatMap((each) => (each.ok ? [] : each.errors.map(({ code }) => code))));
      writer.text('Which?');
      return { kind: 'answered' };
    });
    const { session } = await ask(world.conversation, 'all');
    expect(refusals).toEqual(['WRONG_STATE', 'WRONG_STATE']);
    expect((await world.conversation.proposals.pendingOf(operator, [session.id]))[0]).toHaveLength(5);
  });

  test("for another customer than the session's own is a fault", async () => {
    work(doer().carryOut, undefined, async ({ propose }) => {
      await propose(proposal('W1', { customerId: 'cus_other' }));
      return { kind: 'answered' };
    });
    const { turn, proposals } = await ask(world.conversation, 'W1');
    expect(turn.status).toBe('FAILED');
    expect(proposals).toEqual([]);
  });

  test('by an agent that fails afterwards is withdrawn', async () => {
    work(doer().carryOut, undefined, async ({ propose }) => {
      await propose(proposal('W1'));
      return { kind: 'failed', code: 'MODEL_UNAVAILABLE', retryable: true };
    });
    const { session, turn, proposals } = await ask(world.conversation, 'W1');
    expect(turn.status).toBe('FAILED');
    expect(proposals).toMatchObject([{ status: 'EXPIRED' }]);
    await toldOf(session.id, 2);
  });

  test.each(['LOW_CONFIDENCE', 'OUT_OF_SCOPE', 'SYSTEM'] as const)(
    'by an agent that gives up afterwards (%s) is withdrawn',
    async (reason) => {
      work(doer().carryOut, undefined, async ({ propose }) => {
        await propose(proposal('W1'));
        return { kind: 'handedOff', reason, summary: 'No answer.' };
      });
      const { session, turn, proposals } = await ask(world.conversation, 'W1');
      expect(turn.status).toBe('HANDED_OFF');
      expect(proposals).toMatchObject([{ status: 'EXPIRED' }]);
      await toldOf(session.id, 2);
    },
  );

  test('comes before handing over in what a turn ends with', async () => {
    work(doer().carryOut, undefined, async ({ propose }) => {
      await propose(proposal('W1'));
      return { kind: 'handedOff', reason: 'CUSTOMER_ASKED', summary: 'Also wants a person.' };
    });
    const { turn } = await ask(world.conversation, 'W1');
    expect(turn.status).toBe('AWAITING_CONFIRMATION');
  });

  test('in a turn that is cancelled is withdrawn', async () => {
    const { conversation } = world;
    const proposed = gate();
    work(doer().carryOut, undefined, async ({ propose }) => {
      await propose(proposal('W1'));
      proposed.open();
      return never;
    });
    const session = await startSession(conversation);
    const { turn } = await send(conversation, session.id, 'W1');
    await proposed.opened;
    await conversation.turns.cancel(visitor(session.id), turn.id);
    const [proposals] = await conversation.proposals.ofTurns(operator, [turn.id]);
    expect(proposals).toMatchObject([{ status: 'EXPIRED' }]);
    expect(await ended(conversation, turn.id)).toMatchObject({ status: 'CANCELLED' });
  });

  test('closing the session withdraws what waits, and it can no longer be agreed to', async () => {
    work(doer().carryOut);
    const asked = await ask(world.conversation, 'W1');
    await world.conversation.sessions.close(visitor(asked.session.id), asked.session.id);
    expect(await statusOf(asked.proposals[0]!.id)).toBe('EXPIRED');
    expect(await confirm(asked)).toMatchObject({ ok: false, errors: [{ code: 'SESSION_CLOSED' }] });
  });
});

describe('confirming', () => {
  test('makes a turn that carries it out and reports, with the order as a card', async () => {
    const { done, asked: jobs, carryOut } = doer();
    work(carryOut);
    const asked = await ask(world.conversation, 'W1');
    const turn = await confirmed(asked);
    const [{ id }] = asked.proposals as [ProposalRecord];
    expect(turn).toMatchObject({
      status: 'COMPLETED',
      requestId: null,
      routes: [{ agent: 'ORDERS', intent: 'FAQ' }],
      routing: { method: 'RULES' },
    });
    expect(await replyText(world.conversation, turn)).toBe('It is cancelled.|[ord_1]');
    expect(textFrom(await eventsOf(world.conversation, turn.id))).toBe('It is cancelled.|');
    expect(await statusOf(id)).toBe('EXECUTED');
    expect([...done]).toEqual([id]);
    expect(jobs).toMatchObject([{ proposalId: id, wish: proposal('W1').wish, kind: 'CANCEL_ORDER', language: 'en' }]);
    await toldOf(asked.session.id, 3);
  });

  test('with the same key gives the same turn; with another it is too late', async () => {
    work(doer().carryOut);
    const asked = await ask(world.conversation, 'W1');
    const key = newKey();
    const first = await confirm(asked, key);
    const again = await confirm(asked, key);
    if (!first.ok || !again.ok) throw new Error('refused');
    expect(again.value.turn.id).toBe(first.value.turn.id);
    expect(await confirm(asked)).toMatchObject({
      ok: false,
      errors: [{ code: 'PROPOSAL_EXPIRED', field: ['input', 'proposalId'] }],
    });
    await ended(world.conversation, first.value.turn.id);
  });

  test('fifty times at once, by keys and by messages, has one effect', async () => {
    const { done, asked: jobs, carryOut } = doer();
    work(carryOut);
    const asked = await ask(world.conversation, 'W1');
    const { id } = asked.session;
    const [results, sent] = await Promise.all([
      Promise.all(Array.from({ length: 50 }, (_, i) => confirm(asked, i % 2 ? `same ${id}` : newKey()))),
      Promise.all([1, 2, 3].map(() => send(world.conversation, id, 'yes'))),
    ]);
    const turnIds = new Set(results.flatMap((result) => (result.ok ? [result.value.turn.id] : [])));
    for (const turnId of [...turnIds, ...sent.map(({ turn }) => turn.id)]) await ended(world.conversation, turnId);
    expect(turnIds.size).toBeLessThanOrEqual(1);
    expect(jobs).toHaveLength(1);
    expect([...done]).toEqual([asked.proposals[0]!.id]);
    expect(await statusOf(asked.proposals[0]!.id)).toBe('EXECUTED');
  });

  test('waits its turn while another message is answered, and cannot be stopped', async () => {
    const { conversation } = world;
    const [started, goOn] = [gate(), gate()];
    const { done, carryOut } = doer();
    work(carryOut, undefined, async (job) => {
      if (job.text !== 'slow') return proposing(job);
      started.open();
      await goOn.opened;
      return echo(job);
    });
    const asked = await ask(conversation, 'W1');
    const { turn: slow } = await send(conversation, asked.session.id, 'slow');
    await started.opened;
    const result = await confirm(asked);
    if (!result.ok) throw new Error('refused');
    const { turn } = result.value;
    expect(turn.status).toBe('QUEUED');
    expect(await conversation.turns.cancel(visitor(asked.session.id), turn.id)).toMatchObject({
      ok: false,
      errors: [{ code: 'WRONG_STATE' }],
    });
    await conversation.sessions.close(visitor(asked.session.id), asked.session.id);
    goOn.open();
    expect(await ended(conversation, slow.id)).toMatchObject({ status: 'CANCELLED' });
    expect(await ended(conversation, turn.id)).toMatchObject({ status: 'COMPLETED' });
    expect(done.size).toBe(1);
  });

  test('what is refused when carried out has failed: the customer is told why and what is possible', async () => {
    const refused = userError('ORDER_NOT_PENDING', 'It was sent. You can return it.', '已出貨，您可以退貨。');
    work(doer(async () => fail(refused)).carryOut);
    const asked = await ask(world.conversation, 'W1');
    const turn = await confirmed(asked);
    expect(turn).toMatchObject({ status: 'COMPLETED', failure: null });
    expect(await replyText(world.conversation, turn)).toBe(
      'I could not do this: Cancel order #W1. Nothing was changed. It was sent. You can return it.',
    );
    expect(await statusOf(asked.proposals[0]!.id)).toBe('FAILED');
  });

  test('a fault is tried again until it is known how it ended', async () => {
    let faults = 2;
    const { done, carryOut } = doer(() => {
      if (faults-- > 0) throw new Error('connection lost');
    });
    work(carryOut);
    const asked = await ask(world.conversation, 'W1');
    expect(await confirmed(asked)).toMatchObject({ status: 'COMPLETED' });
    expect(done.size).toBe(1);
  });

  test('works while a person has the session, without a word of an agent', async () => {
    const { test } = world;
    let answers = 0;
    const { carryOut } = doer();
    work(carryOut, undefined, (job) => {
      answers += 1;
      return proposing(job);
    });
    const asked = await ask(world.conversation, 'W1');
    await test.db.query(`UPDATE conversation.sessions SET status = 'WITH_STAFF' WHERE id = $1`, [asked.session.id]);
    const turn = await confirmed(asked);
    expect(await replyText(world.conversation, turn)).toBe('It is cancelled.|[ord_1]');
    expect(answers).toBe(1);
  });
});

describe('who may decide', () => {
  test.each([
    ['staff', staff, 'FORBIDDEN'],
    ['an operator', operator, 'FORBIDDEN'],
    ['another customer', customer('cus_2'), 'NOT_FOUND'],
    ['another visitor', visitor('ses_0123456789abcdefghjkmnpqrs'), 'NOT_FOUND'],
    ["a partner's client", partner('api_1'), 'NOT_FOUND'],
  ])('not %s', async (_, viewer, code) => {
    work(doer().carryOut);
    const { proposals } = await ask(world.conversation, 'W1');
    const input = { idempotencyKey: newKey(), proposalId: proposals[0]!.id };
    for (const verdict of ['confirm', 'decline'] as const) {
      expect(await world.conversation.proposals[verdict](viewer, { ...input, idempotencyKey: newKey() })).toMatchObject(
        {
          ok: false,
          errors: [{ code }],
        },
      );
    }
    expect(await statusOf(input.proposalId)).toBe('PENDING');
  });

  test('others do not see that there is one', async () => {
    work(doer().carryOut);
    const { session, turn, proposals } = await ask(world.conversation, 'W1');
    const other = customer('cus_2');
    expect(await world.conversation.proposals.load(other, [proposals[0]!.id])).toEqual([null]);
    expect(await world.conversation.proposals.pendingOf(other, [session.id])).toEqual([[]]);
    expect(await world.conversation.proposals.ofTurns(other, [turn.id])).toEqual([[]]);
    expect(await world.conversation.proposals.load(operator, ['prp_none', 'x', "'; --"])).toEqual([null, null, null]);
  });

  test("a session's own customer, and the audit keeps who it was", async () => {
    const { conversation, test } = world;
    const ann = customer('cus_ann');
    work(doer().carryOut, undefined, async ({ propose, writer }) => {
      await propose(proposal('W1', { customerId: 'cus_ann' }));
      writer.text('Shall I?');
      return { kind: 'answered' };
    });
    const session = await startSession(conversation, ann);
    await conversation.sessions.bindCustomer(ann, session.id, { customerId: 'cus_ann' });
    const sent = await conversation.messages.send(ann, { idempotencyKey: newKey(), sessionId: session.id, text: 'W1' });
    if (!sent.ok) throw new Error('refused');
    await ended(conversation, sent.value.turn!.id);
    const [[pending]] = (await conversation.proposals.pendingOf(ann, [session.id])) as [[ProposalRecord]];
    const input = { idempotencyKey: newKey(), proposalId: pending.id };
    const result = await conversation.proposals.confirm(ann, input);
    if (!result.ok) throw new Error('refused');
    await ended(conversation, result.value.turn.id);
    const entries = await test.db.prisma.auditEvent.findMany({ where: { subjectId: pending.id } });
    expect(entries).toMatchObject([{ action: 'action.confirm', actorId: 'cus_ann', sessionId: session.id }]);
  });
});

describe('declining', () => {
  test('changes nothing: the router says so, and the turn completes', async () => {
    const { asked: jobs, carryOut } = doer();
    work(carryOut);
    const asked = await ask(world.conversation, 'W1');
    const input = { idempotencyKey: newKey(), proposalId: asked.proposals[0]!.id };
    const result = await world.conversation.proposals.decline(visitor(asked.session.id), input);
    if (!result.ok) throw new Error('refused');
    expect(result.value.proposal).toMatchObject({ status: 'DECLINED', decidedAt: expect.any(Date) as Date });
    const turn = await ended(world.conversation, result.value.turn.id);
    expect(turn).toMatchObject({ status: 'COMPLETED', routes: [{ agent: 'ROUTER' }] });
    expect(await replyText(world.conversation, turn)).toMatch(/^All right, I have left everything as it is/);
    expect(await confirm(asked)).toMatchObject({ ok: false, errors: [{ code: 'PROPOSAL_EXPIRED' }] });
    expect(jobs).toEqual([]);
  });
});

describe('answering by a message', () => {
  test('a plain yes to the only one confirms it, in the turn of the message', async () => {
    const { done, carryOut } = doer();
    work(carryOut);
    const asked = await ask(world.conversation, 'W1');
    const { turn } = await send(world.conversation, asked.session.id, 'yes');
    const carried = await ended(world.conversation, turn.id);
    expect(carried).toMatchObject({ status: 'COMPLETED', routes: [{ agent: 'ORDERS' }] });
    expect(await replyText(world.conversation, carried)).toBe('It is cancelled.|[ord_1]');
    expect([...done]).toEqual([asked.proposals[0]!.id]);
    expect(await statusOf(asked.proposals[0]!.id)).toBe('EXECUTED');
  });

  test('a plain no declines it', async () => {
    const { done, carryOut } = doer();
    work(carryOut);
    const asked = await ask(world.conversation, 'W1');
    const { turn } = await send(world.conversation, asked.session.id, 'no');
    const answered = await ended(world.conversation, turn.id);
    expect(await replyText(world.conversation, answered)).toMatch(/^All right/);
    expect([done.size, await statusOf(asked.proposals[0]!.id)]).toEqual([0, 'DECLINED']);
  });

  test('a yes that was sent before the customer was asked confirms nothing', async () => {
    const { conversation } = world;
    const [proposed, goOn] = [gate(), gate()];
    const { done, carryOut } = doer();
    work(carryOut, undefined, async (job) => {
      if (job.text !== 'W1') return echo(job);
      await job.propose(proposal('W1'));
      proposed.open();
      await goOn.opened;
      job.writer.text('Shall I?');
      return { kind: 'answered' };
    });
    const session = await startSession(conversation);
    const { turn: asking } = await send(conversation, session.id, 'W1');
    await proposed.opened;
    const { turn } = await send(conversation, session.id, 'yes');
    goOn.open();
    await ended(conversation, asking.id);
    expect(await replyText(conversation, await ended(conversation, turn.id))).toBe('You said: yes');
    expect(done.size).toBe(0);
    expect((await conversation.proposals.pendingOf(operator, [session.id]))[0]).toHaveLength(1);
  });

  test('triage is told whether it was the last thing that was asked', async () => {
    const { conversation } = world;
    const seen: Pick<PendingAction, 'isAsked' | 'isLastAsked'>[][] = [];
    run(
      conversation.turns.work(async ({ pending }) => {
        seen.push(pending.map(({ isAsked, isLastAsked }) => ({ isAsked, isLastAsked })));
        return decide('ORDERS');
      }),
      conversation.routes.work(['ORDERS'], (job) => (job.text === 'W1' ? proposing(job) : echo(job)), {
        carryOut: doer().carryOut,
      }),
    );
    const session = await startSession(conversation);
    for (const text of ['W1', 'how long does it take?', 'ok do that']) await ask(conversation, text, session);
    expect(seen).toEqual([[], [{ isAsked: true, isLastAsked: true }], [{ isAsked: true, isLastAsked: false }]]);
  });

  test('of two that wait none is confirmed by a yes, whatever triage says', async () => {
    const { conversation } = world;
    const { done, carryOut } = doer();
    run(
      conversation.turns.work(async ({ text, pending }) => ({
        ...decide('ORDERS'),
        ...(text === 'yes' && pending[0] && { answer: { proposalId: pending[0].proposalId, isConfirmed: true } }),
      })),
      conversation.routes.work(['ORDERS'], (job) => (job.text === 'yes' ? echo(job) : proposing(job)), { carryOut }),
    );
    const asked = await ask(conversation, 'W1 W2');
    const { turn } = await send(conversation, asked.session.id, 'yes');
    expect(await replyText(conversation, await ended(conversation, turn.id))).toBe('You said: yes');
    expect(done.size).toBe(0);
    expect((await eventsOf(conversation, turn.id)).filter(({ type }) => type === 'TurnStarted')).toHaveLength(1);
  });

  test("in a session that the staff opened decides nothing: they cannot be the customer's voice", async () => {
    const { conversation } = world;
    const seen: number[] = [];
    run(
      conversation.turns.work(async ({ pending }) => {
        seen.push(pending.length);
        return decide('ORDERS');
      }),
      conversation.routes.work(['ORDERS'], proposing, { carryOut: doer().carryOut }),
    );
    const session = await startSession(conversation, staff);
    for (const text of ['W1', 'yes']) {
      const sent = await conversation.messages.send(staff, { idempotencyKey: newKey(), sessionId: session.id, text });
      if (!sent.ok) throw new Error('refused');
      await ended(conversation, sent.value.turn!.id);
    }
    expect(seen).toEqual([0, 0]);
  });
});

describe('time', () => {
  test('up: it cannot be agreed to, and the sweep says that it has expired', async () => {
    let now = new Date();
    const events = memoryEventLog();
    const conversation = openConversation({
      db: world.test.db, events, logger: silent, secret, limits: quick, clock: () => now,
    }); // prettier-ignore
    work(doer().carryOut, conversation);
    const asked = await ask(conversation, 'W1');
    now = new Date(now.getTime() + 15 * 60_000);
    expect(await confirm(asked, newKey(), conversation)).toMatchObject({
      ok: false,
      errors: [{ code: 'PROPOSAL_EXPIRED' }],
    });
    expect(await conversation.proposals.pendingOf(operator, [asked.session.id])).toEqual([[]]);
    const { turn } = await send(conversation, asked.session.id, 'yes');
    await ended(conversation, turn.id);
    run(conversation.sweep());
    await until(async () => (await statusOf(asked.proposals[0]!.id)) === 'EXPIRED');
    const told: StreamEvent[] = [];
    for await (const event of events.subscribe(asked.session.id, 'start', AbortSignal.timeout(10_000))) {
      if (event.type === 'ActionUpdated') told.push(event);
      if (told.length === 2) break;
    }
    await Promise.all(running.splice(0).map((worker) => worker.stop()));
    await conversation.close();
    await events.close();
  });
});

describe('a worker that is killed', () => {
  test('after it has proposed: who takes over and proposes the same meets the same proposal', async () => {
    const { conversation } = world;
    const killed = freezable(world);
    const proposed = gate();
    run(
      conversation.turns.work(triage),
      killed.conversation.routes.work(
        ['ORDERS'],
        async ({ propose, writer }) => {
          await propose(proposal('W1'));
          await propose(proposal('W2'));
          await writer.flush();
          killed.freeze();
          proposed.open();
          return never;
        },
        noDrain,
      ),
    );
    const session = await startSession(conversation);
    const { turn } = await send(conversation, session.id, 'W1');
    await proposed.opened;
    const [before] = (await conversation.proposals.ofTurns(operator, [turn.id])) as [ProposalRecord[]];
    run(conversation.routes.work(['ORDERS'], proposing, { carryOut: doer().carryOut }));
    const done = await ended(conversation, turn.id);
    const [after] = (await conversation.proposals.ofTurns(operator, [turn.id])) as [ProposalRecord[]];
    expect(done.status).toBe('AWAITING_CONFIRMATION');
    expect(after.map(({ id, status }) => [id, status])).toEqual([
      [before[0]!.id, 'PENDING'],
      [before[1]!.id, 'EXPIRED'],
    ]);
    expect(await replyText(conversation, done)).toBe(`[${before[0]!.id}]|Shall I?`);
    killed.wake();
  });

  test('and wakes late proposes nothing', async () => {
    const { conversation } = world;
    const paused = freezable(world);
    const [started, awake, refused] = [gate(), gate(), gate()];
    run(
      conversation.turns.work(triage),
      paused.conversation.routes.work(
        ['ORDERS'],
        async ({ propose }) => {
          paused.freeze();
          started.open();
          await awake.opened;
          await propose(proposal('W9')).catch(() => refused.open());
          return { kind: 'answered' };
        },
        noDrain,
      ),
    );
    const session = await startSession(conversation);
    const { turn } = await send(conversation, session.id, 'W1');
    await started.opened;
    run(conversation.routes.work(['ORDERS'], proposing, { carryOut: doer().carryOut }));
    await ended(conversation, turn.id);
    awake.open();
    paused.wake();
    await refused.opened;
    const [proposals] = (await conversation.proposals.ofTurns(operator, [turn.id])) as [ProposalRecord[]];
    expect(proposals).toMatchObject([{ orderId: 'ord_W1' }]);
  });

  test('between the effect and its record: another finds it done, and the customer is told once', async () => {
    const { conversation } = world;
    const killed = freezable(world);
    const { done, asked: jobs, carryOut } = doer();
    const effected = gate();
    work(carryOut, undefined);
    const asked = await ask(conversation, 'W1');
    await running.splice(1, 1)[0]!.stop();
    run(
      killed.conversation.routes.work(['ORDERS'], echo, {
        ...noDrain,
        async carryOut(job) {
          const result = await carryOut(job);
          killed.freeze();
          effected.open();
          return result;
        },
      }),
    );
    const result = await confirm(asked);
    if (!result.ok) throw new Error('refused');
    await effected.opened;
    expect(await statusOf(asked.proposals[0]!.id)).toBe('CONFIRMED');
    run(conversation.routes.work(['ORDERS'], echo, { carryOut }));
    const turn = await ended(conversation, result.value.turn.id);
    killed.wake();
    await running.splice(2, 1)[0]!.stop();
    expect(await replyText(conversation, turn)).toBe('It is cancelled.|[ord_1]');
    expect(await statusOf(asked.proposals[0]!.id)).toBe('EXECUTED');
    expect(jobs.map(({ proposalId }) => proposalId)).toEqual(Array(2).fill(asked.proposals[0]!.id));
    expect(done.size).toBe(1);
  });

  test('again and again while it carries out: it is tried beyond the deadline and the usual three times', async () => {
    const limits = { ...quick, leaseMs: 150, turnDeadlineMs: 400 };
    const conversation = world.another(limits);
    const { done, carryOut } = doer();
    let tries = 0;
    work(carryOut, conversation);
    const asked = await ask(conversation, 'W1');
    await running.splice(1, 1)[0]!.stop();
    run(conversation.sweep());
    const workers = Array.from({ length: 5 }, () => freezable(world, limits));
    for (const worker of workers) {
      run(
        worker.conversation.routes.work(['ORDERS'], echo, {
          ...noDrain,
          carryOut() {
            tries += 1;
            worker.freeze();
            return never;
          },
        }),
      );
    }
    const result = await confirm(asked, newKey(), conversation);
    if (!result.ok) throw new Error('refused');
    await until(() => tries === 5);
    run(conversation.routes.work(['ORDERS'], echo, { carryOut }));
    expect(await ended(conversation, result.value.turn.id)).toMatchObject({ status: 'COMPLETED' });
    expect([done.size, await statusOf(asked.proposals[0]!.id)]).toEqual([1, 'EXECUTED']);
    for (const worker of workers) worker.wake();
  });
});

test('an action whose agent is hosted nowhere fails at the deadline, and nothing was changed', async () => {
  const conversation = world.another({ ...quick, turnDeadlineMs: 300 });
  work(doer().carryOut, conversation);
  const asked = await ask(conversation, 'W1');
  await running.splice(1, 1)[0]!.stop();
  run(conversation.sweep());
  const result = await confirm(asked, newKey(), conversation);
  if (!result.ok) throw new Error('refused');
  const turn = await ended(conversation, result.value.turn.id);
  expect(turn).toMatchObject({ status: 'FAILED', failure: { code: 'INTERNAL', retryable: false } });
  expect(await replyText(conversation, turn)).toMatch(/nothing was changed/);
  expect(await statusOf(asked.proposals[0]!.id)).toBe('FAILED');
});

test('an action of which nobody can say how it ended goes to a person', async () => {
  const { conversation, test } = world;
  const started = gate();
  work(doer().carryOut);
  const asked = await ask(conversation, 'W1');
  await running.splice(1, 1)[0]!.stop();
  const dead = freezable(world);
  run(
    dead.conversation.routes.work(['ORDERS'], echo, {
      ...noDrain,
      carryOut() {
        dead.freeze();
        started.open();
        return never;
      },
    }),
  );
  const result = await confirm(asked);
  if (!result.ok) throw new Error('refused');
  const { turn } = result.value;
  await started.opened;
  await test.db.query('UPDATE conversation.routes SET attempts = 20 WHERE turn_id = $1', [turn.id]);
  run(conversation.sweep());
  const failed = await ended(conversation, turn.id);
  expect(await replyText(conversation, failed)).toMatch(/^Sorry, I cannot find out whether this was done/);
  expect(await statusOf(asked.proposals[0]!.id)).toBe('FAILED');
  await until(async () => (await conversation.handoffs.loadCurrent(operator, [asked.session.id]))[0]);
  dead.wake();
});
