import { isDeepStrictEqual } from 'node:util';
import { setTimeout as pause } from 'node:timers/promises';
import { askGraph } from '../askGraph.js';
import { Refusal } from '../command.js';
import type { Dialogue } from './dialogue.js';

/** What a turn used; null where the platform does not tell it. */
export interface Used {
  inputTokens: number;
  outputTokens: number;
  /** In micro units of the currency, so that sums are exact. */
  costMicros: number;
}

/** Reads, as an operator, what customers may not see. */
export interface Staff {
  /** Where the shop is not as the dialogue expects it, after a moment for what is done later. */
  differences(state: NonNullable<Dialogue['state']>): Promise<string[]>;
  used(turnId: string): Promise<Used | null>;
}

const address = 'line1 line2 city region postcode countryCode';
const orderState = /* GraphQL */ `
  query ($number: String!) {
    order: orderByNumber(number: $number) {
      status cancelReason
      shippingAddress { ${address} }
      total { amount }
      paymentMethod { label }
      items { name price { amount } options { name value } }
      transactions { kind amount { amount } paymentMethod { label } }
      refunds { amount { amount } status destination { label } }
      returns { status items { name } destination { label } }
      exchanges { status priceDifference { amount } lines { newVariant { options { name value } } } paymentMethod { label } }
    }
  }
`;
const customerState = /* GraphQL */ `
  query ($email: String!) {
    customers(query: $email, first: 20) {
      nodes {
        email
        defaultAddress { ${address} }
        paymentMethods { label ... on GiftCard { balance { amount } } }
      }
    }
  }
`;
const usageOf = /* GraphQL */ `
  query ($id: ID!) {
    turn(id: $id) {
      usage {
        inputTokens
        cachedInputTokens
        outputTokens
        cost {
          amount
        }
      }
    }
  }
`;

/** Refunds are sent by a worker a little later. */
const stateMs = 5_000;
const pollMs = 50;

export function openStaff(gatewayUrl: string, token: string): Staff {
  const graph = askGraph(gatewayUrl);
  graph.authorize(token);

  async function orderAt(number: string): Promise<unknown> {
    return plain((await graph.run<{ order: unknown }>(orderState, { number })).order);
  }
  async function customerAt(email: string): Promise<unknown> {
    type Found = { customers: { nodes: readonly { email: string }[] } };
    const { nodes } = (await graph.run<Found>(customerState, { email })).customers;
    return plain(nodes.find((each) => each.email === email) ?? null);
  }
  async function differ({ orders, customers }: NonNullable<Dialogue['state']>): Promise<string[]> {
    const found: string[] = [];
    for (const [number, wanted] of Object.entries(orders)) found.push(...unlike(wanted, await orderAt(number), number));
    for (const [email, wanted] of Object.entries(customers))
      found.push(...unlike(wanted, await customerAt(email), email));
    return found;
  }

  return {
    async differences(state) {
      const deadline = Date.now() + stateMs;
      for (;;) {
        const found = await differ(state);
        if (found.length === 0 || Date.now() > deadline) return found;
        await pause(pollMs);
      }
    },
    async used(turnId) {
      interface Usage {
        inputTokens: number;
        cachedInputTokens: number;
        outputTokens: number;
        cost: { amount: string };
      }
      const asked = graph.run<{ turn: { usage: Usage | null } | null }>(usageOf, { id: turnId });
      // A platform that does not know the field refuses the question.
      const answer = await asked.catch((error: unknown) => {
        if (error instanceof Refusal) return null;
        throw error;
      });
      const usage = answer?.turn?.usage;
      if (!usage) return null;
      const { inputTokens, cachedInputTokens, outputTokens, cost } = usage;
      return {
        ...{ inputTokens: inputTokens + cachedInputTokens, outputTokens },
        costMicros: Math.round(Number(cost.amount) * 1e6),
      };
    },
  };
}

/** As dialogues write it: what has one field only is its value, and a list of names and values is a record. */
export function plain(value: unknown): unknown {
  if (Array.isArray(value)) {
    const isRecord = value.length > 0 && value.every((each) => isObject(each) && 'name' in each && 'value' in each);
    if (isRecord) return Object.fromEntries(value.map(({ name, value: chosen }: Named) => [name, chosen]));
    return value.map(plain);
  }
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([name, each]) => [name, plain(each)] as const);
  return entries.length === 1 ? entries[0]![1] : Object.fromEntries(entries);
}

interface Named {
  name: string;
  value: unknown;
}

/** Where the actual is not as wanted. Fields that are not named do not matter; lists are compared whole. */
export function unlike(wanted: unknown, actual: unknown, at: string): string[] {
  if (isObject(wanted) && isObject(actual))
    return Object.entries(wanted).flatMap(([name, each]) => unlike(each, actual[name], `${at}.${name}`));
  if (Array.isArray(wanted) && Array.isArray(actual) && wanted.length === actual.length)
    return wanted.flatMap((each, index) => unlike(each, actual[index], `${at}.${index}`));
  return isDeepStrictEqual(wanted, actual) ? [] : [`${at} is ${JSON.stringify(actual)}, not ${JSON.stringify(wanted)}`];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
