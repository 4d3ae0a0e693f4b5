import type { SupportClient } from './supportClient.js';

/** No library at all: JSON, and subscriptions by reading server-sent events. */
export function openPlainFetch(url: string, token: string | null): SupportClient {
  const post = (accept: string, query: string, variables: object, signal?: AbortSignal) =>
    fetch(url, {
      method: 'POST',
      headers: { accept, 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query, variables }),
      signal,
    });
  async function run<Data>(query: string, variables: object): Promise<Data> {
    const response = await post('application/json', query, variables);
    const { data, errors } = (await response.json()) as { data?: Data; errors?: unknown };
    if (!data) throw new Error(JSON.stringify(errors));
    return data;
  }
  async function read<Data>(response: Response, onData: (data: Data) => void): Promise<void> {
    let rest = '';
    for await (const text of response.body!.pipeThrough(new TextDecoderStream())) {
      const blocks = (rest + text).split('\n\n');
      rest = blocks.pop()!;
      for (const block of blocks) {
        // A line that begins with a colon is a sign of life.
        const next = /^event: next\ndata: (.*)$/.exec(block)?.[1];
        if (next) onData((JSON.parse(next) as { data: Data }).data);
      }
    }
  }
  return {
    query: run,
    mutate: run,
    subscribe<Data>(query: string, variables: object, onData: (data: Data) => void, onEnd: () => void) {
      const leaving = new AbortController();
      post('text/event-stream', query, variables, leaving.signal)
        .then((response) => read(response, onData))
        .then(onEnd, onEnd);
      return () => leaving.abort();
    },
  };
}
