export { refundsAgent } from './agent/agent.js';
export { refundsSubgraph, type RefundsDeps } from './subgraph.js';
