import { describe, expect, test } from 'vitest';
import {
  formatMoney,
  moneyText,
  idPrefix,
  idTime,
  isId,
  languageOf,
  languageOfHeader,
  languageIn,
  languageOfText,
  newId,
  parseMoney,
  pushIterator,
} from '../src/index.js';

describe('ids', () => {
  test('are of their kind, sort in the order they were made and tell when', () => {
    const now = Date.parse('2026-11-22T13:38:15.123Z');
    const made = Array.from({ length: 5_000 }, () => newId('msg', now));
    expect(new Set(made).size).toBe(made.length);
    expect(made.toSorted()).toEqual(made);
    expect(made.every((id) => isId('msg', id) && !isId('ses', id))).toBe(true);
    expect(idTime(newId('ses', now + 10_000))).toEqual(new Date(now + 10_000));
  });

  test('given from outside have a prefix but no time', () => {
    expect(idPrefix('cus_maria_9620')).toBe('cus');
    expect(idTime('cus_maria_9620')).toBeNull();
    expect(idPrefix('xyz_1')).toBeNull();
    expect(idPrefix("cus_1' OR 1=1")).toBeNull();
    expect(idPrefix(`cus_${'x'.repeat(500)}`)).toBeNull();
  });
});

describe('money', () => {
  test.each([
    ['19.90', 'USD', 1990],
    ['0', 'USD', 0],
    ['-0.05', 'USD', -5],
    ['7', 'USD', 700],
    ['1.500', 'USD', 150],
    ['120', 'JPY', 120],
  ])('%s %s is %i minor units', (text, currency, minor) => {
    expect(parseMoney(text, currency)).toBe(minor);
  });

  test.each(['10.999', '', '1e3', 'NaN', '１', '1,00', ' 1', '99999999999999', '--1'])('%j is no amount', (text) => {
    expect(parseMoney(text, 'USD')).toBeNull();
  });

  test.each([
    [1990, 'USD', '19.90'],
    [-5, 'USD', '-0.05'],
    [0, 'USD', '0.00'],
    [120, 'JPY', '120'],
  ])('%i minor units of %s are shown as %s', (minor, currency, text) => {
    expect(formatMoney(minor, currency)).toBe(text);
    expect(moneyText(minor, currency)).toBe(`${currency} ${text}`);
  });
});

describe('languages', () => {
  test.each([
    ['zh-TW', 'zh-Hant'],
    ['zh', 'zh-Hant'],
    ['en-GB', 'en'],
    ['fr', 'en'],
    [null, 'en'],
  ])('%s is answered in %s', (tag, language) => {
    expect(languageOf(tag)).toBe(language);
  });

  test('a header is read by its quality values', () => {
    expect(languageOfHeader('en;q=0.5, zh-TW;q=0.9')).toBe('zh-Hant');
    expect(languageOfHeader('zh;q=0, en')).toBe('en');
    expect(languageOfHeader(undefined)).toBe('en');
  });

  test.each([
    ['訂單 #W1000001 到哪了？', 'zh-Hant'],
    ['Where is 訂單?', 'en'],
    ['我的 app 不能登入', 'zh-Hant'],
    ['12345', 'en'],
    ['我要取消 W1000988，delmaro.juniperson@example.com', 'zh-Hant'],
    ['W1000488 想退貨 quorin.ashenmoor@example.com', 'zh-Hant'],
    ['我的訂單 W1000970 地址改成：100 Main Street, Austin', 'zh-Hant'],
    ['我叫 Galora Kestrelby', 'zh-Hant'],
    ['Galora Kestrelby 我要退貨', 'zh-Hant'],
    ['Please refund 耳機', 'en'],
    ['CANCEL MY ORDER W1000988', 'en'],
  ])('%s is %s', (text, language) => {
    expect(languageOfText(text)).toBe(language);
  });

  test.each([
    '12345',
    'W1000988',
    '#W1000488, quorin.ashenmoor@example.com',
    'hi',
    'Hello!',
    'ok',
    '👍',
    'https://shop.example.com/a',
  ])('%s says nothing of the language', (text) => expect(languageIn(text)).toBeNull());
});

describe('a push iterator', () => {
  test('gives what was pushed, in order, then ends', async () => {
    const iterator = pushIterator<number>();
    iterator.push(1);
    iterator.push(2);
    iterator.end();
    const taken: number[] = [];
    for await (const value of iterator) taken.push(value);
    expect(taken).toEqual([1, 2]);
  });

  test('lets its consumer leave while it waits', async () => {
    let ended = 0;
    const iterator = pushIterator<number>({ onEnd: () => ended++ });
    const waiting = iterator.next();
    await iterator.return!();
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(iterator.push(1)).toBe(false);
    expect(ended).toBe(1);
  });

  test('says when its queue is full, and fails after the values queued', async () => {
    const iterator = pushIterator<number>({ capacity: 1 });
    expect(iterator.push(1)).toBe(true);
    expect(iterator.push(2)).toBe(false);
    iterator.fail(new Error('too slow'));
    expect(await iterator.next()).toEqual({ done: false, value: 1 });
    await expect(iterator.next()).rejects.toThrow('too slow');
    expect((await iterator.next()).done).toBe(true);
  });
});
