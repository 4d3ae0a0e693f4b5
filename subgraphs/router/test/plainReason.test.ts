import { expect, test } from 'vitest';
import { plainReason } from '../src/domain/plainReason.js';

test.each([
  ['by the words of the message', 'by the words of the message'],
  ['The customer asks (twice) where it is, not “how”.', 'The customer asks (twice) where it is, not “how”.'],
  ['顧客詢問訂單、退款。 兩者皆是', '顧客詢問訂單、退款。 兩者皆是'],
  ['card 4111 1111 1111 1111, mail bob@example.com', 'card mail'],
  ['see [here](https://evil.example/x) or\nwww.evil.example <b>now</b>', 'see or'],
  ['key sk-live-0123456789abcdef', 'key'],
])('the reason %j is shown as %j', (reason, shown) => expect(plainReason(reason)).toBe(shown));

test('a reason without end is cut', () => expect(plainReason('why '.repeat(1_000)).length).toBe(200));
