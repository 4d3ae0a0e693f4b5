import { modelClient, offlineModel, offlineModels } from '@supportgraph/agent';
import { startCommerce, testShop, type TestCommerce, type TestOrder } from '@supportgraph/commerce/testing';
import { ledgerProvider } from '@supportgraph/commerce';
import { memoryEventLog, openConversation, type Conversation } from '@supportgraph/conversation';
import { silent, type Language, type Result, type Running, type Viewer } from '@supportgraph/kernel';
import { buildService, type GraphQLResponse } from '@supportgraph/subgraph';
import { refundsAgent, refundsSubgraph } from '../src/index.js';

/** The offline model, which knows this agent only. */
export const models = {
  client: modelClient({ fetch: offlineModel(new Map([[refundsAgent.prompt, refundsAgent.offline]])) }),
  names: offlineModels,
};

/** The refunds subgraph over a shop, in a database of its own. */
export interface World {
  commerce: TestCommerce;
  conversation: Conversation;
  /** Asks as `viewer`; fails on errors. */
  run<Data>(query: string, variables: object, viewer: Viewer, language?: Language): Promise<Data>;
  /** Asks, and gives the errors too. */
  ask(query: string, variables: object, viewer: Viewer, language?: Language): Promise<GraphQLResponse>;
  /** Starts what the subgraph does in the background. */
  work(): Promise<Running[]>;
  close(): Promise<void>;
}

/** Starts a {@link World} whose customer `ann` has these orders. */
export async function startWorld(orders: readonly TestOrder[], settings: object = {}): Promise<World> {
  const commerce = await startCommerce(testShop(orders, settings));
  const { db, clock } = commerce.deps;
  const events = memoryEventLog();
  const conversation = openConversation({ db, events, logger: silent, secret: 'for tests' });
  const payments = ledgerProvider(db);
  const deps = { commerce, conversation, clock, models, payments, recordUse: () => {}, log: silent };
  const subgraph = refundsSubgraph(deps);
  const service = buildService(subgraph);
  const ask: World['ask'] = (query, variables, viewer, language = 'en') =>
    service.execute(
      { query, variables: { ...variables } },
      { requestId: 'req-1', viewer, language, signal: new AbortController().signal, log: silent },
    );
  return {
    commerce,
    conversation,
    ask,
    work: () => Promise.all((subgraph.workers ?? []).map((start) => start())),
    async run<Data>(...request: Parameters<World['ask']>) {
      const { data, errors } = await ask(...request);
      if (errors) throw new Error(JSON.stringify(errors));
      return data as Data;
    },
    async close() {
      await conversation.close();
      await events.close();
      await commerce.stop();
    },
  };
}

/** Orders of a test file: each test takes its own, and all are imported together before the first one. */
export function orderBook() {
  const orders: TestOrder[] = [];
  return {
    orders,
    /** Adds a delivered order of one blue shirt, unless said otherwise; answers its id. */
    order(fields: Omit<TestOrder, 'number'> = {}): string {
      const number = `#W${1_000_001 + orders.length}`;
      orders.push({ number, status: 'DELIVERED', deliveredAt: '2026-01-30T10:00:00Z', ...fields });
      return `ord_${number.slice(1)}`;
    },
  };
}

/** The id of a line of an order. */
export const lineOf = (orderId: string, line = 0) => `itm_${orderId.slice('ord_'.length)}_${line}`;

let keys = 0;
/** An idempotency key that nobody has used. */
export const key = () => ({ idempotencyKey: `key ${keys++}` });

export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`Refused: ${result.errors[0]?.code} at ${result.errors[0]?.field?.join('.')}`);
  return result.value;
}
