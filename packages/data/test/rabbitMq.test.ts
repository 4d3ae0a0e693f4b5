import {
  deadExchange,
  emit,
  eventExchange,
  publishEvents,
  unroutedExchange,
  type PublisherOptions,
} from '@supportgraph/data';
import { testDatabase, testRabbitMq, type TestDatabase, type TestRabbitMq } from '@supportgraph/data/testing';
import { silent, type Running } from '@supportgraph/kernel';
import { connect, type Channel, type ChannelModel, type ConsumeMessage } from 'amqplib';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { recordingLog, until } from './world.js';

let made: TestDatabase;
let rabbit: TestRabbitMq;
let model: ChannelModel;
let channel: Channel;
const running: Running[] = [];

beforeAll(async () => {
  made = await testDatabase({ poolSize: 10 });
  rabbit = await testRabbitMq();
  await connectReader();
  // The first connection makes the exchanges.
  await tell('first.happened', 'it');
  const first = publish();
  await empty();
  await first.stop();
}, 180_000);
afterEach(async () => {
  for (const each of running.splice(0)) await each.stop();
});
afterAll(async () => {
  await model.close();
  await rabbit.stop();
  await made.drop();
});

async function connectReader(): Promise<void> {
  model = await connect(rabbit.url);
  model.on('error', () => undefined);
  channel = await model.createChannel();
}

function publish(options: Partial<PublisherOptions> = {}): Running {
  const publisher = publishEvents({ db: made.db, url: rabbit.url, log: silent, pollMs: 100, ...options });
  running.push(publisher);
  return publisher;
}

const tell = (type: string, ...subjects: string[]) =>
  made.db.transaction(async (tx) => {
    for (const [i, subjectId] of subjects.entries())
      await emit(tx, { type, version: 1, subjectId, data: { i } }, new Date('2026-02-01T12:00:00.5Z'));
  });

const unpublished = () => made.db.prisma.outboxEvent.count({ where: { publishedAt: null } });
const empty = () => until(async () => (await unpublished()) === 0);

/** A queue that asks for events as another system would; what it got so far. */
async function subscribe(pattern: string): Promise<ConsumeMessage[]> {
  const { queue } = await channel.assertQueue('', { exclusive: true });
  await channel.bindQueue(queue, eventExchange, pattern);
  const got: ConsumeMessage[] = [];
  await channel.consume(queue, (message) => void (message && got.push(message)), { noAck: true });
  return got;
}

test('an event goes out once it is committed: persistent, with its id, type and data', async () => {
  publish();
  const got = await subscribe('order.#');
  await tell('order.cancelled', 'ord_1');
  const { properties, fields, content } = await until(() => got[0]);
  const row = await made.db.prisma.outboxEvent.findFirstOrThrow({ where: { subjectId: 'ord_1' } });
  expect(fields).toMatchObject({ exchange: eventExchange, routingKey: 'order.cancelled' });
  expect(properties).toMatchObject({
    ...{ messageId: row.id, type: 'order.cancelled', deliveryMode: 2, contentType: 'application/json' },
    ...{ timestamp: 1_769_947_200, appId: 'supportgraph', headers: { version: 1, subjectId: 'ord_1' } },
  });
  expect(JSON.parse(content.toString())).toEqual({
    ...{ id: row.id, type: 'order.cancelled', version: 1, subjectId: 'ord_1' },
    ...{ occurredAt: '2026-02-01T12:00:00.500Z', data: { i: 0 } },
  });
  await empty();
});

test('several publishers send each event once, and those of one subject in their order', async () => {
  const got = await subscribe('many.#');
  const subjects = Array.from({ length: 120 }, (_, i) => `subject ${i % 12}`);
  await tell('many.happened', ...subjects);
  for (let i = 0; i < 3; i++) publish();
  await empty();
  await until(() => got.length >= subjects.length);
  const told = got.map(({ content }) => JSON.parse(content.toString()) as { subjectId: string; data: { i: number } });
  expect(told.map(({ data }) => data.i).sort((a, b) => a - b)).toEqual(subjects.map((_, i) => i));
  for (const subject of new Set(subjects)) {
    const order = told.filter(({ subjectId }) => subjectId === subject).map(({ data }) => data.i);
    expect(order).toEqual([...order].sort((a, b) => a - b));
  }
});

test('while RabbitMQ is away the outbox waits, and what waited goes out when it is back', async () => {
  const { log, lines } = recordingLog();
  publish({ log });
  await tell('before.happened', 'one');
  await empty();
  await rabbit.cut();
  // Nobody who writes waits for RabbitMQ.
  await tell('while.happened', 'two', 'three');
  await until(() => lines.filter(({ sentence }) => sentence === 'job failed').length >= 2);
  expect(await unpublished()).toBe(2);
  await rabbit.mend();
  await connectReader();
  await empty();
});

test('what nobody has asked for is kept in a queue of its own, also if somebody has removed that', async () => {
  const { log, lines } = recordingLog();
  publish({ log });
  await empty();
  await channel.purgeQueue(unroutedExchange);
  await tell('nobody.cares', 'one');
  const first = await until(() => channel.get(unroutedExchange, { noAck: true }));
  expect(first.fields.routingKey).toBe('nobody.cares');
  await channel.deleteQueue(unroutedExchange);
  await tell('nobody.cares', 'two');
  await until(() => lines.find(({ sentence }) => sentence === 'event returned by RabbitMQ'));
  await empty();
  const second = await until(() => channel.get(unroutedExchange, { noAck: true }));
  expect(JSON.parse(second.content.toString())).toMatchObject({ subjectId: 'two' });
});

test('what a consumer rejects goes where dead letters are kept', async () => {
  publish();
  await empty();
  const { queue } = await channel.assertQueue('', { exclusive: true, deadLetterExchange: deadExchange });
  await channel.bindQueue(queue, eventExchange, 'bad.#');
  await channel.consume(queue, (message) => void (message && channel.reject(message, false)));
  await tell('bad.happened', 'it');
  const dead = await until(() => channel.get(deadExchange, { noAck: true }));
  expect(dead.fields.routingKey).toBe('bad.happened');
});

test('a consumer of ours can apply an event while it is being published', async () => {
  await tell('held.happened', 'it');
  await made.db.transaction(async (tx) => {
    await tx.$queryRaw`SELECT id FROM platform.outbox WHERE type = 'held.happened' FOR NO KEY UPDATE`;
    const { id } = await made.db.prisma.outboxEvent.findFirstOrThrow({ where: { type: 'held.happened' } });
    await made.db.prisma.inboxEvent.create({ data: { consumer: 'a', eventId: id, handledAt: new Date() } });
  });
});
