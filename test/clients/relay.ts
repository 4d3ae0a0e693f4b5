import { createClient, type Sink } from 'graphql-ws';
import {
  Environment,
  type FetchFunction,
  type GraphQLResponse,
  Network,
  Observable,
  RecordSource,
  Store,
  type SubscribeFunction,
} from 'relay-runtime';

/** The environment of Relay: JSON by fetch, and subscriptions over a WebSocket by graphql-ws. */
export function openRelayEnvironment(url: string, token: string | null): Environment {
  const authorization = token && `Bearer ${token}`;
  const sockets = createClient({
    url: url.replace(/^http/, 'ws'),
    connectionParams: authorization ? { authorization } : {},
  });
  const fetchFunction: FetchFunction = async ({ text }, variables) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
      body: JSON.stringify({ query: text, variables }),
    });
    return (await response.json()) as GraphQLResponse;
  };
  const subscribeFunction: SubscribeFunction = ({ text, name }, variables) =>
    Observable.create((sink) =>
      // Relay's sink takes what graphql-ws's gives.
      sockets.subscribe({ operationName: name, query: text ?? '', variables }, sink as Sink),
    );
  return new Environment({
    network: Network.create(fetchFunction, subscribeFunction),
    store: new Store(new RecordSource()),
  });
}
