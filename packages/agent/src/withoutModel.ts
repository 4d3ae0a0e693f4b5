import type { Language, Text } from '@supportgraph/kernel';
import type { Agent, AgentKind } from './defineAgent.js';
import type { RouteJob, RouteOutcome } from './job.js';
import { modelClient } from './modelClient.js';
import { offlineModels } from './models.js';
import { offlineModel } from './offline/offlineModel.js';
import { runTurn } from './runTurn.js';
import type { RunTurnOptions } from './turn.js';

/** Agents whose questions are looked up well enough without a model; those of the others wait for a person. */
const lookUp: ReadonlySet<AgentKind> = new Set(['ROUTER', 'FAQ', 'ORDERS']);

const automatic: Text = {
  en: 'Our assistant cannot be reached just now, so this is an automatic answer.',
  'zh-Hant': '智慧助理目前無法使用，以下為自動回覆。',
};
const person: Text = {
  en: 'Our assistant cannot be reached just now. A colleague will answer you here.',
  'zh-Hant': '智慧助理目前無法使用，同事會在這裡回覆您。',
};

/**
 * Answers while no model can be had, and says so: by the agent's own playbook, with the same tools and the same rules, or
 * by giving the question to a person.
 */
export async function answerWithoutModel<Services>(
  agent: Agent<Services>,
  services: Services,
  job: RouteJob,
  { log, onUsage, allow, linkHosts, onDenied }: RunTurnOptions,
): Promise<RouteOutcome> {
  log.warn({ sessionId: job.sessionId, turnId: job.turnId, agent: agent.kind }, 'answering without a model');
  if (!lookUp.has(agent.kind)) {
    await say(job, person, job.language, '');
    return { kind: 'handedOff', reason: 'SYSTEM', summary: 'No model could be reached.' };
  }
  await say(job, automatic, job.language, '\n\n');
  const client = modelClient({ fetch: offlineModel(new Map([[agent.prompt, agent.offline]])) });
  return runTurn(agent, services, job, { client, models: offlineModels, log, onUsage, allow, linkHosts, onDenied });
}

async function say({ writer }: RouteJob, text: Text, language: Language, after: string): Promise<void> {
  writer.text(text[language] + after);
  await writer.flush();
}
