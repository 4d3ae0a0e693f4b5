import { runTurn, type ModelUse } from '@supportgraph/agent';
import type { RouteHandler, RouteJob } from '@supportgraph/conversation';
import type { RoutingDeps } from '../routeMessage.js';
import { routerAgent } from './agent.js';

export interface AnswerDeps extends Pick<RoutingDeps, 'models' | 'log'> {
  /** Receives each model call of a route. */
  recordUse(job: RouteJob, use: ModelUse): Promise<void> | void;
}

/** Lets the router's own agent answer routes. */
export function answerRoutes({ models, recordUse, log }: AnswerDeps): RouteHandler {
  return (job) =>
    runTurn(routerAgent, {}, job, {
      ...models,
      models: models.names,
      log,
      onUsage: (use) => recordUse(job, use),
    });
}
