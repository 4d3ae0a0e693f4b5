import { cacheExchange, Client, fetchExchange, subscriptionExchange } from '@urql/core';
import { createClient } from 'graphql-ws';
import type { SupportClient } from './supportClient.js';

/** urql: JSON, and subscriptions over a WebSocket by graphql-ws. */
export function openUrqlWebSocket(url: string, token: string | null): SupportClient {
  const authorization = token && `Bearer ${token}`;
  const sockets = createClient({
    url: url.replace(/^http/, 'ws'),
    connectionParams: authorization ? { authorization } : {},
  });
  const client = new Client({
    url,
    exchanges: [
      cacheExchange,
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: ({ query = '', variables }) => ({
          subscribe: (sink) => ({ unsubscribe: sockets.subscribe({ query, variables }, sink) }),
        }),
      }),
    ],
    fetchOptions: { headers: authorization ? { authorization } : {} },
  });
  return {
    async query<Data>(document: string, variables: object) {
      const { data, error } = await client.query<Data>(document, variables).toPromise();
      if (!data) throw error ?? new Error('No data.');
      return data;
    },
    async mutate<Data>(document: string, variables: object) {
      const { data, error } = await client.mutation<Data>(document, variables).toPromise();
      if (!data) throw error ?? new Error('No data.');
      return data;
    },
    subscribe<Data>(document: string, variables: object, onData: (data: Data) => void, onEnd: () => void) {
      const { unsubscribe } = client.subscription<Data>(document, variables).subscribe(({ data, error, hasNext }) => {
        if (data && !error) onData(data);
        if (error || !hasNext) onEnd();
      });
      return unsubscribe;
    },
  };
}
