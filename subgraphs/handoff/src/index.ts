export type { HandoffDeps } from './context.js';
export { handoffSubgraph } from './subgraph.js';
