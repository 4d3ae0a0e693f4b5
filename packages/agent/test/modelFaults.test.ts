import { silent } from '@supportgraph/kernel';
import { describe, expect, test } from 'vitest';
import { untilAborted } from '../src/deadline.js';
import { modelBreakers, modelClient, runTurn, type AgentKind } from '../src/index.js';
import { playedScripts, recordingWriter, routeJob } from '../src/testing/index.js';
import { deskAgent, lookUp, models, openDesk, play } from './support.js';

const unavailable = { kind: 'failed', code: 'MODEL_UNAVAILABLE', retryable: true };
const timeout = { kind: 'failed', code: 'MODEL_TIMEOUT', retryable: true };
/** Something of ours took too long: no model was at fault. */
const tooSlow = { kind: 'failed', code: 'INTERNAL', retryable: true };
const soon = { firstTokenMs: 60, idleMs: 60 };

describe('a model that cannot be had', () => {
  test.each([403, 404, 429, 500, 529] as const)('%s: the next model answers', async (status) => {
    const { outcome, job, model } = await play([{ status }, { say: 'Hello.' }]);
    expect(outcome).toEqual({ kind: 'answered' });
    expect(job.writer.written).toBe('Hello.');
    expect(model.requests.map((request) => request.model)).toEqual(['first', 'second']);
  });

  test('in the middle of a turn: the next model goes on from the tool results', async () => {
    const desk = openDesk();
    const { outcome, model } = await play([lookUp(), { status: 529 }, { say: 'It is on its way.' }], { desk });
    expect(outcome).toEqual({ kind: 'answered' });
    expect(desk.lookedUp).toEqual(['#W1']);
    expect(model.requests[2]?.messages).toEqual(model.requests[1]?.messages);
  });

  test('no model at all: a stated failure that can be tried again', async () => {
    const { outcome, model } = await play([{ status: 529 }, { status: 529 }, { say: 'Never asked.' }]);
    expect(outcome).toEqual(unavailable);
    expect(model.requests).toHaveLength(2);
  });

  test.each([400, 401, 402] as const)('%s: a fault of ours, which another model would not mend', async (status) => {
    const { outcome, model } = await play([{ status }, { say: 'Never asked.' }]);
    expect(outcome).toEqual({ kind: 'failed', code: 'INTERNAL', retryable: false });
    expect(model.requests).toHaveLength(1);
  });

  test.each(['cut', 'end'] as const)(
    'a stream that breaks (%s) before a word was said: the next model answers',
    async (then) => {
      const { outcome, job } = await play([{ say: 'Lost words', fault: { afterEvents: 2, then } }, { say: 'Hello.' }]);
      expect(outcome).toEqual({ kind: 'answered' });
      expect(job.writer.written).toBe('Hello.');
    },
  );

  test.each(['cut', 'end'] as const)(
    'a stream that breaks (%s) after some words: a stated failure, nothing said twice',
    async (then) => {
      const { outcome, job, model } = await play([
        { say: 'Your order has been', fault: { afterEvents: 4, then } },
        { say: 'No.' },
      ]);
      expect(outcome).toEqual(unavailable);
      expect(job.writer.written).toBe('Your order ');
      expect(model.requests).toHaveLength(1);
    },
  );

  test('an error event within the stream counts as its status would', async () => {
    const overloaded = { status: 529, type: 'overloaded_error', message: 'Overloaded' };
    const { outcome } = await play([{ say: 'Lost', fault: { afterEvents: 1, then: overloaded } }, { say: 'Hello.' }]);
    expect(outcome).toEqual({ kind: 'answered' });
  });

  test('the tokens of a call that broke off are reported too', async () => {
    const { uses } = await play([{ say: 'Lost', fault: { afterEvents: 1, then: 'cut' } }, { say: 'Hello.' }]);
    expect(uses.map(({ model, firstTokenMs }) => [model, firstTokenMs !== null])).toEqual([
      ['first', false],
      ['second', true],
    ]);
  });
});

