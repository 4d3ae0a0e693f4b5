import { defineAgent } from '@supportgraph/agent';
import prompt from '../../prompt.md';
import { refundsOffline } from './offline.js';
import type { RefundsServices } from './toolContext.js';
import { refundsTools } from './tools.js';

/** Helps with refunds, returns and exchanges. */
export const refundsAgent = defineAgent<RefundsServices>({
  kind: 'REFUNDS',
  prompt,
  model: 'middle',
  tools: refundsTools,
  offline: refundsOffline,
});
