/**
 * Agents: a prompt, a model and tools, run by one loop over the Anthropic SDK's tool runner.
 *
 * An agent's folder holds `prompt.md`, `agent.ts` ({@link defineAgent}), `tools.ts` ({@link tool}) and `offline.ts` (an
 * {@link OfflinePlaybook}). A worker runs it with `runTurn` for each route that it is given:
 *
 * ```ts
 * const client = modelClient({ fetch: offlineModel(new Map([[faqAgent.prompt, faqAgent.offline]])) });
 * const outcome = await runTurn(faqAgent, services, job, { client, models: offlineModels, log, onUsage });
 * ```
 */
export * from './defineAgent.js';
export * from './job.js';
export * from './models.js';
export * from './offline/playbook.js';
export * from './tool.js';
export * from './transferToPerson.js';
