import { followTurn } from './documents.js';

/** What a client library has to give. */
export interface SupportClient {
  query<Data>(document: string, variables: object): Promise<Data>;
  mutate<Data>(document: string, variables: object): Promise<Data>;
  /** Subscribes. `onEnd` is called when the stream has ended, by itself or because it was cut; the function given back leaves it. */
  subscribe<Data>(document: string, variables: object, onData: (data: Data) => void, onEnd: () => void): () => void;
}

export interface TurnEvent {
  __typename: string;
  cursor: string;
  seq: number;
  partId: string;
  offset: number;
  text: string;
}

/** Follows a reply to its end, over as many subscriptions as that takes. */
export async function followReply(
  client: SupportClient,
  turnId: string,
  onEvent: (event: TurnEvent) => void,
): Promise<void> {
  let last: TurnEvent | null = null;
  const isFinished = () => last?.__typename === 'TurnFinished';
  for (let failures = 0; !isFinished(); failures++) {
    // Full jitter: when a server comes back, its clients do not come back in one moment.
    const waitMs = failures && Math.random() * Math.min(8_000, 250 * 2 ** failures);
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    const variables = { turnId, after: last && (last as TurnEvent).cursor };
    await new Promise<void>((onEnd) =>
      client.subscribe<{ turnEvents: TurnEvent }>(followTurn, variables, onData, onEnd),
    );
  }

  function onData({ turnEvents: event }: { turnEvents: TurnEvent }): void {
    // Libraries that connect again by themselves begin where they began before.
    if (last && event.seq <= last.seq && event.__typename === 'TextDelta') return;
    last = event;
    onEvent(event);
  }
}

/** What is written of a reply once an event has come, by parts: several agents may write at the same time. */
export function write(parts: Map<string, string>, { __typename, partId, offset, text }: TurnEvent): void {
  if (__typename === 'TextDelta') parts.set(partId, (parts.get(partId) ?? '').slice(0, offset) + text);
  if (__typename === 'PartRemoved') parts.delete(partId);
}
