import type { OfflinePlaybook } from '@supportgraph/agent';
import prompt from '../prompt.md';
import triagePrompt from '../triage.md';
import { smallTalk } from './agent/offline.js';
import { triageOffline } from './agent/offlineTriage.js';

export { parseUsd } from './domain/usd.js';
export { openSpending, type Spending } from './spending.js';
export { routerSubgraph, type RouterDeps } from './subgraph.js';

/** How the offline model plays this subgraph's prompts. */
export const routerPlaybooks: ReadonlyMap<string, OfflinePlaybook> = new Map([
  [prompt, smallTalk],
  [triagePrompt, triageOffline],
]);
