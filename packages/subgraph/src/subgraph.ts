import type { Language, Logger, Viewer, Worker } from '@supportgraph/kernel';

/** One request as a subgraph sees it, whichever connection it came over. */
export interface SubgraphRequest {
  requestId: string;
  viewer: Viewer;
  /** Language for sentences to people. */
  language: Language;
  /** Aborted when the caller is gone or its deadline has passed. */
  signal: AbortSignal;
  log: Logger;
}

/** A resolver map for {@link https://www.apollographql.com/docs/apollo-server/using-federation/api/apollo-subgraph buildSubgraphSchema}. Typed precisely by each subgraph's generated `Resolvers`. */
export type ResolverMap = Record<string, unknown>;

/** A subgraph is a value: what it is called, what it offers, how it answers, and what works in the background where it is hosted. */
export interface Subgraph<Context extends object = object> {
  /** The name in `supergraph.yaml`. */
  name: string;
  /** Its `schema.graphql`. */
  sdl: string;
  resolvers: ResolverMap;
  /** Makes one request's context: the viewer, services and fresh loaders. */
  context(request: SubgraphRequest): Context & { request: SubgraphRequest };
  /** Work that goes on in the background wherever the subgraph is hosted, for example its agent. */
  workers?: readonly Worker[];
}
