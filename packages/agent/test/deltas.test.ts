import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openBook, openVault } from '../src/index.js';
import { keepLinks } from '../src/guard/links.js';
import { canary, inPieces, prompt, tellDeltas } from './guarded.js';

const parts = [
  ...[
    '[',
    ']',
    '(',
    ')',
    '![',
    '](',
    ']:',
    '<',
    '>',
    '<img src=',
    '</b>',
    '//',
    'https://',
    'www.',
    '\\',
    '"',
    '\n',
    '\n\n',
  ],
  ...['evil.example/x', 'shop.example/a', 'javascript:', '@', ' ', '  ', '.', ', ', '-', '/', '_', '!', '。', '，'],
  ...[
    '4111 1111',
    ' 1111 1111',
    '1111',
    '12',
    '2026',
    'W1234567',
    '４１１１',
    'a',
    'word ',
    'I will ',
    'get back to you. ',
    'I have ',
    'cancelled ',
    'your order ',
    'was cancelled ',
    'by me. ',
    'our team ',
    'is on it. ',
    '我已',
    '幫您',
    '通知',
    '倉庫',
    '訂單',
    '改好了',
  ],
  ...['sk-', 'sg_', 'eyJ', 'Bearer ', 'abcdefghijklmnopqrst', 'a1b2'.repeat(300), 'x'.repeat(320)],
  ...['⟦email_1⟧', '⟦', '⟧', '⟦phone_9⟧', 'ref-', canary.slice(4, 14), canary.slice(14), canary, prompt.slice(20, 60)],
  ...[prompt.slice(60, 130), prompt.slice(150, 190), '😀'],
];

/** A text of such parts, and deltas that it comes in. */
const texts = fc.array(fc.constantFrom(...parts), { maxLength: 30 }).map((some) => some.join(''));
const cuts = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 40 });

function* inCuts(text: string, sizes: readonly number[]): Generator<string> {
  for (let at = 0, index = 0; at < text.length; index += 1) {
    const size = sizes[index % sizes.length]!;
    yield text.slice(at, at + size);
    at += size;
  }
}

test('what is told does not depend on the deltas', () => {
  fc.assert(
    fc.property(texts, cuts, (text, sizes) => {
      const vault = openVault();
      vault.hide('ann@mail.example');
      expect(tellDeltas(inCuts(text, sizes), vault)).toEqual(tellDeltas([text], vault));
    }),
    { numRuns: 1_000, seed: 26 },
  );
});

test('what is told has no links elsewhere', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const { text: told } = tellDeltas([text]);
      expect(told).not.toMatch(/<img[^<]*[>=]|\/\/evil\.example|\]\((?!\s?<?(?:https:\/\/shop|www\.shop))/);
      expect(keepLinks(told, ['shop.example'])).toBe(told);
    }),
    { numRuns: 1_000, seed: 26 },
  );
});

describe('time grows no faster than a text', () => {
  const length = 8_000;
  const marks = [
    '[',
    ']',
    '<',
    '<a',
    '!',
    '![',
    '(',
    '[a](',
    '[a]:',
    'a',
    '1 ',
    '1',
    '4',
    '@',
    'a@',
    '⟦',
    'Bearer ',
    'Bearer',
    ' ',
  ];
  const more = [
    'http',
    'https://',
    '//',
    'www.',
    'eyJ',
    'eyJ-',
    'sk-',
    '\\',
    '\n',
    '[1]: x',
    '路',
    '1 A ',
    '1 a ',
    '(02)',
    '.',
    '號',
    'I have ',
    'I have passed it and ',
    'I got a ',
    'was cancelled and ',
    'our team is ',
    '我把',
    '我已',
    '幫您',
    '倉庫會',
    '改好',
  ];

  test.each([...marks, ...more])('of nothing but “%s”', (mark) => {
    const text = mark.repeat(length / mark.length);
    const before = process.cpuUsage();
    tellDeltas(inPieces(text, 4), openBook);
    openVault().hide(text);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(2_000);
  });
});
