import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ShopFile } from '@supportgraph/commerce';
import { z } from 'zod';
import { Refusal } from '../command.js';

const amount = z.union([z.number(), z.string()]).transform(Number).refine(Number.isFinite, 'must be an amount');

const address = z.object({
  address1: z.string(),
  address2: z.string().nullish(),
  city: z.string(),
  state: z.string().nullish(),
  zip: z.string(),
  country: z.string(),
});
export type ReferenceAddress = z.infer<typeof address>;

const order = z.object({
  user_id: z.string(),
  status: z.string(),
  cancel_reason: z.string().nullish(),
  address,
  items: z.array(
    z.object({
      name: z.string(),
      product_id: z.string(),
      item_id: z.string(),
      price: amount,
      options: z.record(z.string(), z.string()),
    }),
  ),
  fulfillments: z.array(z.object({ tracking_id: z.array(z.string()), item_ids: z.array(z.string()) })).default([]),
  payment_history: z.array(
    z.object({ transaction_type: z.enum(['payment', 'refund']), amount, payment_method_id: z.string() }),
  ),
  return_items: z.array(z.string()).nullish(),
  return_payment_method_id: z.string().nullish(),
  exchange_items: z.array(z.string()).nullish(),
  exchange_new_items: z.array(z.string()).nullish(),
  exchange_payment_method_id: z.string().nullish(),
  exchange_price_difference: amount.nullish(),
});
/** An order as the reference has it: money in the major unit, a line known by its variant. */
export type ReferenceOrder = z.infer<typeof order>;

const user = z.object({
  name: z.object({ first_name: z.string(), last_name: z.string() }),
  email: z.string(),
  address,
  payment_methods: z.record(
    z.string(),
    z.object({
      source: z.enum(['credit_card', 'paypal', 'gift_card']),
      brand: z.string().nullish(),
      last_four: z.string().nullish(),
      balance: amount.nullish(),
    }),
  ),
  orders: z.array(z.string()),
});
export type ReferenceUser = z.infer<typeof user>;

const conformanceCase = z.object({
  id: z.union([z.string(), z.number()]).transform(String),
  steps: z.array(z.object({ name: z.string(), arguments: z.record(z.string(), z.unknown()), ok: z.boolean() })),
  changed: z.object({
    orders: z.record(z.string(), order).default({}),
    users: z.record(z.string(), user).default({}),
  }),
});
/** What was done in the reference shop, and every order and customer that differs when all of it was done. */
export type ConformanceCase = z.infer<typeof conformanceCase>;
export type Step = ConformanceCase['steps'][number];

/** A shop and what was done in it, each case from the start. */
export interface CaseFolder {
  shop: ShopFile;
  cases: readonly ConformanceCase[];
}

/** Reads `shop.json` and `cases.json` of a folder; the shop itself is checked when it is imported. */
export async function readCases(folder: string): Promise<CaseFolder> {
  const shop = await readJson(path.join(folder, 'shop.json'));
  const file = path.join(folder, 'cases.json');
  const cases = z
    .array(conformanceCase)
    .min(1)
    .safeParse(await readJson(file));
  if (!cases.success) {
    const [issue] = cases.error.issues;
    throw new Refusal(`${file}: ${[...(issue?.path ?? []), issue?.message].join(' › ')}`);
  }
  if (typeof shop !== 'object' || shop === null) throw new Refusal(`${path.join(folder, 'shop.json')} is no shop.`);
  // The import looks at everything in it.
  return { shop: shop as ShopFile, cases: cases.data };
}

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Refusal(`${file} cannot be read. A folder of cases has shop.json and cases.json.`);
  });
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Refusal(`${file} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
