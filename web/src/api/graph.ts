import { GraphFault } from '@supportgraph/client';

export interface Asking {
  /** Bearer token of the session; null before there is one. */
  accessToken: string | null;
  /** Language of what is said to people. */
  language: string;
  signal: AbortSignal;
}

/** The graph, as the page asks it. */
export interface Graph {
  /** Runs a query or mutation. Rejects with a {@link GraphFault}. */
  run<Answer>(document: string, variables: object, asking: Asking): Promise<Answer>;
  /** Opens a subscription as a stream of server-sent events. */
  open(document: string, variables: object, asking: Asking): Promise<Response>;
}

export interface GraphOptions {
  url: string;
  fetch: typeof fetch;
  /** How long an answer may take, in ms. @default 20_000 */
  timeoutMs?: number;
}

interface Response200<Answer> {
  data?: Answer | null;
  errors?: readonly { message: string; extensions?: { code?: string } }[];
}

/** Makes a {@link Graph}. */
export function openGraph({ url, fetch, timeoutMs = 20_000 }: GraphOptions): Graph {
  const post = (accept: string, query: string, variables: object, { accessToken, language, signal }: Asking) =>
    fetch(url, {
      method: 'POST',
      headers: {
        accept,
        'accept-language': language,
        'content-type': 'application/json',
        ...(accessToken && { authorization: `Bearer ${accessToken}` }),
      },
      body: JSON.stringify({ query, variables }),
      signal,
    });

  return {
    async run<Answer>(document: string, variables: object, asking: Asking) {
      const signal = AbortSignal.any([asking.signal, AbortSignal.timeout(timeoutMs)]);
      return answerOf<Answer>(await bodyOf(() => post('application/json', document, variables, { ...asking, signal })));
    },
    open: (document, variables, asking) => post('text/event-stream', document, variables, asking),
  };
}

/** The JSON of an answer; anything that is none, such as the page of a proxy, counts as unreachable. */
async function bodyOf(ask: () => Promise<Response>): Promise<object> {
  try {
    const body: unknown = await (await ask()).json();
    if (typeof body === 'object' && body !== null) return body;
  } catch {
    // The network, the time or the JSON failed: there is nothing more to know of it.
  }
  throw new GraphFault('UNREACHABLE');
}

function answerOf<Answer>({ data, errors }: Response200<Answer>): Answer {
  const [error] = errors ?? [];
  if (data) return data;
  throw new GraphFault(error?.extensions?.code ?? 'INTERNAL_SERVER_ERROR', error?.message);
}
