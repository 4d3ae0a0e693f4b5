import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Running } from '@supportgraph/kernel';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { httpProvider, ledgerProvider, signatureOf } from '../src/index.js';
import type { PaymentProvider, ProviderFault, ProviderRefund, RefundWorkOptions } from '../src/index.js';
import { makeBreaker } from '../src/payments/breaker.js';
import { claimRefund } from '../src/payments/claimRefund.js';
import { completeRefund, releaseRefund } from '../src/payments/settleRefund.js';
import { ann, staff, startCommerce, testShop, type TestCommerce, type TestOrder } from '../src/testing/index.js';

let commerce: TestCommerce;
const orders: TestOrder[] = [];
const running: Running[] = [];

/** Every test takes orders of its own; they are imported together before the first test. */
function order(fields: Omit<TestOrder, 'number'> = {}): string {
  const number = `#F${orders.length}`;
  orders.push({ number, ...fields });
  return `ord_${number.slice(1)}`;
}

beforeAll(async () => {
  commerce = await startCommerce(testShop(orders));
});
afterEach(async () => {
  for (const each of running.splice(0)) await each.stop();
});
afterAll(() => commerce.stop());

/** Long enough for a busy machine. */
const patientMs = 10_000;
const quick: RefundWorkOptions = { deadlineMs: patientMs, pollMs: 20, firstPauseMs: 10, longestPauseMs: 20 };

function work(provider: PaymentProvider, options: RefundWorkOptions = {}): Running {
  const worker = commerce.refunds.work(provider, { ...quick, ...options });
  running.push(worker);
  return worker;
}

/** The embedded provider with these faults first, for this refund; `null` is none. */
function ledger(refundId: string, ...faults: (ProviderFault | null)[]): PaymentProvider {
  return ledgerProvider(commerce.deps.db, ({ idempotencyKey }) =>
    idempotencyKey === refundId ? (faults.shift() ?? null) : null,
  );
}

/** Cancels an order that was paid by card; the id of the refund that is to be sent. */
async function cancel(orderId: string): Promise<string> {
  const wish = { idempotencyKey: orderId, orderId, reason: 'NO_LONGER_NEEDED' };
  const cancelled = await commerce.orders.cancel(ann, wish);
  if (!cancelled.ok) throw new Error(JSON.stringify(cancelled.errors));
  return cancelled.value.refunds[0]!.id;
}

const refundOf = async (id: string) => (await commerce.refunds.load(staff, [id]))[0]!;
const attemptsOf = async (refundId: string) =>
  (await commerce.deps.db.prisma.refundAttempt.findMany({ where: { refundId }, orderBy: { generation: 'asc' } })).map(
    ({ outcome }) => outcome,
  );
const eventsOf = async (subjectId: string) =>
  (await commerce.deps.db.prisma.outboxEvent.findMany({ where: { subjectId }, orderBy: { id: 'asc' } })).map(
    ({ type, data }) => [type, data],
  );
const auditOf = (subjectId: string) =>
  commerce.deps.db.prisma.auditEvent.findMany({ where: { subjectId, action: 'refund.send' } });
const entriesOf = (idempotencyKey: string) =>
  commerce.deps.db.prisma.providerLedgerEntry.findMany({ where: { idempotencyKey } });

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 15_000;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error('It never came to be.');
    await wait(10);
  }
}
const completed = (id: string) => until(async () => (await refundOf(id)).status === 'COMPLETED');

describe('a refund that is to be sent', () => {
  const orderId = order();

  test('is completed with its event and its audit, and is in the ledger', async () => {
    const id = await cancel(orderId);
    work(ledger(id));
    await completed(id);
    const [entry] = await entriesOf(id);
    expect(entry).toMatchObject({ amount: 2000n, currency: 'USD', paymentMethodId: 'pay_card' });
    expect((await refundOf(id)).completedAt).toEqual(new Date('2026-02-01T12:00:00Z'));
    const data = { refundId: id, orderId, customerId: 'cus_ann', amount: 2000, reference: entry!.reference };
    expect(await eventsOf(id)).toEqual([['refund.completed', data]]);
    expect(await auditOf(id)).toMatchObject([{ outcome: 'SUCCEEDED', actorName: 'platform', actorId: null }]);
  });
});

