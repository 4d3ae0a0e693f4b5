/** An object of another subgraph, or one whose fields here are read by its id. */
export interface Reference {
  id: string;
}