describe('a model that is slow', () => {
  test('no answer at all: the next model is asked', async () => {
    const { outcome, model } = await play([{ silence: true }, { say: 'Hello.' }], { limits: soon });
    expect(outcome).toEqual({ kind: 'answered' });
    expect(model.requests.map((request) => request.model)).toEqual(['first', 'second']);
  });

  test('silence after the headers: the next model is asked', async () => {
    const { outcome } = await play([{ say: 'Lost', fault: { afterEvents: 1, then: 'stall' } }, { say: 'Hello.' }], {
      limits: soon,
    });
    expect(outcome).toEqual({ kind: 'answered' });
  });

  test('silence after some words: a stated failure', async () => {
    const { outcome, job } = await play([{ say: 'Your order is here', fault: { afterEvents: 4, then: 'stall' } }], {
      limits: soon,
    });
    expect(outcome).toEqual(timeout);
    expect(job.writer.written).toBe('Your order ');
  });

  test('no model answers in time: a stated failure', async () => {
    const { outcome } = await play([{ silence: true }, { silence: true }], { limits: soon });
    expect(outcome).toEqual(timeout);
  });

  test('words that trickle on for ever end at the deadline of the turn', async () => {
    const { outcome, job } = await play([{ say: 'word '.repeat(500), pace: { tokensPerSecond: 100 } }], {
      limits: { totalMs: 150 },
    });
    expect(outcome).toEqual(timeout);
    expect(job.writer.deltas.length).toBeLessThan(500);
  });

  test('a tool that hangs ends at the deadline of the turn', async () => {
    const desk = openDesk(() => new Promise(() => {}));
    const breakers = modelBreakers({ failures: 1 });
    const script = [lookUp(), { say: 'Never said.' }];
    const { outcome, job } = await play(script, { desk, limits: { totalMs: 150 }, access: { breakers } });
    expect(outcome).toEqual(tooSlow);
    expect(job.writer.calls[0]?.outcome?.status).toBe('FAILED');
    // The model had done its part.
    expect(breakers.stateOf('first')).toBe('CLOSED');
  });

  test('a tool that hangs is no reason to answer without a model, nor to say that none can be reached', async () => {
    const desk = openDesk(() => new Promise(() => {}));
    const access = { answersWithoutModel: true };
    const { outcome, job } = await play([lookUp()], { desk, limits: { totalMs: 100 }, access });
    expect(outcome).toEqual(tooSlow);
    expect(job.writer.written).toBe('');
  });

  test.each(['allow', 'linkHosts', 'onDenied'] as const)('what hangs in %s ends at the same deadline', async (part) => {
    const script = [{ call: [{ name: 'no_such_tool', input: {} }] }, { say: 'Never said.' }];
    const access = { [part]: () => new Promise<never>(() => {}) };
    const played = play(script, { limits: { totalMs: 100 }, access }).then(
      ({ outcome }) => outcome,
      (error: Error) => error.name,
    );
    expect(await played).toEqual(part === 'linkHosts' ? 'DeadlinePassed' : tooSlow);
  });

  test('a record that hangs keeps no answer', async () => {
    const access = { onUsage: () => new Promise<never>(() => {}) };
    const startedAt = performance.now();
    const { outcome } = await play([{ say: 'Hello.' }], { access });
    expect(outcome).toEqual({ kind: 'answered' });
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });

  test('a turn that ends while a model still writes does not count against that model', async () => {
    const breakers = modelBreakers({ failures: 1 });
    const slowly = { say: 'word '.repeat(500), pace: { tokensPerSecond: 100 } };
    await play([slowly], { limits: { totalMs: 100 }, access: { breakers } });
    expect(breakers.stateOf('first')).toBe('CLOSED');
  });

  test('thoughts may come slower than words, and take no tokens from them', async () => {
    const slowly = { think: 'Hmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm', say: 'Hello.', pace: { tokensPerSecond: 20 } };
    const limits = { idleMs: 250, thinkingMs: 5_000, maxTokens: 100, thinkingTokens: 900 };
    const job = routeJob('This is unacceptable!');
    const { outcome, model, uses } = await play([slowly], { limits, job });
    expect(outcome).toEqual({ kind: 'answered' });
    expect(model.requests[0]?.max_tokens).toBe(1_000);
    expect(uses[0]!.outputTokens).toBeGreaterThan(4);
    expect((await play([{ say: 'Hello.' }], { limits })).model.requests[0]?.max_tokens).toBe(100);
  });

  test('a call that is given up before the answer begins has cost what the prompt has', async () => {
    const { uses } = await play([{ silence: true }, { say: 'Hello.' }], { limits: soon });
    expect(uses[0]).toMatchObject({ model: 'first', outputTokens: 0, firstTokenMs: null });
    expect(uses[0]!.inputTokens).toBeGreaterThan(0.8 * uses[1]!.inputTokens);
  });
});

