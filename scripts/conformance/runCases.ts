import type { ShopFile } from '@supportgraph/commerce';
import { openCallers } from './callers.js';
import { differences } from './differences.js';
import type { CaseFolder, ConformanceCase, Step } from './readCases.js';
import { customerState, orderState } from './reference.js';
import { openSite, type Site } from './site.js';
import type { Known, ShopState } from './shopState.js';
import { carryOut, isWithoutCounterpart } from './steps.js';

/** What came of a case: where we are not as the reference is; empty if we are. */
export interface Verdict {
  id: string;
  problems: readonly string[];
}

/** Runs each case from the start of the shop, through the gateway of a platform on the PostgreSQL at this URL. */
export async function* runCases(serverUrl: string, { shop, cases }: CaseFolder): AsyncGenerator<Verdict> {
  const site = await openSite(serverUrl, shop);
  try {
    for (const each of cases) {
      await site.reset();
      yield { id: each.id, problems: await runCase(site, shop, each) };
    }
  } finally {
    await site.close();
  }
}

async function runCase(site: Site, file: ShopFile, { steps, changed }: ConformanceCase): Promise<string[]> {
  const callers = openCallers(site.gatewayUrl, site.jwtSecret);
  const problems: string[] = [];
  for (const [n, step] of steps.entries()) {
    if (isWithoutCounterpart(step)) continue;
    const found = await problemsOfStep(site, step, () => carryOut({ callers, file }, step));
    problems.push(...found.map((problem) => `step ${n + 1}, ${step.name}: ${problem}`));
  }
  problems.push(...(await site.settle()));
  return [...problems, ...problemsOfState(site.start, await site.state(), changed, file.currency)];
}

/** A step that is meant to fail must be refused and change nothing. */
async function problemsOfStep(site: Site, { ok }: Step, run: () => ReturnType<typeof carryOut>): Promise<string[]> {
  try {
    const before = ok ? null : await site.state();
    const refused = await run();
    if (!before) return refused ? [`is refused with ${refused.code}, should be done`] : [];
    if (!refused) return ['is done, should be refused'];
    return differencesOf(await site.state(), before).map((change) => `is refused, and yet ${change}`);
  } catch (fault) {
    return [fault instanceof Error ? fault.message : String(fault)];
  }
}

/** What changed must be as the reference says, all else as at the start. */
function problemsOfState(
  start: ShopState,
  end: ShopState,
  changed: ConformanceCase['changed'],
  currency: string,
): string[] {
  const expected: ShopState = { ...start, orders: new Map(start.orders), customers: new Map(start.customers) };
  const problems: string[] = [];
  for (const [number, order] of Object.entries(changed.orders)) {
    const known = start.orders.get(number);
    if (!known) problems.push(`order ${number} is not in shop.json`);
    else expected.orders.set(number, changedTo(known, orderState(order, known.told, currency), end.orders.get(number)));
  }
  for (const [id, user] of Object.entries(changed.users)) {
    const known = start.customers.get(id);
    if (!known) problems.push(`customer ${id} is not in shop.json`);
    else expected.customers.set(id, changedTo(known, customerState(user, currency), end.customers.get(id)));
  }
  return [...problems, ...differencesOf(end, expected)];
}

/** The reference does not tell of the records that belong to a change. */
function changedTo<State>(start: Known<State>, told: State, end: Known<State> | undefined): Known<State> {
  return { told, lasting: start.lasting, records: end?.records ?? start.records };
}

function differencesOf(is: ShopState, should: ShopState): string[] {
  return [
    ...differencesOfAll('order', is.orders, should.orders),
    ...differencesOfAll('customer', is.customers, should.customers),
    ...differences(is.rest, should.rest),
  ];
}

function differencesOfAll<State>(
  kind: string,
  is: ReadonlyMap<string, Known<State>>,
  should: ReadonlyMap<string, Known<State>>,
): string[] {
  const names = new Set([...is.keys(), ...should.keys()]);
  return [...names].flatMap((name) => {
    const found = differences({ ...is.get(name) }, { ...should.get(name) });
    return found.map((line) => `${kind} ${name}: ${line.replace(/^told\./, '')}`);
  });
}
