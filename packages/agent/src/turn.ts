import type { Logger } from '@supportgraph/kernel';
import type { Deadline } from './deadline.js';
import type { Agent } from './defineAgent.js';
import type { SentenceRule } from './guard/sentences.js';
import type { Vault } from './guard/vault.js';
import type { RouteJob } from './job.js';
import type { Denial, ModelAccess } from './modelAccess.js';
import type { Models } from './models.js';
import type { OnUsage } from './modelUse.js';
import type { Speech } from './speech.js';
import type { Toolbox } from './toolbox.js';
import type { WatchedJob } from './watchedJob.js';

export interface RunTurnOptions extends Omit<ModelAccess, 'names'> {
  models: Models;
  log: Logger;
  /** Receives every model call. */
  onUsage: OnUsage;
}

/** What one turn of an agent works with. */
export interface Turn<Services> extends RunTurnOptions {
  agent: Agent<Services>;
  job: RouteJob;
  watched: WatchedJob;
  speech: Speech;
  toolbox: Toolbox;
  vault: Vault;
  canary: string;
  /** Kinds of sentences that were replaced in this turn. */
  replaced: Set<SentenceRule>;
  /** Where links may lead. */
  hosts: readonly string[];
  deny(denial: Pick<Denial, 'tool' | 'why'>): Promise<void>;
  /** Aborted by the job, or when the turn has taken too long. */
  total: Deadline;
  /** Model calls made so far, by all models. */
  modelCalls: number;
}

/** The turn's time ran out while it waited for something of ours: no model was at fault. */
export class TooSlow extends Error {}

/** Does something of ours, which stops when the turn's time has run out. */
export async function ours<Services, T>({ total, job }: Turn<Services>, work: () => Promise<T>): Promise<T> {
  try {
    total.signal.throwIfAborted();
    const done = await work();
    total.signal.throwIfAborted();
    return done;
  } catch (error) {
    job.signal.throwIfAborted();
    throw total.signal.aborted ? new TooSlow() : error;
  }
}
