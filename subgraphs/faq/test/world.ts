import { memoryEventLog, openConversation, type Conversation } from '@supportgraph/conversation';
import type { Database } from '@supportgraph/data';
import { startCommerce, testShop, type TestCommerce } from '@supportgraph/commerce/testing';
import { modelClient, offlineModel, offlineModels } from '@supportgraph/agent';
import { nobody, silent, type Language, type Viewer } from '@supportgraph/kernel';
import { buildService, type GraphQLResponse } from '@supportgraph/subgraph';
import { seedFaqs } from '../../../prisma/demo/faqs/index.js';
import { faqAgent, faqSubgraph } from '../src/index.js';

/** The FAQ subgraph over the demo shop's entries and a few products, in a database of its own. */
export interface World {
  db: Database;
  commerce: TestCommerce;
  conversation: Conversation;
  /** Asks as `viewer`; fails on errors. */
  run<Data>(query: string, variables?: object, viewer?: Viewer, language?: Language): Promise<Data>;
  /** Asks, and gives the errors too. */
  ask(query: string, variables?: object, viewer?: Viewer, language?: Language): Promise<GraphQLResponse>;
  close(): Promise<void>;
}

export const staff: Viewer = { ...nobody, role: 'STAFF', staffId: 'stf_1' };
export const customer = (customerId: string): Viewer => ({ ...nobody, role: 'CUSTOMER', customerId });

/** Starts a {@link World}. */
export async function startWorld(): Promise<World> {
  const commerce = await startCommerce(testShop([]));
  const { db } = commerce.deps;
  await seedFaqs(db, new Date('2026-11-01T08:00:00Z'));
  const events = memoryEventLog();
  const conversation = openConversation({ db, events, logger: silent, secret: 'for tests' });
  const client = modelClient({ fetch: offlineModel(new Map([[faqAgent.prompt, faqAgent.offline]])) });
  const service = buildService(
    faqSubgraph({
      commerce,
      db,
      conversation,
      clock: () => new Date(),
      log: silent,
      models: { client, names: offlineModels },
      recordUse: () => {},
    }),
  );
  const ask: World['ask'] = (query, variables = {}, viewer = nobody, language = 'en') =>
    service.execute(
      { query, variables: { ...variables } },
      { requestId: 'req-1', viewer, language, signal: new AbortController().signal, log: silent },
    );
  return {
    db,
    commerce,
    conversation,
    ask,
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
