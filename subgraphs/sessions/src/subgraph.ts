import type { Subgraph } from '@supportgraph/subgraph';
import sdl from '../schema.graphql';
import { auditLog } from './auditLog.js';
import { platformJobs } from './jobs.js';
import { apiClientsService } from './apiClients.js';
import { makeContext, type Context, type Deps } from './context.js';
import { resolvers } from './resolvers.js';

/** Who is talking and what was said. */
export function sessionsSubgraph(deps: Deps): Subgraph<Context> {
  const { conversation, matchCustomer, findCustomer } = deps;
  const services = {
    ...{ conversation, matchCustomer, findCustomer },
    ...{ apiClients: apiClientsService(deps), audit: auditLog(deps) },
  };
  return {
    name: 'sessions',
    sdl,
    resolvers,
    context: (request) => makeContext(services, request),
    workers: platformJobs(deps),
  };
}
