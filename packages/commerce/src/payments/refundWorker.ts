import { repeat } from '@supportgraph/data';
import { assertNever, type Running } from '@supportgraph/kernel';
import type { CommerceDeps } from '../services/deps.js';
import { makeBreaker, type Breaker, type BreakerOptions } from './breaker.js';
import { claimRefund, type ClaimedRefund } from './claimRefund.js';
import type { PaymentProvider, ProviderAnswer } from './provider.js';
import { refundChannel } from './refundChannel.js';
import { completeRefund, failRefund, releaseRefund, type Pauses } from './settleRefund.js';

export interface RefundWorkOptions extends Partial<Pauses> {
  /** Refunds that are sent at once. @default 4 */
  concurrency?: number;
  /** How long one answer of the provider is waited for, in ms. @default 10_000 */
  deadlineMs?: number;
  /** For how long a worker owns a refund, in ms; longer than the deadline. @default three times the deadline */
  leaseMs?: number;
  /** How often it looks for refunds without being woken, in ms. @default 2_000 */
  pollMs?: number;
  breaker?: BreakerOptions;
}

interface Sending {
  deps: CommerceDeps;
  provider: PaymentProvider;
  breaker: Breaker;
  deadlineMs: number;
  leaseMs: number;
  pauses: Pauses;
}

/**
 * Sends approved refunds, each exactly once. That one is owned under a lease keeps workers out of each other's way; that
 * the provider knows its key makes it once, whatever dies and whenever.
 */
export function workOnRefunds(deps: CommerceDeps, provider: PaymentProvider, options: RefundWorkOptions = {}): Running {
  const { db, log } = deps;
  const { concurrency = 4, deadlineMs = 10_000, leaseMs = 3 * deadlineMs, pollMs = 2_000 } = options;
  const { firstPauseMs = 1_000, longestPauseMs = 300_000 } = options;
  const pauses = { firstPauseMs, longestPauseMs };
  const sending = { deps, provider, breaker: makeBreaker(options.breaker), deadlineMs, leaseMs, pauses };
  const lanes = Array.from({ length: concurrency }, () =>
    repeat({
      log,
      job: 'sendRefunds',
      everyMs: pollMs,
      wokenBy: { db, channel: refundChannel },
      run: () => sendNext(sending),
    }),
  );
  return { stop: async () => void (await Promise.all(lanes.map((lane) => lane.stop()))) };
}

/** False if there is nothing to send, or the provider is left alone for a while. */
async function sendNext(sending: Sending): Promise<boolean> {
  const { deps, breaker, leaseMs } = sending;
  if (!breaker.mayAsk()) return false;
  const refund = await claimRefund(deps.db, leaseMs);
  if (!refund) return false;
  const answer = await ask(sending, refund);
  breaker.note(answer.kind === 'failed' || answer.kind === 'late');
  await record(sending, refund, answer);
  return true;
}

type Answer = ProviderAnswer | { kind: 'late' };

/** The provider's answer, if it comes before the deadline; also one that does not heed its signal is not waited for. */
async function ask({ deps, provider, deadlineMs }: Sending, { wish }: ClaimedRefund): Promise<Answer> {
  const deadline = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Answer>((resolve) => {
    timer = setTimeout(() => {
      resolve({ kind: 'late' });
      deadline.abort();
    }, deadlineMs);
  });
  const settled: Parameters<PaymentProvider['refund']>[1]['settled'] = async (receipt) =>
    void (await completeRefund(deps, receipt, null));
  const answer = provider
    .refund(wish, { signal: deadline.signal, settled })
    .catch((error: Error): Answer => ({ kind: 'failed', reason: error.message }));
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function record({ deps, pauses }: Sending, refund: ClaimedRefund, answer: Answer): Promise<void> {
  const facts = { refundId: refund.id, generation: refund.generation };
  switch (answer.kind) {
    case 'accepted':
      await completeRefund(deps, { idempotencyKey: refund.id, reference: answer.reference }, refund.generation);
      return;
    case 'refused':
      deps.log.error({ ...facts, code: answer.code }, 'refund refused by the payment provider');
      return failRefund(deps, refund, answer.code);
    case 'failed':
      deps.log.warn({ ...facts, reason: answer.reason }, 'refund not sent');
      return releaseRefund(deps, refund, 'FAILED', pauses);
    case 'late':
      deps.log.warn(facts, 'payment provider did not answer in time');
      return releaseRefund(deps, refund, 'TIMED_OUT', pauses);
    default:
      return assertNever(answer);
  }
}
