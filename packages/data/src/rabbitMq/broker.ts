import type { Logger } from '@supportgraph/kernel';
import { connect, type ChannelModel, type ConfirmChannel } from 'amqplib';
import type { StoredEvent } from '../outbox.js';

/** All events go here; the routing key is the type. */
export const eventExchange = 'supportgraph.events';
/** What nobody has asked for yet goes here, and into a queue of the same name, which keeps the newest 100,000. */
export const unroutedExchange = 'supportgraph.unrouted';
/** For what consumers reject: they name it as the dead-letter exchange of their queues. */
export const deadExchange = 'supportgraph.dead';

const connectTimeoutMs = 5_000;
const confirmTimeoutMs = 5_000;
const heartbeatSeconds = 10;
const keptUnrouted = 100_000;

/** A connection to RabbitMQ that is opened when it is needed, and again after it was lost. */
export interface Broker {
  /** Connects if there is no connection. Throws if RabbitMQ is away. */
  ready(): Promise<void>;
  /** Publishes; answers the ids of those that RabbitMQ has confirmed and put into a queue. */
  publish(events: readonly StoredEvent[]): Promise<string[]>;
  close(): Promise<void>;
}

interface Open {
  model: ChannelModel;
  channel: ConfirmChannel;
  /** Messages that no queue took. */
  returned: Set<string>;
}

export function openBroker({ url, log }: { url: string; log: Logger }): Broker {
  let open: Open | null = null;

  async function connected(): Promise<Open> {
    if (open) return open;
    const model = await connect(withHeartbeat(url), { timeout: connectTimeoutMs });
    // Without a listener an error of the connection would end the process; `close` follows it.
    model.on('error', () => undefined);
    model.on('close', () => lose(model));
    try {
      return (open = await openChannel(model, log, () => lose(model)));
    } catch (error) {
      await leave(model);
      throw error;
    }
  }

  function lose(model: ChannelModel): void {
    if (open?.model !== model) return;
    open = null;
    log.warn({}, 'connection to RabbitMQ lost');
  }

  async function leave(model: ChannelModel): Promise<void> {
    if (open?.model === model) open = null;
    // A connection that hangs is ended by its heartbeat.
    await inTime(model.close()).catch(() => undefined);
  }

  return {
    ready: async () => void (await connected()),
    async publish(events) {
      const { model, channel, returned } = await connected();
      returned.clear();
      try {
        await inTime(Promise.all(events.map((event) => send(channel, event))));
      } catch (error) {
        await leave(model);
        throw error;
      }
      // Somebody has removed the queue for the unrouted: the next connection makes it again.
      if (returned.size) await leave(model);
      return events.map(({ id }) => id).filter((id) => !returned.has(id));
    },
    async close() {
      if (open) await leave(open.model);
    },
  };
}

function withHeartbeat(url: string): string {
  const given = new URL(url);
  if (!given.searchParams.has('heartbeat')) given.searchParams.set('heartbeat', String(heartbeatSeconds));
  return given.href;
}

async function openChannel(model: ChannelModel, log: Logger, onClose: () => void): Promise<Open> {
  const channel = await model.createConfirmChannel();
  channel.on('error', (error: Error) => log.warn({ error: error.message }, 'channel of RabbitMQ closed'));
  channel.on('close', onClose);
  const returned = new Set<string>();
  channel.on('return', ({ properties, fields }) => {
    const { messageId } = properties as { messageId: string };
    returned.add(messageId);
    log.warn({ eventId: messageId, type: fields.routingKey }, 'event returned by RabbitMQ');
  });
  await declare(channel);
  return { model, channel, returned };
}

/** The same every time; RabbitMQ refuses if it is there otherwise. */
async function declare(channel: ConfirmChannel): Promise<void> {
  for (const [exchange, limits] of [
    [unroutedExchange, { maxLength: keptUnrouted, overflow: 'drop-head' }],
    [deadExchange, {}],
  ] as const) {
    const type = exchange === unroutedExchange ? 'fanout' : 'topic';
    await channel.assertExchange(exchange, type, { durable: true });
    await channel.assertQueue(exchange, { durable: true, ...limits });
    await channel.bindQueue(exchange, exchange, '#');
  }
  await channel.assertExchange(eventExchange, 'topic', { durable: true, alternateExchange: unroutedExchange });
}

/** Resolves when RabbitMQ has the message for good; a returned one is returned before that. */
function send(channel: ConfirmChannel, event: StoredEvent): Promise<void> {
  const { id, type, version, subjectId, occurredAt, data } = event;
  const body = JSON.stringify({ id, type, version, subjectId, occurredAt, data });
  return new Promise((resolve, reject) => {
    channel.publish(
      eventExchange,
      type,
      Buffer.from(body),
      {
        persistent: true,
        mandatory: true,
        messageId: id,
        type,
        timestamp: Math.floor(occurredAt.getTime() / 1_000),
        contentType: 'application/json',
        appId: 'supportgraph',
        headers: { version, subjectId },
      },
      (error: Error | null) => (error ? reject(error) : resolve()),
    );
  });
}

/** What hangs has failed: a broker that is blocked, or a connection that nobody has closed. */
async function inTime<T>(promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('RabbitMQ does not answer')), confirmTimeoutMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
