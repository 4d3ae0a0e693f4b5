import { silent } from '@supportgraph/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  decide,
  defineAgent,
  modelClient,
  offlineModel,
  offlineModels,
  runTurn,
  serveModel,
  tool,
  toolInput,
  type ModelUse,
  type OfflinePlaybook,
  type OfflineTurn,
} from '../src/index.js';
import { recordingWriter, routeJob, scriptedModel } from '../src/testing/index.js';
import { label } from './support.js';

const seen: OfflineTurn[] = [];

/** Looks an order up and tells its status, in the customer's language. */
const orderPlaybook: OfflinePlaybook = (turn) => {
  seen.push(turn);
  const { language, text, results } = turn;
  const number = /#W\d+/.exec(text)?.[0];
  if (!number) return { say: language === 'en' ? 'Which order is it about?' : '請問是哪一筆訂單？' };
  const [found] = results;
  if (!found)
    return { say: language === 'en' ? 'One moment.' : '請稍候。', call: [{ name: 'get_order', input: { number } }] };
  const { status } = z.object({ status: z.string() }).parse(found.output);
  return { say: language === 'en' ? `Order ${number} is ${status}.` : `訂單 ${number} 的狀態是 ${status}。` };
};

const triagePlaybook: OfflinePlaybook = ({ text }) => ({
  json: { intent: text.includes('order') ? 'ORDER' : 'UNKNOWN' },
});

const agent = defineAgent<{ statusOf(number: string): string }>({
  kind: 'ORDERS',
  prompt: 'You answer questions about orders.',
  model: 'middle',
  tools: ({ statusOf }) => [
    tool({
      name: 'get_order',
      description: 'Status of one order.',
      label,
      input: toolInput({ number: z.string() }),
      run: async ({ number }) => ({ status: statusOf(number) }),
    }),
  ],
  offline: orderPlaybook,
});

const playbooks = new Map([
  [agent.prompt, agent.offline],
  ['Find the intent.', triagePlaybook],
]);
const answer = offlineModel(playbooks);

let server: Awaited<ReturnType<typeof serveModel>>;
beforeAll(async () => {
  server = await serveModel(answer);
});
afterAll(() => server.stop());

