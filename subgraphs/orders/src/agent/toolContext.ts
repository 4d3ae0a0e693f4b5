import { refuse, type RouteJob, type ToolRefusal } from '@supportgraph/agent';
import type { Commerce } from '@supportgraph/commerce';
import type { Conversation } from '@supportgraph/conversation';
import type { Clock } from '@supportgraph/kernel';
import { z } from 'zod';
import { unknownCaller, type Caller } from './caller.js';
import type { Showing } from './shown.js';

/** What the orders agent needs for its answers. */
export interface OrdersServices {
  commerce: Commerce;
  conversation: { sessions: Pick<Conversation['sessions'], 'verifyCustomer'> };
  clock: Clock;
}

/** What every tool of one answer works with. */
export interface ToolContext extends OrdersServices {
  job: RouteJob;
  caller: Caller;
  /** The shop, the time and the language, read when they are needed. */
  showing(): Promise<Showing>;
}

/** The number of an order as customers write it. */
export const orderNumber = z.string().min(1).max(60).describe('Number of the order, for example #W1000001.');

/** Changes of items, as tools take them. */
export const itemChanges = z
  .array(
    z.strictObject({
      orderItemId: z.string().max(120).describe('Id of the item to give up, from get_order.'),
      newVariantId: z.string().max(120).describe('Id of the variant to have instead, from find_product.'),
    }),
  )
  .min(1)
  .max(50);

/** What a tool answers while it is not known who is asking. */
export async function askWho({ showing }: Pick<ToolContext, 'showing'>): Promise<ToolRefusal> {
  return refuse([unknownCaller((await showing()).shop.verification)]);
}
