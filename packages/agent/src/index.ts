/**
 * Agents: a prompt, a model and tools, run by one loop over the Anthropic SDK's tool runner.
 *
 * An agent's folder holds `prompt.md`, `agent.ts` ({@link defineAgent}), `tools.ts` ({@link tool}) and `offline.ts` (an
 * {@link OfflinePlaybook}). A worker runs it for each route that it is given:
 *
 * ```ts
 * const client = modelClient({ fetch: offlineModel(new Map([[faqAgent.prompt, faqAgent.offline]])) });
 * const outcome = await runTurn(faqAgent, services, job, { client, models: offlineModels, log, onUsage });
 * ```
 *
 * The path of a turn: `conversation.ts` puts the job into messages, `runTurn.ts` loops, `readReply.ts` reads one streamed
 * reply under deadlines, `judge.ts` decides what it means, `toolbox.ts` checks and runs the tools, `speech.ts` writes.
 */
export * from './allowance.js';
export { beginningOf } from './beginningOf.js';
export * from './breaker.js';
export * from './decide.js';
export * from './defineAgent.js';
export { openBook, openVault, type Vault } from './guard/vault.js';
export { isWritten, notWritten } from './guard/written.js';
export * from './job.js';
export * from './modelAccess.js';
export { modelClient, type ModelClient, type ModelClientOptions } from './modelClient.js';
export * from './models.js';
export * from './modelUse.js';
export type { Pace } from './offline/messagesApi.js';
export * from './offline/claim.js';
export * from './offline/identitySentences.js';
export * from './offline/offerOfPerson.js';
export * from './offline/offlineModel.js';
export * from './offline/playbook.js';
export * from './offline/said.js';
export * from './offline/serveModel.js';
export * from './offline/waitingProposal.js';
export * from './prices.js';
export * from './propose.js';
export * from './runTurn.js';
export { estimateTokens } from './tokens.js';
export * from './tool.js';
export * from './toolInput.js';
export * from './transferToPerson.js';
export type { RunTurnOptions } from './turn.js';