describe.each([
  ['over fetch', () => modelClient({ fetch: answer })],
  ['over HTTP', () => modelClient({ baseUrl: server.url })],
])('the offline model %s', (_, client) => {
  const run = async (job: Parameters<typeof routeJob>) => {
    const uses: ModelUse[] = [];
    const recorded = routeJob(...job);
    const outcome = await runTurn(agent, { statusOf: () => 'SHIPPED' }, recorded, {
      client: client(),
      models: offlineModels,
      log: silent,
      onUsage: (use) => void uses.push(use),
    });
    return { outcome, written: recorded.writer.written, deltas: recorded.writer.deltas, uses };
  };

  test('uses tools and answers in English', async () => {
    const { outcome, written, deltas } = await run(['Where is my order #W1?']);
    expect(outcome).toEqual({ kind: 'answered' });
    expect(written).toBe('One moment.\n\nOrder #W1 is SHIPPED.');
    // The guard waits with “One”, which may be one of us who will come back, and with “#W1”, which may be of a longer number.
    expect(deltas.length).toBeGreaterThan(3);
  });

  test('answers in Traditional Chinese, streamed in small pieces', async () => {
    const { written, deltas } = await run(['訂單 #W1 到哪了？', { language: 'zh-Hant' }]);
    expect(written).toBe('請稍候。\n\n訂單 #W1 的狀態是 SHIPPED。');
    expect(deltas.length).toBeGreaterThan(6);
  });

  test('sees the part that is for it, what triage found, and what was said before', async () => {
    seen.length = 0;
    await run([
      'What is your return policy and where is #W7?',
      {
        excerpt: 'where is #W7?',
        entities: [{ name: 'order_number', value: '#W7' }],
        history: [
          { author: 'CUSTOMER', text: 'Hi' },
          { author: 'STAFF', text: 'Hello!' },
        ],
      },
    ]);
    expect(seen).toHaveLength(2);
    expect(seen[1]).toEqual({
      language: 'en',
      text: 'where is #W7?',
      entities: [{ name: 'order_number', value: '#W7' }],
      history: [
        { author: 'CUSTOMER', text: 'Hi' },
        { author: 'ASSISTANT', text: 'Hello!' },
      ],
      results: [{ tool: 'get_order', input: { number: '#W7' }, output: { status: 'SHIPPED' }, failed: false }],
    });
  });

  test('reports tokens that cost nothing, under its own name', async () => {
    const { uses } = await run(['Where is my order #W1?']);
    expect(uses).toHaveLength(2);
    expect(uses[0]).toMatchObject({ model: 'offline', costNanoUsd: 0, inputTokens: expect.any(Number) });
    expect(uses[0]?.inputTokens).toBeGreaterThan(50);
  });

  test('decides in the form that is asked for', async () => {
    const decision = await decide(client(), {
      system: 'Find the intent.',
      user: 'Where is my order?',
      schema: z.object({ intent: z.enum(['ORDER', 'UNKNOWN']) }),
      models: offlineModels.small,
      signal: new AbortController().signal,
      log: silent,
      onUsage: () => {},
    });
    expect(decision).toEqual({ kind: 'decided', value: { intent: 'ORDER' }, model: 'offline' });
  });

  test('answers a plain request without a stream, under the model name that was asked for', async () => {
    const message = await client().messages.create({
      model: 'claude-haiku-5-5',
      max_tokens: 100,
      system: agent.prompt,
      messages: [{ role: 'user', content: 'Hello' }],
    });
    expect(message).toMatchObject({
      model: 'claude-haiku-5-5',
      stop_reason: 'end_turn',
      content: [{ type: 'text', text: 'Which order is it about?' }],
    });
  });

  test.each([
    ['an unknown prompt', { system: 'You are a pirate.' }, 400],
    ['an empty conversation', { messages: [] }, 400],
    ['an empty message', { messages: [{ role: 'user' as const, content: ' ' }] }, 400],
    ['a conversation that the assistant begins', { messages: [{ role: 'assistant' as const, content: 'Hi' }] }, 400],
    ['no room for an answer', { max_tokens: 0 }, 400],
    [
      'a result for a call that was not made',
      { messages: [{ role: 'user' as const, content: [{ type: 'tool_result' as const, tool_use_id: 'x' }] }] },
      400,
    ],
  ])('refuses %s as the API does', async (_case, wrong, status) => {
    const asked = client().messages.create({
      model: 'offline',
      max_tokens: 100,
      system: agent.prompt,
      messages: [{ role: 'user', content: 'Hello' }],
      ...wrong,
    });
    await expect(asked).rejects.toMatchObject({ status, type: 'invalid_request_error' });
  });

  test('knows no other path', async () => {
    await expect(client().models.list()).rejects.toMatchObject({ status: 404, type: 'not_found_error' });
  });
});

const halves = {
  model: 'offline',
  max_tokens: 10,
  messages: [{ role: 'user' as const, content: 'Hi \ud83d, \\ud83d' }],
};

test('half a character is refused, as the API does', async () => {
  const request = { method: 'POST', headers: { 'x-api-key': 'any' }, body: JSON.stringify(halves) };
  const response = await offlineModel(new Map())('https://api.example/v1/messages', request);
  expect(await response.text()).toContain('no low surrogate in string');
});

test('and none is sent, whoever wrote it', async () => {
  const model = scriptedModel({ say: 'Hello.' });
  await modelClient({ fetch: model.fetch }).messages.create(halves);
  expect(model.requests[0]?.messages[0]?.content).toBe('Hi \ufffd, \\ud83d');
});

test('the offline model wants a key, as the API does', async () => {
  const response = await answer('http://offline/v1/messages', { method: 'POST', body: '{}' });
  expect(response.status).toBe(401);
  expect(await response.json()).toMatchObject({ type: 'error', error: { type: 'authentication_error' } });
});

test('a slow offline model writes while it thinks, and stops when nobody listens any more', async () => {
  const slow = await serveModel(offlineModel(playbooks, { latencyMs: 20, tokensPerSecond: 40 }));
  try {
    const cancel = new AbortController();
    const arrivedAt: number[] = [];
    const writer = recordingWriter(() => {
      if (arrivedAt.push(performance.now()) === 3) cancel.abort(new Error('enough'));
    });
    const startedAt = performance.now();
    const turn = runTurn(agent, { statusOf: () => 'SHIPPED' }, routeJob('Hello', { writer, signal: cancel.signal }), {
      client: modelClient({ baseUrl: slow.url }),
      models: offlineModels,
      log: silent,
      onUsage: () => {},
    });
    await expect(turn).rejects.toThrow('enough');
    expect(arrivedAt[0]! - startedAt).toBeGreaterThan(19);
    // Timers are up to a millisecond early by this clock.
    expect(arrivedAt[2]! - arrivedAt[0]!).toBeGreaterThan(39);
    expect(writer.written).toBe('Which order is ');
  } finally {
    await slow.stop();
  }
});
