export type * from './conversation.js';
export type * from './events.js';
export type * from './job.js';
export type * from './page.js';
export type * from './records.js';
export * from './stream/deltaWriter.js';
export * from './stream/eventLog.js';
export * from './stream/memoryEventLog.js';
export * from './stream/redisEventLog.js';
