import { defineAgent } from '@supportgraph/agent';
import prompt from '../../prompt.md';
import { refundsOffline } from './offline.js';
import { refundsTools, type RefundsServices } from './tools.js';

/** Helps with refunds, returns and exchanges. */
export const refundsAgent = defineAgent<RefundsServices>({
  kind: 'REFUNDS',
  prompt,
  model: 'middle',
  tools: refundsTools,
  offline: refundsOffline,
});
