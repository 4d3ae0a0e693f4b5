import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { silent } from '@supportgraph/kernel';
import { migrate, requireChineseSearch } from '@supportgraph/data';
import { testDatabase, type TestDatabase } from '@supportgraph/data/testing';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';

let made: TestDatabase;
/** A database without tables, for migrations of the test's own. */
let url: string;
let folder: string;
let database: pg.Client;

beforeAll(async () => {
  made = await testDatabase();
});
afterAll(() => made.drop());

beforeEach(async () => {
  await made.db.query('CREATE DATABASE bare TEMPLATE template0');
  url = Object.assign(new URL(made.url), { pathname: '/bare' }).href;
  folder = await mkdtemp(path.join(os.tmpdir(), 'supportgraph-migrations-'));
  database = new pg.Client(url);
  await database.connect();
});
afterEach(async () => {
  await database.end();
  await made.db.query('DROP DATABASE bare WITH (FORCE)');
  await rm(folder, { recursive: true });
});

async function write(name: string, sql: string): Promise<void> {
  await mkdir(path.join(folder, name), { recursive: true });
  await writeFile(path.join(folder, name, 'migration.sql'), sql);
}
const run = (log = silent) => migrate({ url, folder, log });

test('migrations are applied in their order, once', async () => {
  await write('2_b', 'ALTER TABLE a ADD COLUMN n int');
  await write('1_a', 'CREATE TABLE a ()');
  expect(await run()).toEqual(['1_a', '2_b']);
  expect(await run()).toEqual([]);
  await write('3_c', 'INSERT INTO a VALUES (1)');
  expect(await run()).toEqual(['3_c']);
  expect((await database.query('SELECT n FROM a')).rows).toEqual([{ n: 1 }]);
});

test('a script with bodies in dollar quotes is run as one', async () => {
  await write('1', `CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END; $$; SELECT f();`);
  expect(await run()).toEqual(['1']);
});

test('of several processes that start at once one migrates, and the others wait for it', async () => {
  await write('1', 'CREATE TABLE a ()');
  const applied = await Promise.all([run(), run(), run()]);
  expect(applied.flat()).toEqual(['1']);
});

test('a migration that fails changes nothing and stops every later start until a person has looked', async () => {
  await write('1', 'CREATE TABLE a (); SELECT 1/0');
  await write('2', 'CREATE TABLE b ()');
  await expect(run()).rejects.toThrow('Migration 1 failed: division by zero');
  await expect(run()).rejects.toThrow(/broke off earlier: 1/);
  const { rows } = await database.query("SELECT to_regclass('a') AS a, to_regclass('b') AS b");
  expect(rows).toEqual([{ a: null, b: null }]);
});

test('a migration that was resolved as rolled back, as the Prisma CLI notes it, is applied again', async () => {
  await write('1', 'SELECT 1/0');
  await expect(run()).rejects.toThrow();
  await database.query('UPDATE _prisma_migrations SET rolled_back_at = now()');
  await write('1', 'CREATE TABLE a ()');
  expect(await run()).toEqual(['1']);
});

test('a migration that was edited after it was applied is reported', async () => {
  await write('1', 'CREATE TABLE a ()');
  await run();
  await write('1', 'CREATE TABLE a (n int)');
  const warned: object[] = [];
  await run({ ...silent, warn: (facts) => warned.push(facts) });
  expect(warned).toEqual([{ name: '1' }]);
});

test('a database in which Chinese can be searched passes, and one with the plain C locale is refused', async () => {
  await expect(requireChineseSearch(made.db)).resolves.toBeUndefined();
  await made.db.query("CREATE DATABASE plain TEMPLATE template0 LOCALE 'C'");
  const plain = new pg.Client(Object.assign(new URL(made.url), { pathname: '/plain' }).href);
  await plain.connect();
  await plain.query('CREATE EXTENSION pg_trgm');
  const query = async <Row>(text: string) => (await plain.query(text)).rows as Row[];
  await expect(requireChineseSearch({ query })).rejects.toThrow("LOCALE 'C.UTF-8'");
  await plain.end();
  await made.db.query('DROP DATABASE plain');
});
