import type { GraphQLResponse, RequestParameters } from 'relay-runtime';
import { openRelayEnvironment } from './relay.js';
import type { SupportClient } from './supportClient.js';

/** What Relay's compiler makes of a document, as far as the network sees it. */
function compiled(text: string): RequestParameters {
  const [, operationKind, name] = /(query|mutation|subscription) (\w+)/.exec(text)!;
  return {
    ...{ id: null, cacheID: name!, text, name: name!, metadata: {} },
    // The expression above takes no other word.
    operationKind: operationKind as RequestParameters['operationKind'],
  };
}

function dataOf<Data>(response: GraphQLResponse): Data {
  if (!('data' in response) || !response.data) throw new Error(JSON.stringify(response));
  return response.data as Data;
}

/** Relay's network layer without its compiler. */
export function openRelay(url: string, token: string | null): SupportClient {
  const network = openRelayEnvironment(url, token).getNetwork();
  const execute = (document: string, variables: object) =>
    network.execute(compiled(document), { ...variables }, { force: true });
  async function run<Data>(document: string, variables: object): Promise<Data> {
    const response = await execute(document, variables).toPromise();
    return dataOf<Data>(response!);
  }
  return {
    query: run,
    mutate: run,
    subscribe<Data>(document: string, variables: object, onData: (data: Data) => void, onEnd: () => void) {
      const subscription = execute(document, variables).subscribe({
        next: (response) => onData(dataOf<Data>(response)),
        error: onEnd,
        complete: onEnd,
      });
      return () => subscription.unsubscribe();
    },
  };
}
