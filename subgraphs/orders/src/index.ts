export { ordersSubgraph, type OrdersDeps } from './subgraph.js';
