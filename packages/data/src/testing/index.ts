import { inject } from 'vitest';
import { findService } from '../../../../scripts/testServices.js';
import type { DatabaseOptions } from '../database.js';
import { makeTestDatabase, type TestDatabase } from './postgres.js';
import { makeTestRabbitMq, type TestRabbitMq } from './rabbitMq.js';
import { makeTestRedis, type TestRedis } from './redis.js';

export type { TestDatabase, TestRabbitMq, TestRedis };
export { freePort } from '../embedded/freePort.js';
export { makeProxy, type Proxy } from './proxy.js';
export { reap } from './reaper.js';
export { statementsOf } from './statements.js';

/** An empty, migrated database of the test file's own, on the server of this run. `drop()` it in `afterAll`. */
export function testDatabase(options?: Partial<Omit<DatabaseOptions, 'url'>>): Promise<TestDatabase> {
  return makeTestDatabase(inject('postgresUrl'), options);
}

/** A Redis of the test file's own, which it may kill and start again. `stop()` it in `afterAll`. */
export function testRedis(): Promise<TestRedis> {
  return makeTestRedis(inject('redis'));
}

/** A RabbitMQ of the test file's own, found or installed only now, since few tests need one. `stop()` it in `afterAll`. */
export function testRabbitMq(): Promise<TestRabbitMq> {
  return makeTestRabbitMq(findService('rabbitmq'));
}
