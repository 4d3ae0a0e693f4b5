import { startCommerce, type TestCommerce } from '@supportgraph/commerce/testing';
import { modelClient, offlineModel, offlineModels } from '@supportgraph/agent';
import { memoryEventLog, openConversation, type Conversation } from '@supportgraph/conversation';
import { nobody, silent, type Language, type Viewer } from '@supportgraph/kernel';
import { buildService, type GraphQLResponse } from '@supportgraph/subgraph';
import { ordersAgent, ordersSubgraph } from '../src/index.js';

/** The offline model, which knows this agent only. */
export const models = {
  client: modelClient({ fetch: offlineModel(new Map([[ordersAgent.prompt, ordersAgent.offline]])) }),
  names: offlineModels,
};

/** The orders subgraph over a shop, in a database of its own. */
export interface World {
  commerce: TestCommerce;
  conversation: Conversation;
  /** Asks as `viewer`; fails on errors. */
  run<Data>(query: string, variables?: object, viewer?: Viewer, language?: Language): Promise<Data>;
  /** Asks, and gives the errors too. */
  ask(query: string, variables?: object, viewer?: Viewer, language?: Language): Promise<GraphQLResponse>;
  close(): Promise<void>;
}

/** Starts a {@link World} with this shop file. */
export async function startWorld(shop: object): Promise<World> {
  const commerce = await startCommerce(shop);
  const { db, clock } = commerce.deps;
  const events = memoryEventLog();
  const conversation = openConversation({ db, events, logger: silent, secret: 'for tests' });
  const service = buildService(
    ordersSubgraph({ commerce, conversation, clock, models, recordUse: () => {}, log: silent }),
  );
  const ask: World['ask'] = (query, variables = {}, viewer = nobody, language = 'en') =>
    service.execute(
      { query, variables: { ...variables } },
      { requestId: 'req-1', viewer, language, signal: new AbortController().signal, log: silent },
    );
  return {
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
