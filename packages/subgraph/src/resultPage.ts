import type { Result } from '@supportgraph/kernel';
import { badUserInput } from './errors.js';
import type { Connection } from './page.js';

/** A service's page as a connection. What is wrong with the arguments of a list is thrown as `BAD_USER_INPUT`: lists have no `userErrors`. */
export function connectionOfResult<Row>(result: Result<Omit<Connection<Row>, 'nodes'>>): Connection<Row> {
  if (!result.ok) throw badUserInput(result.errors[0]?.message.en ?? 'The page asked for is not one of this list.');
  return { ...result.value, nodes: result.value.edges.map(({ node }) => node) };
}
