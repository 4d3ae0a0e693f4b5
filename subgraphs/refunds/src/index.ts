export { refundsSubgraph, type RefundsDeps } from './subgraph.js';
