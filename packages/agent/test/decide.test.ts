import { silent } from '@supportgraph/kernel';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { decide, modelBreakers, modelClient, type Breakers, type ModelUse } from '../src/index.js';
import { scriptedModel, type ScriptStep } from '../src/testing/index.js';

const schema = z.strictObject({ intent: z.enum(['FAQ', 'ORDER']), confidence: z.number().min(0).max(1) });

async function ask(script: ScriptStep[], signal = new AbortController().signal, breakers?: Breakers) {
  const model = scriptedModel(...script);
  const uses: ModelUse[] = [];
  const decision = await decide(modelClient({ fetch: model.fetch }), {
    system: 'Find the intent.',
    user: 'Where is my order?',
    schema,
    models: ['claude-haiku-5-5', 'claude-haiku-4-5'],
    deadlineMs: 100,
    ...{ signal, breakers },
    log: silent,
    onUsage: (use) => void uses.push(use),
  });
  return { decision, model, uses };
}

const whole = { say: '{"intent":"ORDER","confidence":0.9}' };

describe('a decision', () => {
  test('is what the model wrote in the form that was asked for', async () => {
    const { decision, model, uses } = await ask([whole]);
    expect(decision).toEqual({
      kind: 'decided',
      value: { intent: 'ORDER', confidence: 0.9 },
      model: 'claude-haiku-5-5',
    });
    expect(model.requests[0]?.output_config?.format).toMatchObject({ type: 'json_schema' });
    expect(uses[0]?.costNanoUsd).toBeGreaterThan(0);
  });

  test.each<[string, ScriptStep, string]>([
    ['a refusal', { say: 'I would rather not.', stop: 'refusal' }, 'refused'],
    ['a decision that was cut off', { say: '{"intent":"OR', stop: 'max_tokens' }, 'truncated'],
    ['words', { say: 'It is about an order.' }, 'malformed'],
    ['another form', { say: '{"intent":"PIZZA","confidence":0.9}' }, 'malformed'],
    ['more than was asked for', { say: '{"intent":"ORDER","confidence":0.9,"refund":true}' }, 'malformed'],
    ['a request that is refused', { status: 400 }, 'rejected'],
    ['a wrong key', { status: 401 }, 'rejected'],
    ['no answer in time', { silence: true }, 'timeout'],
    ['a stop for no reason that we know', { ...whole, stop: 'a_reason_of_next_year' }, 'malformed'],
  ])('is not made by %s', async (_, step, why) => {
    const { decision, model } = await ask([step, whole]);
    expect(decision).toEqual({ kind: 'undecided', why });
    expect(model.requests).toHaveLength(1);
  });

  test('is made by the next model when the first cannot be had', async () => {
    const { decision } = await ask([{ status: 529 }, whole]);
    expect(decision).toMatchObject({ kind: 'decided', model: 'claude-haiku-4-5' });
  });

  test('is not made when no model can be had', async () => {
    const { decision } = await ask([{ status: 529 }, { status: 500 }]);
    expect(decision).toEqual({ kind: 'undecided', why: 'unavailable' });
  });

  test.each<[string, ScriptStep]>([
    ['a body that is cut off', { body: '{"id":"msg_1","type":"message","cont', isCut: true }],
    ['a body that ends too soon', { body: '{"id":"msg_1","type":"message","cont' }],
    ['an empty body', { body: '' }],
    ['JSON that is no message', { body: '{}' }],
    ['null', { body: 'null' }],
    ['a message without usage', { body: '{"type":"message","stop_reason":"end_turn","content":[]}' }],
    ['a web page', { body: '<!doctype html><title>Sign in to the network</title>' }],
  ])('is made by the next model when the first answers with %s', async (_, step) => {
    const breakers = modelBreakers({ failures: 1 });
    const { decision, uses } = await ask([step, whole], undefined, breakers);
    expect(decision).toMatchObject({ kind: 'decided', model: 'claude-haiku-4-5' });
    expect(uses).toHaveLength(1);
    expect(breakers.stateOf('claude-haiku-5-5')).toBe('OPEN');
  });

  test('is asked for again after a probe that failed in whatever way', async () => {
    let now = 0;
    const breakers = modelBreakers({ failures: 1, openMs: 10, clock: () => now });
    const nothing = { body: '{}' };
    await ask([nothing, nothing], undefined, breakers);
    for (const step of [nothing, { status: 401 } as const, nothing]) {
      now += 20;
      const { model } = await ask([step, nothing], undefined, breakers);
      expect(model.requests[0]?.model).toBe('claude-haiku-5-5');
    }
    now += 20;
    expect((await ask([whole], undefined, breakers)).decision).toMatchObject({ model: 'claude-haiku-5-5' });
  });

  test('stands although it cannot be recorded', async () => {
    const decision = await decide(modelClient({ fetch: scriptedModel(whole).fetch }), {
      ...{ system: 'Find the intent.', user: 'Hi', schema, models: ['m'], log: silent },
      signal: new AbortController().signal,
      onUsage: () => Promise.reject(new Error('no database')),
    });
    expect(decision).toMatchObject({ kind: 'decided', value: { intent: 'ORDER' } });
  });

  test('that does not come in time has cost what the prompt has', async () => {
    const { uses } = await ask([{ silence: true }]);
    expect(uses).toMatchObject([{ model: 'claude-haiku-5-5', outputTokens: 0, firstTokenMs: null }]);
    expect(uses[0]!.inputTokens).toBeGreaterThan(0);
    expect((await ask([{ status: 529 }, { status: 529 }])).uses).toEqual([]);
  });

  test('is not made when leave to ask does not come in time', async () => {
    const decision = await decide(modelClient({ fetch: scriptedModel(whole).fetch }), {
      ...{ system: 'Find the intent.', user: 'Hi', schema, models: ['m'], log: silent, onUsage: () => {} },
      ...{ signal: new AbortController().signal, deadlineMs: 50, mayAsk: () => new Promise(() => {}) },
    });
    expect(decision).toEqual({ kind: 'undecided', why: 'timeout' });
  });

  test('is not waited for once the turn is cancelled', async () => {
    await expect(ask([whole], AbortSignal.abort(new Error('cancelled')))).rejects.toThrow('cancelled');
  });
});
