export { techsupportAgent } from './agent/agent.js';
export { techsupportSubgraph, type TechsupportDeps } from './subgraph.js';
