import { createClient } from 'graphql-ws';
import type { SupportClient } from './supportClient.js';

/** graphql-ws: everything over one WebSocket. */
export function openGraphqlWs(url: string, token: string | null): SupportClient {
  const client = createClient({
    url: url.replace(/^http/, 'ws'),
    connectionParams: token ? { authorization: `Bearer ${token}` } : {},
  });
  async function run<Data>(query: string, variables: object): Promise<Data> {
    const { value } = await client.iterate<Data>({ query, variables: { ...variables } }).next();
    if (!value?.data) throw new Error(JSON.stringify(value?.errors));
    return value.data;
  }
  return {
    query: run,
    mutate: run,
    subscribe: <Data>(query: string, variables: object, onData: (data: Data) => void, onEnd: () => void) =>
      client.subscribe<Data>(
        { query, variables: { ...variables } },
        { next: ({ data }) => data && onData(data), error: onEnd, complete: onEnd },
      ),
  };
}
