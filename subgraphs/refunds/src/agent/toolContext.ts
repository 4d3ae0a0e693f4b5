import { refuse, type ToolRefusal } from '@supportgraph/agent';
import type { Commerce, Order, Shop } from '@supportgraph/commerce';
import { notFound, type Clock, type Viewer } from '@supportgraph/kernel';
import { z } from 'zod';
import type { Speaker } from './speaker.js';
import { unknownSpeaker } from './verification.js';

/** What the refunds agent needs for one answer. */
export interface RefundsServices {
  commerce: Commerce;
  clock: Clock;
  speaker: Speaker;
}

/** The number of an order as customers write it. */
export const orderNumber = z.string().min(1).max(60).describe('Number of the order, for example #W1000001.');

/** What a tool answers while it is not known who is asking. */
export async function askWho({ commerce }: Pick<RefundsServices, 'commerce'>): Promise<ToolRefusal> {
  return refuse([unknownSpeaker((await commerce.shop.read()).verification)]);
}

/** Runs for the customer once known; until then the model is told what to ask for. */
export async function withCustomer<T>(
  services: RefundsServices,
  run: (viewer: Viewer, shop: Shop) => Promise<T>,
): Promise<T | ToolRefusal> {
  const { customer } = services.speaker;
  return customer ? run(customer, await services.commerce.shop.read()) : askWho(services);
}

/** Runs on an order of the customer's; somebody else's is not there. */
export function withOrder<T>(
  services: RefundsServices,
  number: string,
  run: (order: Order, shop: Shop, viewer: Viewer) => Promise<T>,
): Promise<T | ToolRefusal> {
  return withCustomer<T | ToolRefusal>(services, async (viewer, shop) => {
    const order = await services.commerce.orders.findByNumber(viewer, number);
    return order ? run(order, shop, viewer) : refuse([notFound('number')]);
  });
}
