import { runTurn, type ModelAccess, type ModelUse, type RouteJob, type RouteOutcome } from '@supportgraph/agent';
import type { Commerce } from '@supportgraph/commerce';
import type { Clock, Logger } from '@supportgraph/kernel';
import { refundsAgent } from './agent.js';
import { speakerOf, type SpeakerDeps } from './speaker.js';

export interface AnswerDeps extends SpeakerDeps {
  commerce: Commerce;
  clock: Clock;
  models: ModelAccess;
  /** Receives each model call of a route. */
  recordUse(job: RouteJob, use: ModelUse): Promise<void> | void;
  log: Logger;
}

/** Lets the agent answer routes. */
export function answerRoutes(deps: AnswerDeps): (job: RouteJob) => Promise<RouteOutcome> {
  const { commerce, clock, conversation, models, recordUse, log } = deps;
  return (job) => {
    const services = { commerce, clock, speaker: speakerOf({ commerce, conversation }, job) };
    const options = {
      ...models,
      models: models.names,
      log,
      onUsage: (use: ModelUse) => recordUse(job, use),
    };
    return runTurn(refundsAgent, services, job, options);
  };
}
