import { defineAgent } from '@supportgraph/agent';
import prompt from '../../prompt.md';
import { ordersOffline } from './offline.js';
import type { OrdersServices } from './toolContext.js';
import { ordersTools } from './tools.js';

/** Answers questions on orders and products, and proposes changes. */
export const ordersAgent = defineAgent<OrdersServices>({
  kind: 'ORDERS',
  prompt,
  model: 'middle',
  tools: ordersTools,
  offline: ordersOffline,
});
