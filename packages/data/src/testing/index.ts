import { inject } from 'vitest';
import type { DatabaseOptions } from '../database.js';
import { makeTestDatabase, type TestDatabase } from './postgres.js';
import { makeTestRedis, type TestRedis } from './redis.js';

export type { TestDatabase, TestRedis };
export { freePort } from '../embedded/freePort.js';
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
