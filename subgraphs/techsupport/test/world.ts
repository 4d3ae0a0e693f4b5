import { modelClient, offlineModel, offlineModels } from '@supportgraph/agent';
import { memoryEventLog, openConversation } from '@supportgraph/conversation';
import type { Database } from '@supportgraph/data';
import { testDatabase } from '@supportgraph/data/testing';
import { nobody, silent, type Language } from '@supportgraph/kernel';
import { buildService, type GraphQLResponse } from '@supportgraph/subgraph';
import { seedGuides } from '../../../prisma/demo/guides/index.js';
import { techsupportAgent, techsupportSubgraph } from '../src/index.js';

/** The offline model, which knows this agent only. */
export const models = {
  client: modelClient({ fetch: offlineModel(new Map([[techsupportAgent.prompt, techsupportAgent.offline]])) }),
  names: offlineModels,
};

/** The tech-support subgraph over the demo shop's guides, in a database of its own. */
export interface World {
  db: Database;
  ask(query: string, variables?: object, language?: Language): Promise<GraphQLResponse>;
  close(): Promise<void>;
}

/** Starts a {@link World}. */
export async function startWorld(): Promise<World> {
  const { db, drop } = await testDatabase();
  await seedGuides(db, new Date('2026-11-01T08:00:00Z'));
  const events = memoryEventLog();
  const conversation = openConversation({ db, events, logger: silent, secret: 'for tests' });
  const service = buildService(techsupportSubgraph({ db, conversation, models, recordUse: () => {}, log: silent }));
  return {
    db,
    ask: (query, variables = {}, language = 'en') =>
      service.execute(
        { query, variables: { ...variables } },
        { requestId: 'req-1', viewer: nobody, language, signal: new AbortController().signal, log: silent },
      ),
    async close() {
      await conversation.close();
      await events.close();
      await drop();
    },
  };
}
