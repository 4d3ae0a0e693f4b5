import { defineAgent, transferToPerson } from '@supportgraph/agent';
import prompt from '../../prompt.md';
import { smallTalk } from './offline.js';

/** Answers greetings, thanks and messages that are not clear. It knows nothing and has nothing to look up. */
export const routerAgent = defineAgent<object>({
  kind: 'ROUTER',
  prompt,
  model: 'small',
  tools: () => [transferToPerson()],
  limits: { modelCalls: 2, toolCalls: 1, maxTokens: 400 },
  offline: smallTalk,
});
