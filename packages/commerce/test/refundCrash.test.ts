import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { testDatabase, type TestDatabase } from '@supportgraph/data/testing';
import { silent } from '@supportgraph/kernel';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { importShop, openCommerce, type Commerce } from '../src/index.js';
import { ann, testShop, textOf } from '../src/testing/index.js';

/** How many times over all is done: `REFUND_CRASH_ROUNDS=20 npx vitest run refundCrash` is the long variant. */
const rounds = Number(process.env['REFUND_CRASH_ROUNDS'] ?? 1);
const refunds = 300;
const steps = ['claimed', 'asking', 'sent', 'answered', 'recording', 'beforeCommit', 'afterCommit', 'released'];

const fixture = fileURLToPath(new URL('refundWorker.fixture.ts', import.meta.url));
let made: TestDatabase;
let commerce: Commerce;
const children = new Set<ChildProcess>();

beforeAll(async () => {
  made = await testDatabase();
  commerce = openCommerce(deps());
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await made.drop();
});

const deps = () => ({ db: made.db, log: silent, clock: () => new Date() });

/** A worker that dies at a step by itself; `never` is no step. */
async function startWorker(step: string, call: number, seed: number): Promise<ChildProcess> {
  const child = fork(fixture, [made.url, step, String(call), String(seed)], { execArgv: ['--import', 'tsx'] });
  children.add(child);
  child.once('exit', () => children.delete(child));
  await once(child, 'message');
  return child;
}

async function died(child: ChildProcess): Promise<string | null> {
  if (child.signalCode === null && child.exitCode === null) await once(child, 'exit');
  return child.signalCode;
}

const left = () => made.db.prisma.refund.count({ where: { status: { not: 'COMPLETED' } } });
const sent = () => made.db.prisma.providerLedgerEntry.count();

/** Refunds that a shop brings along, approved and not yet sent, and one that comes of cancelling an order. */
async function makeRefunds(round: number): Promise<void> {
  const orders = Array.from({ length: refunds }, (_, i) => ({ number: `#R${round}x${i}` }));
  const [cancelled, ...approved] = orders;
  const shop = testShop(orders) as { orders: { number: string; transactions: object[] }[] };
  const back = { amount: '20.00', paymentMethodId: 'card' };
  for (const order of shop.orders)
    if (order.number !== cancelled!.number) order.transactions.push({ kind: 'REFUND', ...back });
  const wanted = approved.map(({ number }) => ({
    ...{ id: number.slice(1), orderNumber: number, cause: 'REQUEST', status: 'APPROVED', ...back },
    ...{ reason: 'Broken', transaction: 1, createdAt: '2026-01-03T00:00:00Z' },
  }));
  const imported = await importShop(deps(), () => textOf({ ...shop, refunds: wanted }));
  if (!imported.ok) throw new Error(JSON.stringify(imported.errors));
  const number = cancelled!.number;
  const wish = { idempotencyKey: number, orderId: `ord_${number.slice(1)}`, reason: 'NO_LONGER_NEEDED' };
  const done = await commerce.orders.cancel(ann, wish);
  if (!done.ok) throw new Error(JSON.stringify(done.errors));
}

test.each(Array.from({ length: rounds }, (_, round) => [round] as const))(
  `round %i: ${refunds} refunds are sent exactly once each, though workers are killed at every step and the provider fails`,
  { timeout: 170_000 },
  async (round) => {
    await makeRefunds(round);
    const dying = steps.map(async (step, i) => {
      const seed = round * 1_000 + i + 1;
      return died(await startWorker(step, 1 + (seed % 7), seed));
    });
    expect(await Promise.all(dying)).toEqual(steps.map(() => 'SIGKILL'));
    // One that is killed at some moment, and one that lives on.
    const [unlucky, last] = await Promise.all([1, 2].map((i) => startWorker('never', 1, round * 1_000 + 100 + i)));
    await wait(Math.random() * 200);
    unlucky!.kill('SIGKILL');
    while ((await left()) > 0) await wait(20);
    last!.kill('SIGKILL');

    expect(await sent()).toBe(refunds * (round + 1));
    expect(await commerce.refunds.reconcile()).toEqual([]);
    const [told] = await made.db.query<{ events: number; subjects: number }>(
      `SELECT count(*) AS events, count(DISTINCT subject_id) AS subjects FROM platform.outbox WHERE type = 'refund.completed'`,
    );
    expect(told).toEqual({ events: refunds * (round + 1), subjects: refunds * (round + 1) });
    const audited = { action: 'refund.send', outcome: 'SUCCEEDED' } as const;
    expect(await made.db.prisma.auditEvent.count({ where: audited })).toBe(refunds * (round + 1));
  },
);