describe.each<[string, ProviderFault[], (string | null)[]]>([
  ['fails before it sends', ['errorBefore', 'errorBefore'], ['FAILED', 'FAILED', 'ACCEPTED']],
  ['sends it and then fails', ['errorAfter'], ['FAILED', 'ACCEPTED']],
  ['tells twice of what it sent', ['toldTwice'], ['ACCEPTED']],
])('when the provider %s', (_, faults, outcomes) => {
  const orderId = order();

  test('it is asked again with the same key until it says yes, and the money is sent once', async () => {
    const id = await cancel(orderId);
    work(ledger(id, ...faults));
    await completed(id);
    expect(await attemptsOf(id)).toEqual(outcomes);
    await expectSentOnce(id);
  });
});

describe.each<[string, ProviderFault[]]>([
  ['sends nothing and does not answer', ['silentBefore', 'silentBefore']],
  ['sends it and does not answer', ['silentAfter', 'silentAfter']],
  ['answers after the deadline', ['slow']],
])('when the provider %s', (_, faults) => {
  const orderId = order();

  test('it is asked again after the deadline, and the money is sent once', async () => {
    const id = await cancel(orderId);
    work(ledger(id, ...faults), { deadlineMs: 400 });
    await completed(id);
    const outcomes = await attemptsOf(id);
    expect(outcomes.slice(0, faults.length)).toEqual(faults.map(() => 'TIMED_OUT'));
    expect(outcomes.at(-1)).toBe('ACCEPTED');
    await expectSentOnce(id);
  });
});

async function expectSentOnce(id: string): Promise<void> {
  expect(await entriesOf(id)).toHaveLength(1);
  expect(await eventsOf(id)).toHaveLength(1);
  expect(await auditOf(id)).toHaveLength(1);
}

describe('a refund that the provider refuses', () => {
  const orderId = order();
  const untouched = order();

  test('stays approved and visible, tells staff why, and is sent again when they say so', async () => {
    const id = await cancel(orderId);
    work(ledger(id, 'refused'));
    await until(async () => (await refundOf(id)).failedAt !== null);
    expect(await refundOf(id)).toMatchObject({ status: 'APPROVED', failureCode: 'REFUSED' });
    const data = { refundId: id, orderId, customerId: 'cus_ann', amount: 2000, code: 'REFUSED' };
    expect(await eventsOf(id)).toEqual([['refund.failed', data]]);
    expect(await auditOf(id)).toMatchObject([{ outcome: 'FAILED', code: 'REFUSED' }]);
    // The worker goes on with others, not with this one.
    await completed(await cancel(untouched));
    expect(await attemptsOf(id)).toEqual(['DECLINED']);

    expect(await commerce.refunds.retry(staff, id)).toMatchObject({ ok: true, value: { failedAt: null } });
    await completed(id);
    expect(await attemptsOf(id)).toEqual(['DECLINED', 'ACCEPTED']);
    expect(await commerce.refunds.retry(staff, id)).toMatchObject({ errors: [{ code: 'WRONG_STATE' }] });
    expect(await commerce.refunds.retry(ann, id)).toMatchObject({ errors: [{ code: 'NOT_FOUND' }] });
  });
});

describe('money for goods that came back', () => {
  const delivered = { status: 'DELIVERED', deliveredAt: '2026-01-20T00:00:00Z' };
  const returning = order(delivered);
  const exchanging = order({ ...delivered, items: ['red'] });

  test('completes the return once it is sent', async () => {
    const [item] = (await commerce.orders.find(ann, returning))!.items;
    const wish = { idempotencyKey: 'r', orderId: returning, orderItemIds: [item!.id], paymentMethodId: 'pay_card' };
    const asked = await commerce.returns.requestReturn(ann, wish);
    if (!asked.ok) throw new Error(JSON.stringify(asked.errors));
    const orderReturnId = asked.value.id;
    await commerce.returns.receiveReturn(staff, { idempotencyKey: 'rr', orderReturnId });
    const statusOf = async () => (await commerce.orders.find(ann, returning))!.return!.status;
    expect(await statusOf()).toBe('RECEIVED');
    work(ledger('none'));
    await until(async () => (await statusOf()) === 'COMPLETED');
  });

  test('completes the exchange once the difference is sent', async () => {
    const [item] = (await commerce.orders.find(ann, exchanging))!.items;
    const changes = [{ orderItemId: item!.id, newVariantId: 'var_green' }];
    const wish = { idempotencyKey: 'e', orderId: exchanging, changes, paymentMethodId: 'pay_card' };
    const asked = await commerce.returns.requestExchange(ann, wish);
    if (!asked.ok) throw new Error(JSON.stringify(asked.errors));
    await commerce.returns.receiveExchange(staff, { idempotencyKey: 'ee', orderExchangeId: asked.value.id });
    work(ledger('none'));
    await until(async () => (await commerce.orders.find(ann, exchanging))!.exchange!.status === 'COMPLETED');
  });
});

