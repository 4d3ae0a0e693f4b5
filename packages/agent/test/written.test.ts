import { expect, test } from 'vitest';
import { isWritten, type Said } from '../src/index.js';

const isIn = (text: string, claim: Record<string, string | undefined>, history: Said[] = []) =>
  isWritten(claim, { text, history });

test.each<[string, Record<string, string | undefined>]>([
  ['My mail is Ann@Mail.example.', { email: 'ann@mail.example' }],
  ['我的信箱是ann@mail.example，謝謝', { email: 'ann@mail.example' }],
  ['ann @ mail.example', { email: 'ann@mail.example' }],
  ['I am Ann O’Hara, sw1a1aa', { firstName: 'Ann', lastName: "O'Hara", postcode: 'SW1A 1AA' }],
  ['我是王小明', { firstName: '小明', lastName: '王' }],
  ['order w-1000001', { orderNumber: '#W1000001' }],
  ['訂單1000001的', { orderNumber: '#W1000001', email: undefined }],
])('customers have written what they have written: %s', (text, claim) => expect(isIn(text, claim)).toBe(true));

test.each<[string, Record<string, string>]>([
  ['joann@mail.example', { email: 'ann@mail.example' }],
  ['jo.ann@mail.example', { email: 'ann@mail.example' }],
  ['ann@mail.example.org', { email: 'ann@mail.example' }],
  ['I am Joanne', { firstName: 'Ann' }],
  ['order 1000001', { postcode: '10000' }],
  ['order #W11000001', { orderNumber: '#W1000001' }],
  ['order #W10000012', { orderNumber: '#W1000001' }],
  ['nothing', { email: 'ann@mail.example' }],
])('and not what is only a part of it: %s', (text, claim) => expect(isIn(text, claim)).toBe(false));

test('in this message or an earlier one, and not in what the assistant said', () => {
  const claim = { firstName: 'Ann', postcode: '90001' };
  expect(isIn('Ann', claim, [{ author: 'CUSTOMER', text: '90001' }])).toBe(true);
  expect(isIn('Ann', claim, [{ author: 'ASSISTANT', text: '90001' }])).toBe(false);
});

test('is found at once in what is made to be slow', () => {
  const startedAt = performance.now();
  isIn('a '.repeat(20_000), { email: `${'a'.repeat(319)}b` });
  expect(performance.now() - startedAt).toBeLessThan(1_000);
});
