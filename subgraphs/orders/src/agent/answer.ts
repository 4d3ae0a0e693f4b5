import { runTurn, type ModelAccess, type ModelUse } from '@supportgraph/agent';
import type { RouteHandler, RouteJob } from '@supportgraph/conversation';
import type { Logger } from '@supportgraph/kernel';
import { ordersAgent } from './agent.js';
import type { OrdersServices } from './toolContext.js';

export interface AnswerDeps extends OrdersServices {
  models: ModelAccess;
  /** Receives each model call of a route. */
  recordUse(job: RouteJob, use: ModelUse): Promise<void> | void;
  log: Logger;
}

/** Lets the agent answer routes. */
export function answerRoutes({ models, recordUse, log, ...services }: AnswerDeps): RouteHandler {
  return (job) =>
    runTurn(ordersAgent, services, job, {
      ...models,
      models: models.names,
      log,
      onUsage: (use) => recordUse(job, use),
    });
}
