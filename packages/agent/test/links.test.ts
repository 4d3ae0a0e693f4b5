import { expect, test } from 'vitest';
import { keepLinks } from '../src/guard/links.js';
import { tell } from './guarded.js';

test.each([
  ['the definition of a link', 'See [1].\n\n[1]: //evil.example/x\nBye', 'See [1].\n\n\nBye'],
  ['a definition in the next line', '[a]:\n  https://evil.example "t"\nx', ' "t"\nx'],
  ['a definition in a list', '- [1]: <javascript:alert(1)>', '- '],
  ['an image with brackets', 'A ![a[b]](//evil.example) B', 'A a[b] B'],
  ['an image in a link to the shop', '[![a](//evil.example)](https://shop.example/)', '[a](https://shop.example/)'],
  ['an image by reference', 'A ![a][1] B', 'A a B'],
  ['a long tag', `A <img alt="${'x'.repeat(800)}" src="//evil.example/x"> B`, null],
  ['an address without a scheme', 'Go to //evil.example/x now', 'Go to  now'],
  ['an address of another scheme', 'ftp://evil.example and data://x', ' and '],
  [
    'a link whose words are long',
    `[${'x'.repeat(400)}](javascript:alert(1))`,
    `[${'x'.repeat(400)}] (javascript:alert(1))`,
  ],
  ['a link with code in its words', '[a `]` b](/\\evil.example)', '[a `]` b] (/\\evil.example)'],
  ['a link in angles with a bracket', '[a](<https://shop.example)@evil.example>)', 'a@evil.example>)'],
  ['a link with a hidden host', '[a](https://shop.example\\@evil.example)', 'a'],
  ['a link in parts', '[a]<b>(javascript:x)', 'a'],
  ['an address in parts', 'h<b>ttps://evil.example/ x', 'h x'],
  ['a tag without end', 'A <img src=x onerror=y', 'A img src=x onerror=y'],
  ['a tag in parts', '<<b>img src=x> y', 'img src=x> y'],
  ['a tag around a link', '<[img](//e.example) src=x> y', ' y'],
  ['an address that may go on', "https://shop.example'@evil.example", "https://shop.example/'@evil.example"],
  ['an address in angles', '<https://evil.example/x>', ''],
  [
    'a tag around words',
    '<<<<<<<Img>> src=http:evil.com/x onerror=alert(1)>',
    '<<<<> src=http:evil.com/x onerror=alert(1)>',
  ],
])('%s goes', (_, text, kept) => {
  if (kept !== null) expect(keepLinks(text, ['shop.example'])).toBe(kept);
  const told = tell(text).text;
  if (kept !== null) expect(told).toBe(kept);
  expect(told).not.toMatch(/<img|\/\/evil|\]\((?!https:\/\/shop)/);
});

test.each([
  ['Tap <Settings>, then <Forget This Device>', 'Tap Settings, then Forget This Device'],
  ['Write <your order number> here', 'Write your order number here'],
  ['<b>Bold</b> <Script>alert(1)</Script>', 'Bold Scriptalert(1)'],
])('words in angles that are no tag stay: %s', (text, kept) => {
  expect(keepLinks(text, [])).toBe(kept);
  expect(tell(text).text).toBe(kept);
});

test.each([
  'See [1][2], [3] and [the note].',
  '[1]: Delivery takes 3 days.',
  'See [help (new)](https://shop.example/help_(new) "Help"), or <https://shop.example/a>.',
  'At https://shop.example/a, or www.shop.example is another host of none',
  '請看 https://shop.example/a。謝謝！',
  'a < b, 3<4, <3 and x <- y -> z; 「<我的訂單>」',
  'Write to <ann@mail.example>!',
  'this and/or that // no comment; a and//or b',
  '[1]: https://shop.example/a\n',
  'array[0] = list[1](see there',
])('what is no link elsewhere stays: %s', (text) => {
  const expected = text.replace('www.shop.example', '');
  expect(keepLinks(text, ['shop.example'])).toBe(expected.replace('](see', '] (see'));
  expect(tell(text).text).toBe(expected.replace('](see', '] (see'));
});
