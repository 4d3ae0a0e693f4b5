import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { Refusal } from '../scripts/command.js';
import { readCases, type CaseFolder, type ConformanceCase } from '../scripts/conformance/readCases.js';
import { runCases } from '../scripts/conformance/runCases.js';
import { rootFolder } from '../supergraph/src/folders.js';

const ownFolder = path.join(rootFolder(), 'test/conformance');

/** Runs cases through the gateway of a platform; answers what is wrong with each, by its id. */
async function problemsOf(folder: CaseFolder): Promise<Record<string, readonly string[]>> {
  const problems: Record<string, readonly string[]> = {};
  for await (const verdict of runCases(inject('postgresUrl'), folder)) problems[verdict.id] = verdict.problems;
  return problems;
}

describe('orders, returns and exchanges', { timeout: 120_000 }, () => {
  test('end as the cases say, to the cent', async () => {
    const folder = await readCases(ownFolder);
    expect(await problemsOf(folder)).toEqual(Object.fromEntries(folder.cases.map(({ id }) => [id, []])));
  });

  test('are told apart from what they should be, wherever that lies', async () => {
    const { shop, cases } = await readCases(ownFolder);
    const [cancelled] = cases;
    const spoilt = (id: string, spoil: (copy: ConformanceCase) => void) => {
      const copy = { ...structuredClone(cancelled!), id };
      spoil(copy);
      return copy;
    };
    const order = ({ changed }: ConformanceCase) => changed.orders['#C1001']!;
    const problems = await problemsOf({
      shop,
      cases: [
        spoilt('a cent more', (copy) => (order(copy).payment_history[1]!.amount += 0.01)),
        spoilt('another way to pay', (copy) => (order(copy).payment_history[1]!.payment_method_id = 'ada-gift')),
        spoilt('an order that must not change', ({ changed }) => delete changed.orders['#C1001']),
        spoilt('an order that must change', ({ changed }) => (changed.orders['#C1002'] = changed.orders['#C1001']!)),
        spoilt('a step that must be refused', ({ steps }) => (steps[2]!.ok = false)),
        spoilt('a step that must be done', ({ steps }) => (steps[1]!.arguments['order_id'] = '#C9999')),
        spoilt('an unknown tool', ({ steps }) => (steps[1]!.name = 'give_discount')),
      ],
    });
    expect(problems).toEqual({
      'a cent more': ['order #C1001: transactions.1.amount is "59.89", should be "59.90"'],
      'another way to pay': ['order #C1001: transactions.1.paymentMethodId is "ada-card", should be "ada-gift"'],
      'an order that must not change': expect.arrayContaining([
        'order #C1001: status is "CANCELLED", should be "PENDING"',
        'order #C1001: transactions.1 is {"kind":"REFUND","amount":"59.89","paymentMethodId":"ada-card"}, should be missing',
      ]),
      'an order that must change': expect.arrayContaining(['order #C1002: status is "PENDING", should be "CANCELLED"']),
      'a step that must be refused': ['step 3, cancel_pending_order: is done, should be refused'],
      'a step that must be done': ['step 2, get_order_details: is refused with NOT_FOUND, should be done'],
      'an unknown tool': [expect.stringMatching(/^step 2, give_discount: There is no tool give_discount; there are /)],
    });
  });

  test('cannot be tried in a shop that the import refuses', async () => {
    const { shop, cases } = await readCases(ownFolder);
    const run = problemsOf({ shop: { ...shop, currency: 'COINS' }, cases });
    await expect(run).rejects.toThrow(new Refusal('shop.json is refused. currency: must be an ISO 4217 code.'));
  });
});

describe('the command', { timeout: 120_000 }, () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'supportgraph-cases-'));
    await writeFile(path.join(folder, 'shop.json'), '{}');
    await writeFile(path.join(folder, 'cases.json'), '[{ "id": 7, "steps": [{ "name": "think", "arguments": {} }] }]');
  });
  afterAll(() => rm(folder, { recursive: true }));

  test.each([
    ['that is not there', () => path.join(folder, 'none'), /^\S+shop\.json cannot be read\./],
    ['whose cases are malformed', () => folder, /^\S+cases\.json: 0 › steps › 0 › ok › /],
  ])('ends with 2 and one line for a folder %s', async (_, name, line) => {
    const { code, error } = await conformance(name());
    expect({ code, lines: error.trim().split('\n') }).toEqual({ code: 2, lines: [expect.stringMatching(line)] });
  });
});

async function conformance(folder: string): Promise<{ code: unknown; error: string }> {
  const args = ['--import', './scripts/textLoader.mjs', '--import', 'tsx', 'scripts/conformance.ts', folder];
  const child = spawn(process.execPath, args, { cwd: rootFolder(), stdio: ['ignore', 'ignore', 'pipe'] });
  let error = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (error += text));
  const [code] = (await once(child, 'close')) as unknown[];
  return { code, error };
}
