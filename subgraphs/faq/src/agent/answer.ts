import { runTurn, type ModelAccess, type ModelUse } from '@supportgraph/agent';
import type { Commerce } from '@supportgraph/commerce';
import type { RouteHandler, RouteJob } from '@supportgraph/conversation';
import type { Logger } from '@supportgraph/kernel';
import type { FaqService } from '../service.js';
import { faqAgent } from './agent.js';
import { sourcesOf } from './sources.js';

export interface AnswerDeps {
  faqs: Pick<FaqService, 'search'>;
  commerce: Pick<Commerce, 'products' | 'shop'>;
  models: ModelAccess;
  /** Receives each model call of a route. */
  recordUse(job: RouteJob, use: ModelUse): Promise<void> | void;
  log: Logger;
}

/** Lets the agent answer routes. */
export function answerRoutes({ faqs, commerce, models, recordUse, log }: AnswerDeps): RouteHandler {
  return (job) => {
    const sources = sourcesOf(job.writer);
    const options = {
      ...models,
      models: models.names,
      log,
      onUsage: (use: ModelUse) => recordUse(job, use),
    };
    return runTurn(faqAgent, { faqs, commerce, sources }, { ...job, writer: sources.writer }, options);
  };
}
