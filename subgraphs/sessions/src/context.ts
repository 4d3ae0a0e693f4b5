import type { Conversation } from '@supportgraph/conversation';
import type { Database } from '@supportgraph/data';
import type { Clock, Logger } from '@supportgraph/kernel';
import type { SubgraphRequest } from '@supportgraph/subgraph';
import type { ApiClients } from './apiClients.js';
import type { AuditLog } from './auditLog.js';
import { makeLoaders, type Loaders } from './data/loaders.js';
import type { FindCustomer, MatchCustomer } from './service.js';

/** What the sessions subgraph is made of. */
export interface Deps {
  db: Database;
  clock: Clock;
  conversation: Conversation;
  matchCustomer: MatchCustomer;
  findCustomer: FindCustomer;
  log: Logger;
  /** Undefined: events are not published outwards. */
  rabbitMqUrl?: string;
}

/** One request's context. */
export interface Context extends Pick<Deps, 'conversation' | 'matchCustomer' | 'findCustomer'> {
  request: SubgraphRequest;
  apiClients: ApiClients;
  audit: AuditLog;
  load: Loaders;
}

/** Makes one request's context. */
export function makeContext(deps: Omit<Context, 'request' | 'load'>, request: SubgraphRequest): Context {
  return { ...deps, request, load: makeLoaders(deps, request.viewer) };
}