describe('a worker that lost its refund to another', () => {
  const orderId = order();

  test('can neither complete nor release it, and a second completion changes nothing', async () => {
    const id = await cancel(orderId);
    const { deps } = commerce;
    const first = (await claimRefund(deps.db, 0))!;
    expect(first.id).toBe(id);
    await until(async () => (await claimRefund(deps.db, 60_000))?.id === id);
    const receipt = { idempotencyKey: id, reference: 'led_x' };
    expect(await completeRefund(deps, receipt, first.generation)).toBe(false);
    await releaseRefund(deps, first, 'FAILED', { firstPauseMs: 1, longestPauseMs: 1 });
    expect(await claimRefund(deps.db, 60_000)).toBeNull();
    expect(await completeRefund(deps, receipt, first.generation + 1)).toBe(true);
    const before = [await refundOf(id), await eventsOf(id), await auditOf(id), await attemptsOf(id)];
    expect(await completeRefund(deps, { ...receipt, reference: 'another' }, null)).toBe(false);
    expect(await completeRefund(deps, receipt, first.generation + 1)).toBe(false);
    expect([await refundOf(id), await eventsOf(id), await auditOf(id), await attemptsOf(id)]).toEqual(before);
    // It was not the ledger that said so.
    expect(await commerce.refunds.reconcile()).toEqual([{ key: id, problem: 'NOT_SENT' }]);
    await ledgerProvider(deps.db).refund(first.wish, { signal: AbortSignal.timeout(1_000), settled: async () => {} });
    expect(await commerce.refunds.reconcile()).toEqual([{ key: id, problem: 'OTHERWISE' }]);
    await deps.db.query(
      'UPDATE commerce.refunds r SET provider_reference = l.reference FROM commerce.provider_ledger l WHERE l.idempotency_key = r.id AND r.id = $1',
      [id],
    );
    expect(await commerce.refunds.reconcile()).toEqual([]);
  });
});

describe('reconciling', () => {
  const orderId = order();

  test('finds what was sent and is not completed, and what nobody here knows of', async () => {
    const id = await cancel(orderId);
    const call = { signal: AbortSignal.timeout(1_000), settled: async () => {} };
    const wish: ProviderRefund = {
      ...{ idempotencyKey: id, orderId, paymentMethodId: 'pay_card', amount: 2000, currency: 'USD' },
    };
    const provider = ledgerProvider(commerce.deps.db);
    await provider.refund(wish, call);
    expect(await provider.refund({ ...wish, amount: 1 }, call)).toEqual({
      kind: 'refused',
      code: 'KEY_USED_OTHERWISE',
    });
    await provider.refund({ ...wish, idempotencyKey: 'ref_foreign' }, call);
    expect(await commerce.refunds.reconcile()).toEqual([
      { key: id, problem: 'NOT_COMPLETED' },
      { key: 'ref_foreign', problem: 'NOT_OURS' },
    ]);
    work(provider);
    await completed(id);
    expect(await commerce.refunds.reconcile()).toEqual([{ key: 'ref_foreign', problem: 'NOT_OURS' }]);
  });
});

describe('stopping', () => {
  const orderId = order();

  test('waits for what is being sent', async () => {
    const id = await cancel(orderId);
    const worker = work(ledger(id, 'slow'));
    await until(async () => (await attemptsOf(id)).length === 1);
    await worker.stop();
    expect((await refundOf(id)).status).toBe('COMPLETED');
  });
});

