import type { Database } from '@supportgraph/data';
import type { Clock, Logger } from '@supportgraph/kernel';
import type { Announcer } from './announcer.js';
import type { ConversationLimits } from './conversation.js';
import type { EventLog } from './stream/eventLog.js';

/** What the services of a conversation are made of. */
export interface Deps {
  db: Database;
  /** The live streams. */
  events: EventLog;
  announcer: Announcer;
  logger: Logger;
  clock: Clock;
  /** Makes session ids and visitors' tokens. */
  secret: string;
  limits: ConversationLimits;
}
