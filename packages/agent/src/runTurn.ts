import { deadline, untilAborted } from './deadline.js';
import type { Agent } from './defineAgent.js';
import { giveUp, sentences } from './giveUp.js';
import { argumentGuard } from './guard/arguments.js';
import { canaryOf } from './guard/canary.js';
import type { SentenceRule } from './guard/sentences.js';
import { openBook, openVault } from './guard/vault.js';
import type { RouteJob, RouteOutcome } from './job.js';
import type { Denial } from './modelAccess.js';
import type { ModelFault } from './modelClient.js';
import { speech } from './speech.js';
import { toolbox } from './toolbox.js';
import { tryModels } from './tryModels.js';
import type { RunTurnOptions } from './turn.js';
import { watchedJob } from './watchedJob.js';
import { answerWithoutModel } from './withoutModel.js';

/**
 * Lets an agent answer its share of a message: one loop of model calls and tools until there is an answer, a handoff or a
 * stated failure. A model that cannot be had is replaced by the next of its size, unless the customer has already seen some
 * of its words. When none can be had, and `answersWithoutModel`, the question is looked up or given to a person. Rejects with the signal's reason when the job is aborted, and with faults of our own.
 */
export async function runTurn<Services>(
  agent: Agent<Services>,
  services: Services,
  job: RouteJob,
  options: RunTurnOptions,
): Promise<RouteOutcome> {
  const log = options.log.child({ sessionId: job.sessionId, turnId: job.turnId, agent: agent.kind });
  const total = deadline(job.signal);
  total.set('total', agent.limits.totalMs);
  try {
    const { signal } = total;
    const vault = options.isRemote ? openVault() : openBook;
    const hosts = options.linkHosts ? await untilAborted(options.linkHosts(), signal) : [];
    const { sessionId, turnId } = job;
    const deny = async ({ tool, why }: Pick<Denial, 'tool' | 'why'>) => {
      const action = why === 'promptLeaked' ? 'agent.promptLeaked' : 'agent.toolDenied';
      const denial: Denial = { sessionId, turnId, agent: agent.kind, action, tool, why };
      if (options.onDenied) await untilAborted(options.onDenied(denial), signal);
    };
    const watched = watchedJob(job);
    const canary = canaryOf(agent.prompt);
    const tools = toolbox(agent.tools(services, watched.job), {
      writer: job.writer,
      limit: agent.limits.toolCalls,
      guard: argumentGuard({ linkHosts: hosts, prompt: agent.prompt, canary }),
      ...{ signal, log, vault, onDenied: deny },
    });
    const said = speech(job.writer, job.language);
    const ending = await tryModels({
      ...options,
      log,
      agent,
      job,
      total,
      toolbox: tools,
      ...{ vault, hosts, deny, canary, watched, replaced: new Set<SentenceRule>() },
      speech: said,
      modelCalls: 0,
    });
    await job.writer.flush();
    if (ending.kind !== 'modelAway') return ending;
    // Words that broke off are best tried again.
    if (!options.answersWithoutModel || said.spokeInCall) return failedBy(ending.fault);
    if (!said.spoke && !watched.hasCard) return answerWithoutModel(agent, services, job, options);
    // After whole ones, or a card, another answer would only puzzle.
    return giveUp(said, sentences.incomplete, 'SYSTEM', 'The model was lost on the way.');
  } finally {
    total.dispose();
  }
}

function failedBy(fault: ModelFault): RouteOutcome {
  switch (fault) {
    case 'timeout':
      return { kind: 'failed', code: 'MODEL_TIMEOUT', retryable: true };
    case 'unavailable':
      return { kind: 'failed', code: 'MODEL_UNAVAILABLE', retryable: true };
    case 'rejected':
      return { kind: 'failed', code: 'INTERNAL', retryable: false };
  }
}
