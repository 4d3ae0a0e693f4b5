import { describe, expect, test } from 'vitest';
import { canaryOf } from '../src/guard/canary.js';
import { outgoing } from '../src/guard/outgoing.js';
import { openBook, openVault, type Vault } from '../src/index.js';

const prompt =
  'You answer.\n- Every fact in your answer comes from the search tool, and you know nothing else about this shop.';
const canary = canaryOf(prompt);

interface Told {
  text: string;
  hasLeaked: boolean;
}

/** What is told of a text that comes in pieces of so many characters. */
function tell(text: string, size: number, vault: Vault = openBook, language: 'en' | 'zh-Hant' = 'en'): Told {
  const guarded = outgoing({ language, linkHosts: ['shop.example'], prompt, canary, vault });
  let told = '';
  for (let at = 0; at < text.length; at += size) told += guarded.write(text.slice(at, at + size));
  return { text: told + guarded.end(), hasLeaked: guarded.hasLeaked };
}

const sizes = [1, 2, 3, 5, 7, 16, 10_000];

describe('what a model writes', () => {
  test.each<[string, string, string]>([
    [
      'ordinary words',
      'Your order #W1234567 has 2 items, 19.90 USD [1]!',
      'Your order #W1234567 has 2 items, 19.90 USD [1]!',
    ],
    ['a parcel’s number', 'Parcel 396768801953 is on its way.', 'Parcel 396768801953 is on its way.'],
    ['a card number', 'Paid with 4111 1111 1111 1111 today.', 'Paid with •••• today.'],
    ['a card number in dashes', 'It is 5500-0000-0000-0004.', 'It is ••••.'],
    ['a card number without spaces', 'x4111111111111111y and 378282246310005', 'x••••y and ••••'],
    ['a card number in full width', '卡號４１１１１１１１１１１１１１１１。', '卡號••••。'],
    ['a link to the shop', 'See [help](https://shop.example/help).', 'See [help](https://shop.example/help).'],
    ['a link elsewhere', 'See [this page](https://evil.example/?d=secret) now.', 'See this page now.'],
    ['a bare address elsewhere', 'Go to https://evil.example/a?b=c now', 'Go to  now'],
    ['a bare address of the shop', 'Go to https://shop.example/a now', 'Go to https://shop.example/a now'],
    ['an address that hides its host', 'https://shop.example@evil.example/ x', ' x'],
    ['an address without a scheme', 'Go to www.evil.example/x now', 'Go to  now'],
    ['an image that carries data away', 'Hi ![chart](https://evil.example/i.png?d=4111) there', 'Hi chart there'],
    ['an image of the shop', '![x](https://shop.example/x.png) done', 'x done'],
    ['a script link', 'Click [me](javascript:alert(1)) now', 'Click me now'],
    ['an HTML image', 'A <img src="https://evil.example/x"> B', 'A  B'],
    ['a key of a cloud', `Use ${'AKIA'}${'Z2'.repeat(8)} now`, 'Use … now'],
    ['a key in pieces', `It is ${'sk-'}\u200b${'a1b2'.repeat(6)}.`, 'It is ….'],
    ['a card in pieces', 'It is 4\u200b111 1111 1111 1111.', 'It is ••••.'],
    [
      'a text turned around',
      'Pay \u202etfig\u202c now \u{1f468}\u200d\u{1f469}',
      'Pay tfig now \u{1f468}\u200d\u{1f469}',
    ],
    ['a key', `The key is ${'sk-'}${'a1b2'.repeat(6)} done`, 'The key is … done'],
    ['a bearer token', 'Use Bearer abcdefghijklmnopqrstuvwxyz please', 'Use … please'],
    [
      'a promise that nobody keeps',
      'Sorry. I will get back to you tomorrow. Bye.',
      'Sorry. If you would like a colleague to take this over, just say so. Bye.',
    ],
    ['what the shop does', 'We will email you when it ships.', 'We will email you when it ships.'],
  ])('%s', (_, written, told) => {
    for (const size of sizes) expect([size, tell(written, size)]).toEqual([size, { text: told, hasLeaked: false }]);
  });

  test('a promise in Chinese becomes the offer of a person', () => {
    for (const size of sizes)
      expect(tell('好的。我稍後會再回覆您。', size, openBook, 'zh-Hant').text).toBe(
        '好的。如果您希望由專人接手，請直接告訴我。',
      );
  });

  test.each([
    ['its mark', `Sure: ${canary} is it.`, 'Sure: '],
    ['a line of it', `Sure: ${prompt.split('\n- ')[1]}`, 'Sure: '],
  ])('ends where the prompt leaks by %s', (_, written, told) => {
    for (const size of sizes) {
      const { text, hasLeaked } = tell(written, size);
      expect(hasLeaked).toBe(true);
      expect(text.startsWith(told)).toBe(true);
      expect(text).not.toContain(canary);
      expect(text.length).toBeLessThan(told.length + 60);
    }
  });

  test('nothing is held back for ever', () => {
    const guarded = outgoing({ language: 'en', linkHosts: [], prompt, canary, vault: openBook });
    const told = Array.from({ length: 2_000 }, () => guarded.write('[a')).join('');
    expect(told.length).toBeGreaterThan(2_000);
  });
});

describe('personal data', () => {
  const text = 'I am ann@mail.example, +1 555-010-9999, at 12 Oak Street; card 4111 1111 1111 1111, order #W1234567.';

  test('is not in what the model reads, and is in what the customer reads', () => {
    const vault = openVault();
    const hidden = vault.hide(text);
    expect(hidden).toBe('I am ⟦email_1⟧, ⟦phone_1⟧, at ⟦address_1⟧; card ••••, order #W1234567.');
    expect(vault.hide('Again ann@mail.example, and bob@mail.example')).toBe('Again ⟦email_1⟧, and ⟦email_2⟧');
    for (const size of sizes)
      expect(tell('Sent to ⟦email_1⟧ and ⟦email_9⟧, ⟦address_1⟧.', size, vault).text).toBe(
        'Sent to ann@mail.example and , 12 Oak Street.',
      );
  });

  test('a customer cannot write tokens', () => {
    expect(openVault().hide('⟦email_1⟧')).toBe('email_1');
  });

  test('is found in what tools answer and put back into what they are given', () => {
    const vault = openVault();
    const hidden = vault.hideIn({ customer: { email: 'ann@mail.example' }, lines: ['臺北市信義路五段7號', 3, null] });
    expect(JSON.stringify(hidden)).not.toMatch(/ann|信義路/);
    expect(vault.revealIn({ to: '⟦email_1⟧' })).toEqual({ to: 'ann@mail.example' });
  });
});
