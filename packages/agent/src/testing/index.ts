/** For tests of agents: a model that plays a script, a writer that records, a job to run. */
export * from './recordingWriter.js';
export * from './routeJob.js';
export * from './scriptedModel.js';
