import type { Database } from '@supportgraph/data';
import type { Clock, Logger, Viewer } from '@supportgraph/kernel';

/** What the services of commerce work with. */
export interface CommerceDeps {
  db: Database;
  log: Logger;
  clock: Clock;
  /** Whom an API client may see, besides what its scopes say. @default nobody */
  customersServed?: CustomersServed;
}

/**
 * Of these customers those whom an API client serves: somebody opened a session with its key, and it is known there that
 * the customer is in it. Who was served once stays so.
 */
export type CustomersServed = (client: Viewer, customerIds: readonly string[]) => Promise<readonly string[]>;
