import { describe, expect, test } from 'vitest';
import { modelClient, serveModel } from '../src/index.js';
import { playedScripts, readScripts } from '../src/testing/index.js';

const scripts = readScripts(
  JSON.stringify({
    '*': [{ say: 'Hello.' }],
    'Where is': [{ say: 'Let me see.', call: [{ name: 'get_order', input: { number: '#W1' } }] }, { say: 'Here.' }],
    'Be busy': [{ status: 529 }],
  }),
);

describe('scripts for many conversations', () => {
  test('are played over HTTP to the real SDK, each conversation from its beginning', async () => {
    const model = playedScripts(scripts);
    const server = await serveModel(model.fetch);
    try {
      const client = modelClient({ baseUrl: server.url });
      const ask = (...messages: Parameters<typeof client.messages.create>[0]['messages']) =>
        client.messages.stream({ model: 'm', max_tokens: 100, messages }).finalMessage();
      const asked = { role: 'user', content: 'Where is my order?' } as const;
      const [first, other] = await Promise.all([ask(asked), ask({ role: 'user', content: 'Hi' })]);
      expect([first.stop_reason, other.stop_reason]).toEqual(['tool_use', 'end_turn']);
      const call = first.content.find((block) => block.type === 'tool_use')!;
      const result = { type: 'tool_result', tool_use_id: call.id, content: '{}' } as const;
      const next = await ask(asked, { role: 'assistant', content: first.content }, { role: 'user', content: [result] });
      expect(next.content).toMatchObject([{ type: 'text', text: 'Here.' }]);
      await expect(ask({ role: 'user', content: 'Be busy' })).rejects.toMatchObject({ status: 529 });
      expect(model.requests).toHaveLength(4);
    } finally {
      await server.stop();
    }
  });

  test.each([
    ['a step that is none', '{"*":[{"shout":"Hi"}]}', /malformed/],
    ['no step at all', '{"*":[]}', /malformed/],
    ['a status that is not played', '{"*":[{"status":418}]}', /malformed/],
    ['half a file', '{"*":[', /JSON/],
  ])('with %s are refused', (_, json, problem) => {
    expect(() => readScripts(json)).toThrow(problem);
  });
});
