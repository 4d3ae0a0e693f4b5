import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import type { SupportClient } from './supportClient.js';

/** Apollo Client 4: JSON, and subscriptions over multipart HTTP. */
export function openApollo(url: string, token: string | null): SupportClient {
  const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
  const client = new ApolloClient({ link: new HttpLink({ uri: url, headers }), cache: new InMemoryCache() });
  return {
    async query<Data>(document: string, variables: object) {
      const { data } = await client.query({ query: gql(document), variables });
      return data as Data;
    },
    async mutate<Data>(document: string, variables: object) {
      const { data } = await client.mutate({ mutation: gql(document), variables });
      return data as Data;
    },
    subscribe<Data>(document: string, variables: object, onData: (data: Data) => void, onEnd: () => void) {
      // Events are no objects with ids: a cache has nothing to keep of them.
      const events = client.subscribe({ query: gql(document), variables, fetchPolicy: 'no-cache' });
      const subscription = events.subscribe({
        next: ({ data }) => data && onData(data as Data),
        error: onEnd,
        complete: onEnd,
      });
      return () => subscription.unsubscribe();
    },
  };
}
