export { ordersAgent } from './agent/agent.js';
export { ordersSubgraph, type OrdersDeps } from './subgraph.js';
