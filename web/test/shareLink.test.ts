import { deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { readFragment, shareFragment } from '../src/explorer/shareLink.js';

const operation = {
  query: 'query Greeting($name: String = "好") { shop { name } }',
  variables: '{ "name": "😀" }',
  operationName: 'Greeting',
};

const packed = (value: string) => `#1.${deflateRawSync(value).toString('base64url')}`;

test('a link gives back what was shared', async () => {
  const fragment = await shareFragment(operation);
  expect(fragment).toMatch(/^#1\.[\w-]+$/);
  expect(await readFragment(fragment!)).toEqual({ kind: 'operation', operation });
});

test('a page without a fragment opens nothing', async () => {
  expect(await readFragment('')).toEqual({ kind: 'none' });
});

test('a link holds an operation of usual size, and is not made of one that is too long', async () => {
  const random = (length: number) => Array.from({ length }, (_, index) => `f${(index * 7_919) % 104_729}`).join(' ');
  expect((await shareFragment({ ...operation, query: `{ ${random(200)} }` }))!.length).toBeLessThan(2_000);
  expect(await shareFragment({ ...operation, query: `{ ${random(16_000)} }` })).toBeNull();
  expect(await shareFragment({ ...operation, query: ' '.repeat(110_000) })).toBeNull();
});

test.each([
  ['an anchor', '#Query', 'not one of the explorer'],
  ['another version', '#2.abc', 'not one of the explorer'],
  ['no base64', '#1.%F0%', 'damaged'],
  ['no deflated bytes', '#1.AAAA', 'damaged'],
  ['a link that was cut off', packed(JSON.stringify(operation)).slice(0, -12), 'damaged'],
  ['no JSON', packed('{'), 'damaged'],
  ['a number', packed('1'), 'damaged'],
  ['null', packed('null'), 'damaged'],
  ['no query', packed('{"variables":""}'), 'damaged'],
  ['a query that is no text', packed('{"query":{},"variables":""}'), 'damaged'],
  ['very much', `#1.${'A'.repeat(40_000)}`, 'too long'],
  ['little that unfolds to very much', packed(JSON.stringify({ ...operation, query: ' '.repeat(5e6) })), 'too large'],
])('a link with %s is told to be bad', async (_what, fragment, message) => {
  const link = await readFragment(fragment);
  expect(link).toEqual({ kind: 'broken', message: expect.stringContaining(message) });
});
