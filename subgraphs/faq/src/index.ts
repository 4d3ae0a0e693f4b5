export { faqAgent } from './agent/agent.js';
export { faqSubgraph, type FaqDeps } from './subgraph.js';
