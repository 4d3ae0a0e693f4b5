import { notFound } from '@supportgraph/kernel';
import { describe, expect, test } from 'vitest';
import { canaryOf } from '../src/guard/canary.js';
import { refuse } from '../src/index.js';
import { routeJob } from '../src/testing/index.js';
import { lookUp, openDesk, play, resultsSent } from './support.js';

const person = { kind: 'handedOff', reason: 'LOW_CONFIDENCE' };

describe('answers', () => {
  test('a reply that ends its turn is the answer, written as it comes', async () => {
    const { outcome, job } = await play([{ say: 'Hello, how can I help?' }]);
    expect(outcome).toEqual({ kind: 'answered' });
    expect(job.writer.written).toBe('Hello, how can I help?');
    expect(job.writer.deltas.length).toBeGreaterThan(3);
  });

  test('a tool is run, shown, and its result sent back with the whole conversation', async () => {
    const desk = openDesk();
    const { outcome, job, model } = await play([{ ...lookUp(), say: 'Let me see.' }, { say: 'It is on its way.' }], {
      desk,
    });
    expect(outcome).toEqual({ kind: 'answered' });
    expect(desk.lookedUp).toEqual(['#W1']);
    expect(job.writer.written).toBe('Let me see.\n\nIt is on its way.');
    expect(job.writer.calls).toEqual([
      {
        name: 'get_order',
        label: { en: 'Looking up order #W1', 'zh-Hant': '查詢訂單 #W1' },
        arguments: { number: '#W1' },
        outcome: { status: 'SUCCEEDED', result: { number: '#W1', status: 'SHIPPED' } },
      },
    ]);
    expect(model.requests[1]?.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
    expect(resultsSent(model, 1)).toEqual([{ content: '{"number":"#W1","status":"SHIPPED"}', failed: false }]);
  });

  test('several tools asked for at once are all answered', async () => {
    const call = ['#W1', '#W2'].map((number) => ({ name: 'get_order', input: { number } }));
    const { outcome, model } = await play([{ call }, { say: 'Both are on their way.' }]);
    expect(outcome).toEqual({ kind: 'answered' });
    expect(resultsSent(model, 1)).toHaveLength(2);
  });

  test('a record that cannot be kept is a failed tool to the model, and no more is told of it', async () => {
    const onDenied = () => Promise.reject(new Error('connect ECONNREFUSED 10.0.0.1:5432'));
    const wrong = { call: [{ name: 'get_order', input: { number: '#W1', customerId: 'cus_other' } }] };
    const { model } = await play([wrong, { say: 'I cannot look it up.' }], { access: { onDenied } });
    expect(resultsSent(model, 1)).toEqual([{ content: expect.stringMatching(/^The tool failed\./), failed: true }]);
  });

  test('the prompt comes first, byte for byte and cached, and the language after it', async () => {
    const { model } = await play([{ say: '好的。' }], { job: routeJob('我的訂單呢？', { language: 'zh-Hant' }) });
    expect(model.requests[0]?.system).toEqual([
      { type: 'text', text: 'You answer questions about orders.', cache_control: { type: 'ephemeral' } },
      { type: 'text', text: expect.stringContaining('繁體中文') },
      { type: 'text', text: expect.stringContaining('confidential') },
    ]);
    expect(model.requests[0]).not.toHaveProperty('thread');
  });

  test('each model call is reported with its tokens, its model and its cost', async () => {
    const { uses } = await play([lookUp(), { say: 'It is on its way.' }]);
    expect(uses).toHaveLength(2);
    expect(uses[0]).toMatchObject({ model: 'first', priceVersion: '2026-10-dearest' });
    expect(uses[0]?.costNanoUsd).toBeGreaterThan(0);
    expect(uses[1]?.inputTokens).toBeGreaterThan(uses[0]?.inputTokens ?? Infinity);
    expect(uses[1]?.outputTokens).toBeGreaterThan(0);
    expect(uses[1]?.firstTokenMs).toBeLessThanOrEqual(uses[1]?.ms ?? 0);
  });
});

describe('other ends', () => {
  test('words that were cut off stay, and the customer is told so', async () => {
    const { outcome, job } = await play([{ say: 'Once upon a time', stop: 'max_tokens' }]);
    expect(outcome).toEqual({ kind: 'answered' });
    expect(job.writer.written).toMatch(/^Once upon a time\n\nMy answer became too long/);
  });

  test('words without end are cut off, and the customer is told so', async () => {
    const { outcome, job } = await play([{ say: 'and so on '.repeat(20_000), stop: 'end_turn' }]);
    expect(outcome).toEqual({ kind: 'answered' });
    expect(job.writer.written.length).toBeLessThan(34_000);
    expect(job.writer.written).toMatch(/My answer became too long/);
  });

  test('a tool call that was cut off does not run, and a person takes over', async () => {
    const desk = openDesk();
    const cut = { rawCall: { name: 'get_order', json: '{"number": "#W' }, stop: 'max_tokens' };
    const { outcome, job } = await play([cut], { desk });
    expect(outcome).toMatchObject(person);
    expect(desk.lookedUp).toEqual([]);
    expect(job.writer.written).toMatch(/A colleague will take it from here/);
  });

  test('a tool call with broken arguments does not run even if the model says that it is whole', async () => {
    const desk = openDesk();
    const { outcome } = await play([{ rawCall: { name: 'get_order', json: '{"number": "#W' }, stop: 'tool_use' }], {
      desk,
    });
    expect(outcome).toMatchObject(person);
    expect(desk.lookedUp).toEqual([]);
  });

  test('a refusal is told politely and goes to a person', async () => {
    const { outcome, job } = await play([{ stop: 'refusal' }]);
    expect(outcome).toMatchObject({ kind: 'handedOff', reason: 'OUT_OF_SCOPE' });
    expect(job.writer.written).toMatch(/^I am sorry, I cannot help with this\./);
  });

  test.each(['stop_sequence', 'model_context_window_exceeded', 'a_reason_of_next_year'])(
    'a reply that stops with %s is no answer',
    async (stop) => {
      const { outcome } = await play([{ say: 'Well,', stop }]);
      expect(outcome).toMatchObject(person);
    },
  );

  test('a reply without words is no answer', async () => {
    const { outcome, job } = await play([{ say: '' }]);
    expect(outcome).toMatchObject(person);
    expect(job.writer.written).not.toBe('');
  });

  test('a reply without words is no answer after words before a tool', async () => {
    const { outcome, job } = await play([{ ...lookUp(), say: 'Let me see.' }, { say: '' }]);
    expect(outcome).toMatchObject(person);
    expect(job.writer.written).toMatch(/^Let me see\.\n\nI am sorry, I could not finish this\./);
  });

  test('unless what was found is shown as a card', async () => {
    const show = { call: [{ name: 'show_order', input: {} }], say: 'This is your order:' };
    const { outcome, job } = await play([show, { say: '' }]);
    expect(outcome).toEqual({ kind: 'answered' });
    expect(job.writer.orders).toEqual(['ord_1']);
  });

  test('a reply that only announces a look, and makes none, ends with the offer of a person', async () => {
    const { outcome, job } = await play([{ say: 'It left on Monday. Let me check the rest for you.' }]);
    expect(outcome).toEqual({ kind: 'answered' });
    expect(job.writer.written).toBe(
      'It left on Monday. Let me check the rest for you.\n\nIf you would like a colleague to take this over, just say so.',
    );
  });

  test('that offer is made in the language of the customer', async () => {
    const { job } = await play([{ say: '請稍等，我幫您查一下。' }], {
      job: routeJob('我的訂單呢？', { language: 'zh-Hant' }),
    });
    expect(job.writer.written).toBe('請稍等，我幫您查一下。\n\n如果您希望由專人接手，請直接告訴我。');
  });

  test('that offer is made once in a turn', async () => {
    const { job } = await play([{ ...lookUp(), say: 'I will get back to you.' }, { say: 'One moment, please.' }]);
    expect(job.writer.written).toBe(
      'If you would like a colleague to take this over, just say so.\n\nOne moment, please.',
    );
  });

  test('a look that follows its announcement needs no offer', async () => {
    const { job } = await play([{ ...lookUp(), say: 'Let me check that.' }, { say: 'It is on its way.' }]);
    expect(job.writer.written).toBe('Let me check that.\n\nIt is on its way.');
  });

  test('what the shop did is told once it was looked up, and what was only proposed or not found is not', async () => {
    const say = 'We have cancelled your order.';
    const replaced = /^I change nothing by myself/;
    expect((await play([lookUp(), { say }])).job.writer.written).toBe(say);
    expect((await play([{ say }])).job.writer.written).toMatch(replaced);
    const desk = openDesk(async () => refuse([notFound('number')]));
    expect((await play([lookUp(), { say }], { desk })).job.writer.written).toMatch(replaced);
    const proposed = await play([{ call: [{ name: 'propose_cancellation', input: {} }] }, { say }]);
    expect(proposed.job.writer.written).toMatch(replaced);
  });

  test('a pause with a call of ours is no answer, and the call is not made', async () => {
    const desk = openDesk();
    const { outcome } = await play([{ ...lookUp(), stop: 'pause_turn' }], { desk });
    expect(outcome).toMatchObject(person);
    expect(desk.lookedUp).toEqual([]);
  });

  test('a paused reply is gone on with', async () => {
    const { outcome, job, model } = await play([
      { say: 'Thinking it over.', stop: 'pause_turn' },
      { say: 'Here it is.' },
    ]);
    expect(outcome).toEqual({ kind: 'answered' });
    expect(job.writer.written).toBe('Thinking it over.\n\nHere it is.');
    expect(model.requests[1]?.messages.at(-1)?.role).toBe('assistant');
  });

  test('a model that pauses for ever is stopped', async () => {
    const { outcome, model } = await play(Array.from({ length: 9 }, () => ({ say: 'Hm.', stop: 'pause_turn' })));
    expect(outcome).toMatchObject(person);
    expect(model.requests).toHaveLength(6);
  });

  test('a tool can end the turn with a handoff, and no further model call is made', async () => {
    const { outcome, job, model } = await play([
      { call: [{ name: 'ask_a_person', input: {} }] },
      { say: 'Never said.' },
    ]);
    expect(outcome).toEqual({ kind: 'handedOff', reason: 'CUSTOMER_ASKED', summary: 'Wants a person.' });
    expect(job.writer.written).toMatch(/^I am passing you on to a colleague/);
    expect(model.requests).toHaveLength(1);
  });
});

describe('limits', () => {
  test('six model calls', async () => {
    const { outcome, model } = await play(Array.from({ length: 9 }, (_, n) => lookUp(`#W${n}`)));
    expect(outcome).toMatchObject(person);
    expect(model.requests).toHaveLength(6);
  });

  test('eight tool calls: the message with the ninth runs none of its own', async () => {
    const desk = openDesk();
    const four = (from: number) => ({
      call: [0, 1, 2, 3].map((n) => ({ name: 'get_order', input: { number: `#W${from + n}` } })),
    });
    const { outcome, denials } = await play([four(0), four(4), four(8)], { desk });
    expect(outcome).toMatchObject(person);
    expect(desk.lookedUp).toHaveLength(8);
    expect(denials.map(({ why }) => why)).toEqual(['tooMany']);
  });

  test('the same call a third time', async () => {
    const desk = openDesk();
    const { outcome, denials } = await play([lookUp(), lookUp(), lookUp(), { say: 'Never said.' }], { desk });
    expect(outcome).toMatchObject(person);
    expect(desk.lookedUp).toEqual(['#W1', '#W1']);
    expect(denials.map(({ tool, why }) => [tool, why])).toEqual([['get_order', 'repeated']]);
  });

  test('three thousand calls at once are one denial', async () => {
    const call = Array.from({ length: 3_000 }, (_, n) => ({ name: `tool_${n}`, input: {} }));
    const { outcome, denials } = await play([{ call }]);
    expect(outcome).toMatchObject(person);
    expect(denials.map(({ why }) => why)).toEqual(['tooMany']);
  });
});

describe('tools that fail', () => {
  test.each([
    ['a missing argument', {}],
    ['an argument of another type', { number: 1 }],
    ['an argument that is not named', { number: '#W1', customer_id: 'cus_other' }],
    ['an argument that is too long', { number: 'x'.repeat(21) }],
    ['arguments of fifty kilobytes', { number: 'x'.repeat(50_000) }],
  ])('%s is refused, and the model told', async (_, input) => {
    const desk = openDesk();
    const { outcome, job, model } = await play([{ call: [{ name: 'get_order', input }] }, { say: 'Sorry.' }], { desk });
    expect(outcome).toEqual({ kind: 'answered' });
    expect(desk.lookedUp).toEqual([]);
    expect(job.writer.calls).toEqual([]);
    expect(resultsSent(model, 1)).toEqual([
      { content: expect.stringMatching(/^The arguments (do not fit|are too long)/), failed: true },
    ]);
  });

  test('card numbers, keys and foreign links in arguments reach neither the tool nor what is shown', async () => {
    const desk = openDesk();
    const numbers = ['4111 1111 1111 1111', 'sk-ant-0123456789abcdef', '[W1](//evil.example)'];
    const call = numbers.map((number) => ({ name: 'get_order', input: { number } }));
    const { job } = await play([{ call }, { say: 'Done.' }], { desk });
    expect(desk.lookedUp).toEqual(['••••', '…', 'W1']);
    expect(JSON.stringify(job.writer.calls)).not.toMatch(/4111|sk-ant|evil/);
  });

  test('arguments that give away the prompt are refused, and that is recorded', async () => {
    const desk = openDesk();
    const canary = canaryOf('You answer questions about orders.');
    const { denials } = await play([lookUp(canary.slice(4)), { say: 'Done.' }], { desk });
    expect(desk.lookedUp).toEqual([]);
    expect(denials.map(({ tool, why }) => [tool, why])).toEqual([['get_order', 'promptLeaked']]);
  });

  test('what is not there, or another’s, is recorded as a denial', async () => {
    const desk = openDesk(async () => refuse([notFound('number')]));
    const { denials } = await play([lookUp(), { say: 'I cannot find it.' }], { desk });
    expect(denials).toMatchObject([{ action: 'agent.toolDenied', tool: 'get_order', why: 'notFound' }]);
  });

  test('an unknown tool is an error for the model and nothing else', async () => {
    const { outcome, job, model } = await play([{ call: [{ name: 'drop_tables', input: {} }] }, { say: 'Sorry.' }]);
    expect(outcome).toEqual({ kind: 'answered' });
    expect(job.writer.calls).toEqual([]);
    expect(resultsSent(model, 1)[0]?.failed).toBe(true);
  });

  test('what a tool throws is kept from the model', async () => {
    const desk = openDesk(() => Promise.reject(new Error('password=hunter2 at 10.0.0.1')));
    const { job, model } = await play([lookUp(), { say: 'I cannot see your order just now.' }], { desk });
    expect(JSON.stringify(model.requests)).not.toMatch(/hunter2|10\.0\.0\.1/);
    expect(resultsSent(model, 1)[0]).toMatchObject({
      failed: true,
      content: expect.stringContaining('The tool failed'),
    });
    expect(job.writer.calls[0]?.outcome).toEqual({ status: 'FAILED', result: null });
  });

  test('a refused wish tells the model the code and the sentence', async () => {
    const { job, model } = await play([
      { call: [{ name: 'cancel_order', input: { number: '#W1' } }] },
      { say: 'It is too late.' },
    ]);
    const errors = [{ code: 'ORDER_NOT_PENDING', message: 'Too late to cancel.' }];
    expect(resultsSent(model, 1)).toEqual([{ content: JSON.stringify(errors), failed: true }]);
    expect(job.writer.calls[0]?.outcome).toEqual({ status: 'FAILED', result: errors });
  });
});