describe('a turn that is cancelled', () => {
  test('in mid-reply says no more and rejects with the reason', async () => {
    const cancel = new AbortController();
    const writer = recordingWriter(() => cancel.abort(new Error('cancelled by the customer')));
    const job = routeJob('Where is #W1?', { writer, signal: cancel.signal });
    const slowly = { say: 'word '.repeat(50), pace: { tokensPerSecond: 50 } };
    await expect(play([slowly, { say: 'Never said.' }], { job })).rejects.toThrow('cancelled by the customer');
    expect(writer.deltas).toEqual(['word ']);
  });

  test('while a tool runs rejects with the reason', async () => {
    const cancel = new AbortController();
    const desk = openDesk(() => {
      cancel.abort(new Error('cancelled by the customer'));
      return new Promise(() => {});
    });
    const job = routeJob('Where is #W1?', { signal: cancel.signal });
    await expect(play([lookUp()], { desk, job })).rejects.toThrow('cancelled by the customer');
  });

  test('while a call is recorded uses no tool, and one that fails when nobody waits for it any more does no harm', async () => {
    const reason = new Error('cancelled by the customer');
    const cancel = new AbortController();
    const desk = openDesk(() => Promise.reject(new Error('The route is lost.')));
    const job = routeJob('Where is #W1?', { signal: cancel.signal });
    const access = { onUsage: () => cancel.abort(reason) };
    await expect(play([lookUp()], { desk, job, access })).rejects.toThrow(reason);
    expect(desk.lookedUp).toEqual([]);
    // As a tool that was just begun would be left; unheard, it would fail this test.
    await expect(untilAborted(desk.find('#W1'), cancel.signal)).rejects.toThrow(reason);
    await new Promise((resolve) => setTimeout(resolve, 10));
  });

  test('before it begins asks no model', async () => {
    const job = routeJob('Where is #W1?', { signal: AbortSignal.abort(new Error('cancelled by the customer')) });
    await expect(play([{ say: 'Never said.' }], { job })).rejects.toThrow('cancelled by the customer');
    expect(job.writer.written).toBe('');
  });
});

describe('a model that goes away in the middle of a turn', () => {
  const access = { answersWithoutModel: true };

  test('after words and a tool: a person takes over, and the customer is told', async () => {
    const script = [{ ...lookUp(), say: 'Let me see.' }, { status: 529 }, { status: 529 }] as const;
    const { outcome, job } = await play(script, { access });
    expect(outcome).toMatchObject({ kind: 'handedOff', reason: 'SYSTEM' });
    expect(job.writer.written).toMatch(/^Let me see\.\n\nI am sorry, I could not finish this\./);
  });

  test('after a card: a person takes over, and nothing is shown twice', async () => {
    const script = [{ call: [{ name: 'show_order', input: {} }] }, { status: 529 }, { status: 529 }] as const;
    const { outcome, job } = await play(script, { access });
    expect(outcome).toMatchObject({ kind: 'handedOff', reason: 'SYSTEM' });
    expect(job.writer.orders).toEqual(['ord_1']);
    expect(job.writer.written).toMatch(/^I am sorry, I could not finish this\./);
  });

  test('in mid-sentence: a stated failure that can be tried again', async () => {
    const { outcome } = await play([{ say: 'Your order has been', fault: { afterEvents: 4, then: 'cut' } }], {
      access,
    });
    expect(outcome).toEqual(unavailable);
  });
});

describe('without any model', () => {
  const run = (kind: AgentKind, job = routeJob('Where is #W1?'), status: 401 | 529 = 529) =>
    runTurn({ ...deskAgent(), kind, offline: () => ({ say: 'Looked up.' }) }, openDesk(), job, {
      client: modelClient({ fetch: playedScripts({ '*': [{ status }] }).fetch }),
      ...{ models, answersWithoutModel: true, log: silent, onUsage: () => {} },
    }).then((outcome) => ({ outcome, written: job.writer.written }));

  test.each(['FAQ', 'ORDERS', 'ROUTER'] as const)(
    'what is for %s is looked up, and the customer told',
    async (kind) => {
      const { outcome, written } = await run(kind);
      expect(outcome).toEqual({ kind: 'answered' });
      expect(written).toBe('Our assistant cannot be reached just now, so this is an automatic answer.\n\nLooked up.');
    },
  );

  test.each(['REFUNDS', 'TECHSUPPORT'] as const)(
    'what is for %s waits for a person, and the customer is told',
    async (kind) => {
      const { outcome, written } = await run(kind, routeJob('退款', { language: 'zh-Hant' }));
      expect(outcome).toMatchObject({ kind: 'handedOff', reason: 'SYSTEM' });
      expect(written).toBe('智慧助理目前無法使用，同事會在這裡回覆您。');
    },
  );

  test('a key that is not taken is no reason to keep the customer waiting', async () => {
    const { outcome, written } = await run('ORDERS', undefined, 401);
    expect(outcome).toEqual({ kind: 'answered' });
    expect(written).toMatch(/Looked up\.$/);
  });
});
