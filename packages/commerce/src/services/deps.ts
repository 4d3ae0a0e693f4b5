import type { Database } from '@supportgraph/data';
import type { Clock, Logger } from '@supportgraph/kernel';

/** What the services of commerce work with. */
export interface CommerceDeps {
  db: Database;
  log: Logger;
  clock: Clock;
}
