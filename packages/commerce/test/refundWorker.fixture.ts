// A process with a refund worker, to be killed: `refundWorker.fixture.ts URL STEP CALL SEED`. It kills itself at the
// given step when it comes there for the CALL-th time.
import { openDatabase } from '@supportgraph/data';
import { silent } from '@supportgraph/kernel';
import { ledgerProvider, openCommerce, type PaymentProvider, type ProviderFault } from '../src/index.js';

const [, , url, step, call, seed] = process.argv as [string, string, string, string, string, string];
let left = Number(call);
let random = Number(seed);

/** Dies like a process whose machine lost its power: nothing is finished and nobody is told. */
function dieAt(here: string): void {
  if (here === step && --left <= 0) process.kill(process.pid, 'SIGKILL');
}

/** A small generator, so that a run can be repeated. */
function next(): number {
  random = (random * 1_103_515_245 + 12_345) % 2_147_483_648;
  return random / 2_147_483_648;
}

const faults: readonly ProviderFault[] = ['silentBefore', 'silentAfter', 'errorBefore', 'errorAfter', 'toldTwice'];
/** A third of all calls go wrong in some way. */
const faultOf = () => (next() < 1 / 3 ? faults[Math.floor(next() * faults.length)]! : null);

const opened = await openDatabase({ url, log: silent });
const db: typeof opened = {
  ...opened,
  async query(text, values, name) {
    const rows = await opened.query<never>(text, values, name);
    if (name === 'refund-claim' && rows.length) dieAt('claimed');
    if (name === 'ledger-write') dieAt('sent');
    if (name === 'refund-release') dieAt('released');
    return rows;
  },
  async transaction(run, options) {
    dieAt('recording');
    const result = await opened.transaction(async (tx) => {
      const value = await run(tx);
      dieAt('beforeCommit');
      return value;
    }, options);
    dieAt('afterCommit');
    return result;
  },
};

const ledger = ledgerProvider(db, faultOf);
const provider: PaymentProvider = {
  async refund(wish, settling) {
    dieAt('asking');
    const answer = await ledger.refund(wish, settling);
    dieAt('answered');
    return answer;
  },
};

const commerce = openCommerce({ db, log: silent, clock: () => new Date() });
commerce.refunds.work(provider, {
  concurrency: 8,
  deadlineMs: 150,
  leaseMs: 400,
  pollMs: 50,
  firstPauseMs: 20,
  longestPauseMs: 100,
  breaker: { faults: 20, pauseMs: 50 },
});
process.send!('working');
