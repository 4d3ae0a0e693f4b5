import path from 'node:path';
import {
  type ModelAccess,
  modelBreakers,
  modelClient,
  offlineModel,
  offlineModels,
  type OfflinePlaybook,
} from '@supportgraph/agent';
import {
  type Commerce,
  httpProvider,
  ledgerProvider,
  openCommerce,
  type PaymentProvider,
} from '@supportgraph/commerce';
import {
  type Conversation,
  type EventLog,
  memoryEventLog,
  openConversation,
  redisEventLog,
} from '@supportgraph/conversation';
import { type Database, migrate, openDatabase, startEmbeddedPostgres } from '@supportgraph/data';
import type { Clock, Logger } from '@supportgraph/kernel';
import { type Closing, opening } from './closing.js';
import type { Config } from './config.js';
import { openSecrets, type Secrets } from './secrets.js';

/** What subgraphs are made of. */
export interface Resources {
  log: Logger;
  clock: Clock;
  secrets: Secrets;
  db: Database;
  /** The live streams of sessions. */
  events: EventLog;
  models: ModelAccess;
  conversation: Conversation;
  commerce: Commerce;
  /** Sends money back. */
  payments: PaymentProvider;
  close(): Promise<void>;
}

export interface ResourceOptions {
  log: Logger;
  /** The folder of the migrations. */
  migrations: string;
  /** How the offline model plays each agent, by prompt. */
  playbooks: ReadonlyMap<string, OfflinePlaybook>;
  /** Fills an empty database with the demo shop; does nothing to one that has it. */
  seed(db: Database, log: Logger): Promise<void>;
}

/** Opens everything that the settings name, and the embedded kind of what they do not. */
export function openResources(config: Config, options: ResourceOptions): Promise<Resources> {
  return opening(async (opened) => {
    const { log } = options;
    const secrets = await openSecrets(config);
    const db = await openMigrated(config, options, opened);
    const events = openEvents(config, log);
    opened.add(() => events.close());
    const clock = () => new Date();
    const conversation = openConversation({
      ...{ db, events, logger: log, clock, secret: secrets.sessionSecret },
      limits: { leaseMs: config.leaseMs },
    });
    opened.add(() => conversation.close());
    const customersServed = conversation.sessions.customersKnown;
    const commerce = openCommerce({ db, log, clock, customersServed });
    const models = openModels(config, options.playbooks);
    const payments = openPayments(config, db);
    return { log, clock, secrets, db, events, models, conversation, commerce, payments, close: () => opened.close() };
  });
}

async function openMigrated(
  config: Config,
  { log, migrations, seed }: ResourceOptions,
  opened: Closing,
): Promise<Database> {
  const url = config.databaseUrl ?? (await startEmbedded(config, log, opened));
  await migrate({ url, folder: migrations, log });
  const { databasePoolSize: poolSize, timeouts } = config;
  const db = await openDatabase({ url, poolSize, statementTimeoutMs: timeouts.statementMs, log });
  opened.add(() => db.close());
  if (config.demoShop) await seed(db, log);
  return db;
}

async function startEmbedded({ dataDir }: Config, log: Logger, opened: Closing): Promise<string> {
  const server = await startEmbeddedPostgres({ dataDir: path.resolve(dataDir, 'postgres'), log });
  opened.add(() => server.stop());
  return server.url;
}

function openEvents({ redisUrl }: Config, log: Logger): EventLog {
  return redisUrl ? redisEventLog({ url: redisUrl, log }) : memoryEventLog();
}

function openPayments({ paymentProvider }: Config, db: Database): PaymentProvider {
  return paymentProvider ? httpProvider(paymentProvider) : ledgerProvider(db);
}

/** A model of somebody else reads no personal data, and is not always to be had. */
const remote = { isRemote: true, answersWithoutModel: true };

function openModels({ anthropic, offlinePace }: Config, playbooks: ReadonlyMap<string, OfflinePlaybook>): ModelAccess {
  const { apiKey, baseUrl, models } = anthropic;
  const breakers = modelBreakers();
  if (!apiKey)
    return { client: modelClient({ fetch: offlineModel(playbooks, offlinePace) }), names: offlineModels, breakers };
  return { client: modelClient({ apiKey, baseUrl }), names: models, breakers, ...remote };
}
