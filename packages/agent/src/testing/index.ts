/** For tests of agents: models that play scripts, a writer that records, a job to run. */
export * from './playedScripts.js';
export * from './recordingWriter.js';
export * from './routeJob.js';
export type { ScriptedModel, ScriptedReply, ScriptStep } from './scriptedModel.js';
export { scriptedModel } from './scriptedModel.js';
