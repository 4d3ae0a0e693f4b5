import fc from 'fast-check';
import { parseValue } from 'graphql';
import { describe, expect, test } from 'vitest';
import { parseTimestamp, scalars, type ScalarRules } from '../src/index.js';

const { DateTime, Decimal, CurrencyCode, LanguageTag, URL: Url, JSON: Json } = scalars as Record<string, ScalarRules>;

test('a time leaves as RFC 3339 in UTC and comes back the same', () => {
  const earliest = new Date('0001-01-01T00:00:00Z');
  const latest = new Date('9999-12-31T23:59:59.999Z');
  fc.assert(
    fc.property(fc.date({ min: earliest, max: latest, noInvalidDate: true }), (date) => {
      const text = DateTime!.serialize(date) as string;
      expect(text).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      expect(DateTime!.parseValue(text)).toEqual(date);
    }),
  );
});

test('a time with an offset is the same moment', () => {
  expect(DateTime!.parseValue('2026-11-22T21:38:15.123+08:00')).toEqual(new Date('2026-11-22T13:38:15.123Z'));
});

test.each([
  '2026-11-22T13:38:15', '2026-11-22', '2026-02-30T00:00:00Z', '2026-13-01T00:00:00Z', '2026-01-01T24:00:00Z',
  '2026-01-01T00:60:00Z', '2026-01-01T00:00:00+99:00', '1700000000', 'now', '',
])('%j is not a time', (text) => {
  expect(parseTimestamp(text)).toBeNull();
}); // prettier-ignore

describe('what is refused', () => {
  test.each([
    ['DateTime', DateTime, [1_700_000_000, '2026-11-22', null]],
    ['Decimal', Decimal, [19.9, '19.', '1e3', 'NaN', '-', '٣']],
    ['CurrencyCode', CurrencyCode, ['usd', 'XYZ', 'US', 840]],
    ['LanguageTag', LanguageTag, ['', 'english language', 'a'.repeat(40), 5]],
    ['URL', Url, ['/relative', 'javascript:alert(1)', 'file:///etc/passwd', 'nothing', 7]],
  ])('%s is refused in variables and documents, without repeating the value', (_name, rules, values) => {
    for (const value of values) {
      expect(() => rules!.parseValue(value)).toThrow(
        expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT' } }),
      );
      const literal = parseValue(JSON.stringify(value));
      expect(() => rules!.parseLiteral(literal)).toThrow(
        expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT' } }),
      );
    }
  });
});

test('a resolver that gives the wrong kind of value is at fault, not the caller', () => {
  for (const write of [
    () => DateTime!.serialize(new Date(NaN)),
    () => DateTime!.serialize('yesterday'),
    () => Decimal!.serialize(19.9),
    () => CurrencyCode!.serialize('dollars'),
    () => Url!.serialize('somewhere'),
  ])
    expect(write).toThrow(expect.objectContaining({ extensions: {} }));
});

test('what is right goes in and out as it is', () => {
  expect(Decimal!.parseValue('-19.90')).toBe('-19.90');
  expect(CurrencyCode!.parseValue('TWD')).toBe('TWD');
  expect(LanguageTag!.parseValue('zh-hant')).toBe('zh-Hant');
  expect(Url!.parseValue('https://shop.example/a?b=c')).toBe('https://shop.example/a?b=c');
  expect(Url!.serialize(new URL('https://shop.example/'))).toBe('https://shop.example/');
  expect(
    Json!.parseLiteral(parseValue('{ a: [1, "b", null, $c] }', { allowLegacyFragmentVariables: true }), { c: 2 }),
  ).toEqual({ a: [1, 'b', null, 2] });
});
