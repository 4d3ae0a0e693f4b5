import { importShop, ledgerProvider, openCommerce, type Commerce } from '@supportgraph/commerce';
import { textOf } from '@supportgraph/commerce/testing';
import { memoryEventLog, openConversation, type Conversation } from '@supportgraph/conversation';
import type { Database } from '@supportgraph/data';
import { testDatabase } from '@supportgraph/data/testing';
import { nobody, silent, type Result, type Viewer } from '@supportgraph/kernel';
import { seedFaqs } from '../../../prisma/demo/faqs/index.js';
import { seedGuides } from '../../../prisma/demo/guides/index.js';
import { makeSubgraphs } from '../../src/registry.js';
import { poisonKnowledge } from './knowledge.js';
import { playedModels, type PlayedModels } from './playedModels.js';
import { shopFile } from './shop.js';

export const ann: Viewer = { ...nobody, role: 'CUSTOMER', customerId: 'cus_ann' };
export const bob: Viewer = { ...nobody, role: 'CUSTOMER', customerId: 'cus_bob' };

/**
 * The platform as the registry puts it together, with every worker, triage, the embedded payment provider and the real
 * audit, in a database of its own; only the model is played.
 */
export interface World {
  db: Database;
  commerce: Commerce;
  conversation: Conversation;
  models: PlayedModels;
  close(): Promise<void>;
}

/** Starts a {@link World}. */
export async function startWorld(): Promise<World> {
  const { db, drop } = await testDatabase({ poolSize: 10 });
  const clock = () => new Date();
  const basics = { db, clock, log: silent };
  valueOf(await importShop(basics, () => textOf(shopFile(clock()))));
  await seedFaqs(db, clock());
  await seedGuides(db, clock());
  await poisonKnowledge(db);

  const events = memoryEventLog();
  const conversation = openConversation({ db, events, logger: silent, clock, secret: 'for tests' });
  const commerce = openCommerce({ ...basics, customersServed: conversation.sessions.customersKnown });
  const models = playedModels();
  const secrets = { sessionSecret: 'for tests', internalSecret: 'for tests', jwtSecret: undefined };
  const close = async () => {
    await conversation.close();
    await events.close();
    await drop();
  };
  const opened = { ...basics, events, conversation, commerce, models: models.access, payments: ledgerProvider(db) };
  const shares = { sessionUsd: undefined, customerDayUsd: undefined };
  const subgraphs = makeSubgraphs({ ...opened, secrets, close }, { rabbitMqUrl: undefined, shares });
  const running = await Promise.all(subgraphs.flatMap(({ workers = [] }) => workers.map((start) => start())));
  return {
    ...{ db, commerce, conversation, models },
    async close() {
      await Promise.all(running.map((worker) => worker.stop()));
      await close();
    },
  };
}

let keys = 0;
/** An idempotency key that nobody has used. */
export const key = () => ({ idempotencyKey: `key ${keys++}` });

export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return result.value;
}

/** Every row of the shop and of what it knows: of each table the hash. */
export async function shopRows({ db }: Pick<World, 'db'>): Promise<Record<string, string>> {
  const tables = await db.query<{ name: string }>(
    `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
       WHERE table_schema IN ('commerce', 'faq', 'techsupport') AND table_type = 'BASE TABLE' ORDER BY 1`,
  );
  return hashesOf(
    db,
    tables.map(({ name }) => ({ name, where: 'true' })),
  );
}

/** The same of everything that was said, proposed and handed over in a session. */
export function sessionRows({ db }: Pick<World, 'db'>, sessionId: string): Promise<Record<string, string>> {
  const tables = ['turns', 'routes', 'messages', 'tool_calls', 'proposals', 'handoffs'];
  const of = (id: string) => `t.${id} = '${sessionId}'`;
  return hashesOf(db, [
    { name: 'conversation.sessions', where: of('id') },
    ...tables.map((table) => ({ name: `conversation.${table}`, where: of('session_id') })),
  ]);
}

async function hashesOf(db: Database, tables: readonly { name: string; where: string }[]) {
  // Whether a row was announced is found out later.
  const row = `(to_jsonb(t) - 'announced')::text`;
  const queries = tables.map(
    ({ name, where }) =>
      `SELECT '${name}' AS name, md5(coalesce(string_agg(${row}, chr(10) ORDER BY ${row}), '')) AS hash FROM ${name} t WHERE ${where}`,
  );
  const rows = await db.query<{ name: string; hash: string }>(queries.join(' UNION ALL '));
  return Object.fromEntries(rows.map(({ name, hash }) => [name, hash]));
}

/** What the embedded payment provider has sent, oldest first. */
export function ledger({ db }: Pick<World, 'db'>): Promise<{ paymentMethodId: string; amount: number }[]> {
  return db.query(
    `SELECT payment_method_id AS "paymentMethodId", amount FROM commerce.provider_ledger ORDER BY created_at, amount`,
  );
}