test('a provider that fails in a row is left alone for a while, then one asks how it is', () => {
  const breaker = makeBreaker({ faults: 3, pauseMs: 600_000 });
  for (let i = 0; i < 3; i++) {
    expect(breaker.mayAsk()).toBe(true);
    breaker.note(true);
  }
  expect(breaker.mayAsk()).toBe(false);
  const impatient = makeBreaker({ faults: 1, pauseMs: 0 });
  impatient.note(true);
  expect(impatient.mayAsk()).toBe(true);
  impatient.note(false);
  expect(breaker.mayAsk()).toBe(false);
});

describe('a provider over HTTP', () => {
  const orderId = order();
  const secret = 'a secret of the tests that is long enough';
  const heard: { request: IncomingMessage; body: string }[] = [];
  let answers: { status: number; body: string }[] = [];
  let server: Server;
  let url: string;

  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (text: string) => (body += text));
      request.on('end', () => {
        heard.push({ request, body });
        const { status, body: answer } = answers.shift()!;
        response.writeHead(status, { location: url }).end(answer);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/refunds`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  const wish: ProviderRefund = {
    ...{ idempotencyKey: 'ref_1', orderId: 'ord_1', paymentMethodId: 'pay_card', amount: 1990, currency: 'USD' },
  };
  const call = () => ({ signal: AbortSignal.timeout(5_000), settled: async () => {} });

  test('is asked with the key, the exact amount and a signature', async () => {
    answers = [{ status: 200, body: '{"status":"accepted","reference":"p1"}' }];
    heard.length = 0;
    expect(await httpProvider({ url, secret }).refund(wish, call())).toEqual({ kind: 'accepted', reference: 'p1' });
    const [{ request, body }] = heard as [(typeof heard)[number]];
    expect(request.headers['idempotency-key']).toBe('ref_1');
    expect(JSON.parse(body)).toEqual({
      ...{ refundId: 'ref_1', orderId: 'ord_1', paymentMethodId: 'pay_card', amount: '19.90', currency: 'USD' },
    });
    const signature = request.headers['supportgraph-signature'] as string;
    const seconds = Number(/^t=(\d+),/.exec(signature)![1]);
    expect(Math.abs(seconds - Date.now() / 1_000)).toBeLessThan(60);
    expect(signature).toBe(signatureOf(secret, seconds, body));
  });

  test.each([
    [422, '{"status":"refused","code":"ACCOUNT_CLOSED"}', { kind: 'refused', code: 'ACCOUNT_CLOSED' }],
    [200, '{"status":"refused","code":"ACCOUNT_CLOSED"}', { kind: 'failed' }],
    [200, '{"status":"accepted"}', { kind: 'failed' }],
    [200, 'ok', { kind: 'failed' }],
    [200, '"' + 'x'.repeat(1_000_000) + '"', { kind: 'failed' }],
    [400, '{"status":"refused","code":"X"}', { kind: 'failed' }],
    [422, '<html>', { kind: 'failed' }],
    [429, '', { kind: 'failed' }],
    [503, '{"status":"accepted","reference":"p1"}', { kind: 'failed' }],
  ])('that answers %i %s', async (status, body, expected) => {
    answers = [{ status, body }];
    expect(await httpProvider({ url, secret }).refund(wish, call())).toMatchObject(expected);
  });

  test('is not followed to another place, and not waited for too long', async () => {
    answers = [{ status: 307, body: '' }];
    await expect(httpProvider({ url, secret }).refund(wish, call())).rejects.toThrow();
    const silentServer = createServer(() => {});
    await new Promise<void>((resolve) => silentServer.listen(0, '127.0.0.1', resolve));
    const silentUrl = `http://127.0.0.1:${(silentServer.address() as AddressInfo).port}/`;
    await expect(httpProvider({ url: silentUrl, secret, timeoutMs: 50 }).refund(wish, call())).rejects.toThrow(
      /timeout/,
    );
    silentServer.closeAllConnections();
    await new Promise((resolve) => silentServer.close(resolve));
  });

  test('is asked by the worker until it gives a verdict', async () => {
    const id = await cancel(orderId);
    answers = [
      { status: 500, body: '' },
      { status: 200, body: '{}' },
      { status: 200, body: '{"status":"accepted","reference":"p2"}' },
    ];
    heard.length = 0;
    work(httpProvider({ url, secret }));
    await completed(id);
    expect(heard.map(({ request }) => request.headers['idempotency-key'])).toEqual([id, id, id]);
    expect(await attemptsOf(id)).toEqual(['FAILED', 'FAILED', 'ACCEPTED']);
  });
});
