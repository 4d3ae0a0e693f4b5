import net from 'node:net';
import type { NewEvent, OtherEvent, StreamEvent } from '@supportgraph/conversation';

/** A delta of a part. */
export function delta(partId: string, offset: number, text: string): NewEvent {
  return { type: 'TextDelta', turnId: 'trn_1', data: { partId, offset, text } };
}

/** An event that can be told from others by its number. */
export function numbered(number: number): OtherEvent {
  return { type: 'MessageAdded', data: { messageId: `msg_${number}` } };
}

/** The number of such an event. */
export function numberOf(event: StreamEvent): number {
  return event.type === 'MessageAdded' ? Number(event.data.messageId.slice(4)) : NaN;
}

export const turnEnd: OtherEvent = { type: 'TurnFinished', turnId: 'trn_1', data: {} };

export const typing: NewEvent = {
  type: 'TypingChanged',
  data: { author: { kind: 'CUSTOMER', displayName: 'A customer', avatarUrl: null }, isTyping: true },
};

/** The next events, as many as asked for. */
export async function take(events: AsyncIterator<StreamEvent>, count: number): Promise<StreamEvent[]> {
  const taken: StreamEvent[] = [];
  while (taken.length < count) {
    const { done, value } = await events.next();
    if (done) throw new Error(`The stream ended after ${taken.length} of ${count} events`);
    taken.push(value);
  }
  return taken;
}

/** The events up to and with the first that passes. */
export async function takeUntil(
  events: AsyncIterator<StreamEvent>,
  isLast: (event: StreamEvent) => boolean,
): Promise<StreamEvent[]> {
  const taken: StreamEvent[] = [];
  do taken.push(...(await take(events, 1)));
  while (!isLast(taken.at(-1)!));
  return taken;
}

/** What a client shows of each part, having applied the events as the contract says. */
export function shown(events: readonly StreamEvent[]): Record<string, string> {
  const parts: Record<string, string> = {};
  for (const { type, data } of events) {
    if (type === 'TextDelta') parts[data.partId] = (parts[data.partId] ?? '').slice(0, data.offset) + data.text;
  }
  return parts;
}

/** The first hole between events that should follow each other without one, or null. */
export function holeIn(events: readonly StreamEvent[]): string | null {
  for (const [i, { seq, firstSeq, type }] of events.entries()) {
    const before = events[i - 1]?.seq;
    if (before === undefined || type === 'StreamReset') continue;
    const expected = type === 'TypingChanged' ? before : before + 1;
    if (firstSeq !== expected || seq < firstSeq) return `${before} is followed by ${firstSeq}..${seq}`;
  }
  return null;
}

export interface Proxy {
  url: string;
  /** Cuts all connections and accepts none until `restore`. */
  cut(): Promise<void>;
  restore(): Promise<void>;
  /** Holds back all bytes of the connections there are. */
  stall(): void;
  /** Holds back what the server says on the connections there are. */
  stallAnswers(): void;
  stop(): Promise<void>;
}

/** A TCP proxy before a server, so that it can be away while it keeps (or changes) its data. */
export async function proxyBefore(target: string): Promise<Proxy> {
  const far = new URL(target);
  const pairs = new Set<{ client: net.Socket; upstream: net.Socket }>();
  const server = net.createServer((client) => {
    const upstream = net.connect(Number(far.port), far.hostname);
    const pair = { client, upstream };
    pairs.add(pair);
    const end = () => {
      pairs.delete(pair);
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) socket.on('error', end).on('close', end);
    client.pipe(upstream).pipe(client);
  });
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const { port } = server.address() as net.AddressInfo;
  const near = new URL(target);
  near.host = `127.0.0.1:${port}`;

  const cut = async () => {
    if (!server.listening) return;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const { client } of pairs) client.destroy();
    await closed;
  };
  return {
    url: near.href,
    cut,
    restore: () => listen(port),
    stall: () => pairs.forEach(({ client, upstream }) => [client, upstream].forEach((socket) => socket.pause())),
    stallAnswers: () => pairs.forEach(({ upstream }) => upstream.pause()),
    stop: cut,
  };
}
