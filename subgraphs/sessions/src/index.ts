export type { Deps as SessionsDeps } from './context.js';
export type { CustomerClaim, FindCustomer, MatchCustomer } from './service.js';
export { sessionsSubgraph } from './subgraph.js';
