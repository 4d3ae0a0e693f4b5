import { estimateTokens, type Tool } from '@supportgraph/agent';
import { routeJob } from '@supportgraph/agent/testing';
import { faqAgent } from '@supportgraph/subgraph-faq';
import { ordersAgent } from '@supportgraph/subgraph-orders';
import { refundsAgent } from '@supportgraph/subgraph-refunds';
import { routerPlaybooks } from '@supportgraph/subgraph-router';
import { techsupportAgent } from '@supportgraph/subgraph-techsupport';
import { expect, test } from 'vitest';

/*
 * What every model call is paid for before the conversation begins: the prompt, and the tools as the API is sent them.
 * The numbers are what was measured on 2026-11-26, with a tenth to spare. Who needs more says so here.
 */

/** Nothing of the services is asked for until a tool runs. */
const toolsOf = (agent: { tools: unknown }): readonly Tool[] =>
  (agent.tools as (services: object, job: unknown) => readonly Tool[])({ speaker: {}, sources: {} }, routeJob('Hello'));

const sentTokens = (tools: readonly Tool[]) =>
  estimateTokens(
    JSON.stringify(tools.map(({ name, description, input }) => ({ name, description, schema: input.jsonSchema }))),
  );

test.each([
  // Finds products too since 2026-11-27.
  ['FAQ', faqAgent, 800],
  ['ORDERS', ordersAgent, 2800],
  // Says what is not possible, and what a colleague only can do, since 2026-11-27.
  ['REFUNDS', refundsAgent, 2600],
  ['TECHSUPPORT', techsupportAgent, 685],
])('the prompt and tools of %s stay within their tokens', (_, agent, most) => {
  expect(estimateTokens(agent.prompt) + sentTokens(toolsOf(agent))).toBeLessThanOrEqual(most);
});

test('the prompts of small talk and triage stay within 400 tokens each', () => {
  for (const prompt of routerPlaybooks.keys()) expect(estimateTokens(prompt)).toBeLessThanOrEqual(400);
});
