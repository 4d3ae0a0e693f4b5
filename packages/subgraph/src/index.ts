export * from './payload.js';
export * from './response.js';
export * from './subgraph.js';
