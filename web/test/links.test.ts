import { expect, test } from 'vitest';
import { linksTo } from '../src/markdown/links.js';

const mayLink = linksTo(['shop.example', 'Support.Example']);

test.each(['https://shop.example/returns', 'http://www.shop.example', 'https://support.example/a?b#c'])(
  '%s leads to the shop',
  (href) => expect(mayLink(href)).toBe(true),
);

test.each([
  'https://evil.example/',
  'https://shop.example.evil.example/',
  'https://notshop.example/',
  'https://shop.example@evil.example/',
  'https://user:password@shop.example/',
  'javascript:alert(1)//https://shop.example',
  'data:text/html,shop.example',
  '//shop.example/',
  '/returns',
  'https://',
  'ftp://shop.example/',
])('%s does not', (href) => expect(mayLink(href)).toBe(false));
