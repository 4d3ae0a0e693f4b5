import { expect, test } from 'vitest';
import { writtenIn } from '../src/text/language.js';

test.each([
  ['退貨政策是什麼？', 'zh-Hant'],
  ['我的 iPhone 訂單在哪', 'zh-Hant'],
  ['Where is my order #W1000001?', 'en'],
  ['#W1000001', null],
  ['ann@example.com', null],
  ['hello', null],
  ['iPhone 15 Pro Max 在嗎', null],
])('%s is plainly written in: %s', (text, language) => expect(writtenIn(text)).toBe(language));
