import { Refusal } from './command.js';

interface Answer<Data> {
  data?: Data | null;
  errors?: readonly { message: string }[];
}

/** The gateway, as the command line asks it. */
export interface AskGraph {
  run<Data>(query: string, variables: object): Promise<Data>;
  /** The data of each event, until the subscription ends. */
  follow<Data>(query: string, variables: object): AsyncGenerator<Data>;
  /** Who asks from now on. */
  authorize(accessToken: string): void;
}

/** Talks to the gateway at this URL. */
export function askGraph(gatewayUrl: string): AskGraph {
  let authorization: string | null = null;
  const post = async (query: string, variables: object, accept: string) => {
    const headers = { accept, 'content-type': 'application/json', ...(authorization && { authorization }) };
    try {
      const url = new URL('/graphql', gatewayUrl);
      return await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
    } catch (cause) {
      throw new Refusal(`Nothing answers at ${gatewayUrl}: start the platform with npm start, or set GATEWAY_URL.`, {
        cause,
      });
    }
  };
  return {
    async run<Data>(query: string, variables: object) {
      return dataOf<Data>(await answerOf<Data>(await post(query, variables, 'application/json')));
    },
    async *follow<Data>(query: string, variables: object) {
      const response = await post(query, variables, 'text/event-stream');
      const isStream = response.headers.get('content-type')?.startsWith('text/event-stream');
      if (!isStream || !response.body) throw refusalOf(await answerOf(response));
      for await (const data of eventsOf(response.body)) yield dataOf(JSON.parse(data) as Answer<Data>);
    },
    authorize(accessToken) {
      authorization = `Bearer ${accessToken}`;
    },
  };
}

async function answerOf<Data>(response: Response): Promise<Answer<Data>> {
  try {
    return (await response.json()) as Answer<Data>;
  } catch (cause) {
    throw new Refusal(`${response.url} is no Supportgraph: it answers with status ${response.status}.`, { cause });
  }
}

function dataOf<Data>(answer: Answer<Data>): Data {
  if (!answer.data) throw refusalOf(answer);
  return answer.data;
}

function refusalOf({ errors = [] }: Answer<unknown>): Refusal {
  return new Refusal(errors.map(({ message }) => message).join(' ') || 'The gateway gave no answer.');
}

/** The data of each event of a stream of server-sent events; a heartbeat has none. */
async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true });
    const events = text.split('\n\n');
    text = events.pop()!;
    for (const event of events) {
      const data = /^data: (.*)$/m.exec(event)?.[1];
      if (data) yield data;
    }
  }
}
