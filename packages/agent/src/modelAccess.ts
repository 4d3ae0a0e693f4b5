import type { Allow } from './allowance.js';
import type { Breakers } from './breaker.js';
import type { ModelClient } from './modelClient.js';
import type { Models } from './models.js';

/** How the agents of a process reach models. */
export interface ModelAccess {
  client: ModelClient;
  names: Models;
  /** Shared by all agents of the process. @default every model may always be asked */
  breakers?: Breakers;
  /** @default everything may be spent */
  allow?: Allow;
}
