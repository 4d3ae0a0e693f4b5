import { cacheExchange, Client, fetchExchange } from '@urql/core';
import type { SupportClient } from './supportClient.js';

/** urql: JSON, and subscriptions over server-sent events. */
export function openUrql(url: string, token: string | null): SupportClient {
  const client = new Client({
    url,
    exchanges: [cacheExchange, fetchExchange],
    fetchSubscriptions: true,
    fetchOptions: { headers: token ? { authorization: `Bearer ${token}` } : {} },
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
