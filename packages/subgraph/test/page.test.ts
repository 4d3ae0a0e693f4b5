import fc from 'fast-check';
import { expect, test } from 'vitest';
import { connectionOf, cursorOf, type PageArguments, parsePage } from '../src/index.js';

const kinds = ['number', 'string'] as const;
const refused = expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT' } });

/** A list of numbers as a data layer would read a page of it. */
function fetchPage(list: readonly number[], args: PageArguments) {
  const page = parsePage(args, kinds);
  const [edge] = page.key ?? [page.backward ? Infinity : -Infinity];
  const beyond = page.backward ? list.filter((n) => n < edge).reverse() : list.filter((n) => n > edge);
  return connectionOf(beyond.slice(0, page.take), page, (n) => [n, `row-${n}`]);
}

test('walking forward by any page size meets every row once, in order', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 100 }), (length, first) => {
      const list = Array.from({ length }, (_, i) => i);
      const seen: number[] = [];
      let after: string | null = null;
      for (let more = true; more;) {
        const { nodes, pageInfo } = fetchPage(list, { first, after });
        expect(pageInfo.hasPreviousPage).toBe(after !== null);
        seen.push(...nodes);
        after = pageInfo.endCursor;
        more = pageInfo.hasNextPage;
      }
      expect(seen).toEqual(list);
    }),
  );
});

test('walking backward gives the rows of each page in the same order as forward', () => {
  const list = [1, 2, 3, 4, 5];
  const last = fetchPage(list, { last: 2 });
  expect(last.nodes).toEqual([4, 5]);
  expect(last.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  const before = fetchPage(list, { last: 2, before: last.pageInfo.startCursor });
  expect(before.nodes).toEqual([2, 3]);
  expect(before.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
});

test('a page has 20 items unless another size is asked for', () => {
  expect(parsePage({}, kinds)).toEqual({ size: 20, take: 21, backward: false, key: null });
  expect(parsePage({ first: null, after: null }, kinds).size).toBe(20);
  expect(parsePage({}, kinds, { usual: 5 }).size).toBe(5);
});

test('an empty list has a page without cursors', () => {
  expect(fetchPage([], {})).toEqual({
    edges: [],
    nodes: [],
    pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
  });
});

test.each([
  { first: 101 }, { first: -1 }, { last: 101 }, { first: 1, last: 1 }, { first: 1, before: cursorOf([1, 'a']) },
  { last: 1, after: cursorOf([1, 'a']) }, { after: cursorOf([1, 'a']), before: cursorOf([2, 'b']) },
])('%j is not one page', (args) => {
  expect(() => parsePage(args, kinds)).toThrow(refused);
}); // prettier-ignore

test('a cursor that is forged, cut or of another list is refused, whatever it is', () => {
  for (const key of [['1', 'a'], [1], [1, 'a', 'b'], [null, 'a']]) {
    const after = cursorOf(key as (string | number)[]);
    expect(() => parsePage({ after }, kinds)).toThrow(refused);
  }
  fc.assert(
    fc.property(fc.string(), (after) => {
      expect(() => parsePage({ after }, kinds)).toThrow(refused);
    }),
  );
});

test('a time and a text that the database would refuse are refused before', () => {
  const time = '2026-11-22T13:38:15.123Z';
  expect(parsePage({ after: cursorOf([time, 'ref_1']) }, ['time', 'string']).key).toEqual([time, 'ref_1']);
  for (const key of [
    ['yesterday', 'ref_1'],
    ['2026-02-30T00:00:00Z', 'ref_1'],
    [time, 'ref_\0'],
    [7, 'ref_1'],
  ]) {
    expect(() => parsePage({ after: cursorOf(key) }, ['time', 'string'])).toThrow(refused);
  }
});
