import { createClient, NetworkError } from 'graphql-sse';
import { getOperationAST, type OperationDefinitionNode, OperationTypeNode, parse } from 'graphql';
import type { GraphiQL } from 'graphiql';
import type { ComponentProps } from 'react';
import { type Credentials, headersOf } from './credentials.js';
import { openEventList } from './eventList.js';

export type Fetcher = ComponentProps<typeof GraphiQL>['fetcher'];

/** A GraphQL response, as far as the explorer looks into it. */
export interface Result {
  data?: Record<string, unknown> | null;
  errors?: readonly { message: string; extensions?: { code?: string } }[];
}

/** One operation as GraphiQL has it. */
interface Params {
  query: string;
  operationName?: string | null;
  variables?: Record<string, unknown>;
}

export interface FetcherOptions {
  url: string;
  credentials: Credentials;
  /** Told of every response, also of each event, and of the operation's name. */
  onResult(operationName: string | null, result: Result): void;
  /** Puts a longer list of events in the place of a shorter one, in the way that suits the eye. */
  replace(show: () => void): void;
}

/** Where results of an operation go. */
interface Sink {
  next(result: object): void;
  complete(): void;
}

/** How often the list of events is shown anew, in ms: a person does not read faster, and 500 events are not written in no time. */
const shownEveryMs = 100;

/**
 * Sends GraphiQL's operations as the caller: queries and mutations as JSON, subscriptions over server-sent events, of which
 * all events are shown. Errors of the gateway are shown as it tells them, with whatever status they come.
 */
export function makeFetcher(options: FetcherOptions): Fetcher {
  return (params) => ({
    subscribe(sink: unknown) {
      const operation = operationIn(params);
      const start = operation?.operation === OperationTypeNode.SUBSCRIPTION ? follow : ask;
      // GraphiQL still has the name of before for a moment after the text was changed.
      const operationName = operation ? operation.name?.value : params.operationName;
      // GraphiQL gives an object, and no functions.
      return { unsubscribe: start(options, { ...params, operationName }, sink as Sink) };
    },
  });
}

/** The operation that is meant. What does not parse is sent as it is, for the gateway to say what is wrong. */
function operationIn({ query, operationName }: Params): OperationDefinitionNode | null {
  try {
    const document = parse(query);
    return getOperationAST(document, operationName) ?? getOperationAST(document) ?? null;
  } catch {
    return null;
  }
}

/** Asks once; gives how to give up. */
function ask({ url, credentials, onResult }: FetcherOptions, params: Params, sink: Sink): () => void {
  const gone = new AbortController();
  const headers = { ...headersOf(credentials), accept: 'application/json', 'content-type': 'application/json' };
  const sent = fetch(url, { method: 'POST', headers, body: JSON.stringify(params), signal: gone.signal });
  void sent.then(resultOf, unreachable).then((result) => {
    if (gone.signal.aborted) return;
    onResult(params.operationName ?? null, result);
    sink.next(result);
    sink.complete();
  });
  return () => gone.abort();
}

/** Follows a subscription; gives how to end it, at the server too. */
function follow({ url, credentials, onResult, replace }: FetcherOptions, params: Params, sink: Sink): () => void {
  const list = openEventList();
  let timer: number | undefined;
  // What still comes after a stop must not touch what GraphiQL has begun since.
  let isStopped = false;
  const show = () => {
    window.clearTimeout(timer);
    timer = undefined;
    replace(() => sink.next(list.shown()));
  };
  const add = (result: Result) => {
    if (isStopped) return;
    list.add(result);
    onResult(params.operationName ?? null, result);
    timer ??= window.setTimeout(show, shownEveryMs);
  };
  const end = () => {
    if (isStopped) return;
    show();
    sink.complete();
  };
  const client = createClient({ url, headers: headersOf(credentials), retryAttempts: 0 });
  const stop = client.subscribe(
    { ...params, operationName: params.operationName ?? undefined },
    {
      // As the gateway writes it.
      next: (result) => add(result as Result),
      error: (error) => void refusal(error).then(add).then(end),
      complete: end,
    },
  );
  return () => {
    if (timer !== undefined) show();
    isStopped = true;
    stop();
  };
}

/** What the gateway answered instead of a stream. */
function refusal(error: unknown): Promise<Result> {
  const response = error instanceof NetworkError ? error.response : undefined;
  // The client was given the browser's own `fetch`.
  return response ? resultOf(response as unknown as Response) : Promise.resolve(unreachable());
}

async function resultOf(response: Response): Promise<Result> {
  const body: unknown = await response.json().catch(() => null);
  // What is an object and comes from the gateway is a GraphQL response.
  if (typeof body === 'object' && body !== null) return body as Result;
  return failure(`The answer has status ${response.status} and is no JSON: it does not come from the gateway.`);
}

const unreachable = () => failure('The gateway cannot be reached, or the connection was cut.');
const failure = (message: string): Result => ({ errors: [{ message }] });
