import { silent } from '@supportgraph/kernel';
import { describe, expect, test } from 'vitest';
import { modelBreakers, modelClient, runTurn, type Allowance, type Models } from '../src/index.js';
import { routeJob, scriptedModel, type RecordedJob, type ScriptStep } from '../src/testing/index.js';
import { deskAgent, lookUp, openDesk } from './support.js';

const models: Models = { small: ['small'], middle: ['middle', 'other'], large: ['large'] };

interface Options {
  allowances?: readonly Allowance[];
  breakers?: ReturnType<typeof modelBreakers>;
  job?: RecordedJob;
}

/** Lets the agent answer; each model call is asked for in turn, and the last allowance holds from then on. */
async function play(
  script: readonly ScriptStep[],
  { allowances = ['ok'], breakers, job = routeJob('Where is #W1?') }: Options,
) {
  const model = scriptedModel(...script);
  let asked = 0;
  const outcome = await runTurn(deskAgent(), openDesk(), job, {
    client: modelClient({ fetch: model.fetch }),
    ...{ models, log: silent, breakers, onUsage: () => {} },
    allow: async () => allowances[Math.min(asked++, allowances.length - 1)]!,
  });
  return { outcome, job, model, asked: model.requests.map((request) => request.model) };
}

const answer: ScriptStep = { say: 'It is on its way.' };

describe('a budget', () => {
  test('that is not spent changes nothing', async () => {
    expect((await play([lookUp(), answer], {})).asked).toEqual(['middle', 'middle']);
  });

  test('that asks for small models is heeded from the first call on', async () => {
    expect((await play([answer], { allowances: ['downgrade'] })).asked).toEqual(['small']);
  });

  test('that is spent within a turn is heeded by the very next call, which goes on from the tools’ results', async () => {
    const { outcome, asked, model } = await play([lookUp(), answer], { allowances: ['ok', 'downgrade'] });
    expect(outcome).toEqual({ kind: 'answered' });
    expect(asked).toEqual(['middle', 'small']);
    expect(model.requests[1]?.messages).toHaveLength(3);
  });

  test('that gives questions to people asks no model', async () => {
    const { outcome, asked, job } = await play([answer], { allowances: ['handOff'] });
    expect(outcome).toMatchObject({ kind: 'handedOff', reason: 'SYSTEM' });
    expect(job.writer.written).toMatch(/colleague/);
    expect(asked).toEqual([]);
  });

  test('of a session that is spent is a stated failure', async () => {
    const { outcome, asked } = await play([lookUp(), answer], { allowances: ['ok', 'exhausted'] });
    expect(outcome).toEqual({ kind: 'failed', code: 'BUDGET_EXHAUSTED', retryable: false });
    expect(asked).toEqual(['middle']);
  });
});

describe('the model', () => {
  test('is the large one for a complaint, in both languages, and for what failed before', async () => {
    const jobs = [
      routeJob('This is unacceptable, I want to complain!'),
      routeJob('我要客訴，太誇張了', { language: 'zh-Hant' }),
      routeJob('Where is #W1?', { isRetry: true }),
    ];
    for (const job of jobs) expect((await play([answer], { job })).asked).toEqual(['large']);
  });

  test('that is the only one is asked again after the pause that it asks for, if the customer need not wait long', async () => {
    const { outcome, asked } = await play([{ status: 429, retryAfterSeconds: 0 }, answer], {
      job: routeJob('Where is #W1?', { isRetry: true }),
    });
    expect(outcome).toEqual({ kind: 'answered' });
    expect(asked).toEqual(['large', 'large']);
    const long = await play([{ status: 429, retryAfterSeconds: 60 }, answer], {
      job: routeJob('Where is #W1?', { isRetry: true }),
    });
    expect(long.outcome).toMatchObject({ code: 'MODEL_UNAVAILABLE' });
  });
});

describe('a breaker', () => {
  test('opens after failures within its window, lets one probe through, and closes when that goes well', () => {
    let now = 0;
    const breakers = modelBreakers({ failures: 2, windowMs: 100, openMs: 50, clock: () => now });
    breakers.failed('m');
    now = 150;
    breakers.failed('m');
    expect(breakers.stateOf('m')).toBe('CLOSED');
    breakers.failed('m');
    expect([breakers.stateOf('m'), breakers.permits('m'), breakers.permits('another')]).toEqual(['OPEN', false, true]);
    now = 200;
    expect([breakers.stateOf('m'), breakers.permits('m'), breakers.permits('m')]).toEqual(['HALF_OPEN', true, false]);
    breakers.failed('m');
    expect(breakers.stateOf('m')).toBe('OPEN');
    now = 250;
    expect(breakers.permits('m')).toBe(true);
    breakers.succeeded('m');
    expect([breakers.stateOf('m'), breakers.permits('m')]).toEqual(['CLOSED', true]);
  });

  test('keeps turns from a model that fails, and asks nothing when all are away', async () => {
    const breakers = modelBreakers({ failures: 1 });
    const first = await play([{ status: 529 }, answer], { breakers });
    expect(first.asked).toEqual(['middle', 'other']);
    expect((await play([answer], { breakers })).asked).toEqual(['other']);
    await play([{ status: 500 }], { breakers });
    const last = await play([answer], { breakers });
    expect([last.outcome, last.asked]).toEqual([{ kind: 'failed', code: 'MODEL_UNAVAILABLE', retryable: true }, []]);
  });
});

test('a call that cannot be recorded is an answer all the same, and the log has what it took', async () => {
  const lines: object[] = [];
  const log = { ...silent, child: () => log, error: (facts: object) => void lines.push(facts) };
  const outcome = await runTurn(deskAgent(), openDesk(), routeJob('Where is #W1?'), {
    client: modelClient({ fetch: scriptedModel(answer).fetch }),
    ...{ models, log, onUsage: () => Promise.reject(new Error('no database')) },
  });
  expect(outcome).toEqual({ kind: 'answered' });
  expect(lines).toMatchObject([{ model: 'middle', priceVersion: expect.stringContaining('dearest') }]);
});

test('every request asks the provider to keep it for the next call of the loop', async () => {
  const { model } = await play([lookUp(), answer], {});
  expect(model.requests.map((request) => request.cache_control)).toEqual(Array(2).fill({ type: 'ephemeral' }));
});

test('the requests of a conversation begin with the same bytes, turn after turn', async () => {
  const prefixes = [];
  for (const text of ['Where is #W1?', 'And #W2?']) {
    const { model } = await play([lookUp(), answer], { job: routeJob(text) });
    for (const { system, tools } of model.requests) prefixes.push(JSON.stringify([tools, system]));
  }
  expect(new Set(prefixes).size).toBe(1);
  expect(prefixes).toHaveLength(4);
});
