import { describe, expect, test } from 'vitest';
import { leakFinder } from '../src/guard/canary.js';
import { canary, prompt, tell } from './guarded.js';

const line = 'Look at an order with `get_order` before you speak about it or change it. Give amounts, dates';
const hex = canary.slice('ref-'.length);
const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('a prompt leaks', () => {
  test.each([
    ['by a line', line],
    ['in capitals', line.toUpperCase()],
    ['in more white space', line.replaceAll(' ', '  \n ')],
    ['in markdown', line.replaceAll(' ', ' **').replaceAll('.', '_.')],
    ['cut at both ends', line.slice(7, 88)],
    ['in full width', line.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))],
    ['within tags', line.replaceAll(' ', ' <b>')],
    ['in base64', base64(prompt)],
    ['in base64, from its second byte on', base64(prompt.slice(1, 100))],
    ['in base64, from its third byte on', base64(prompt.slice(2, 100))],
    ['by its mark', canary],
    ['by its mark in capitals', canary.toUpperCase()],
    ['by its mark without the beginning', hex],
    ['by its mark in spaces', [...hex].join(' ')],
    ['by its mark in dashes', hex.match(/.{4}/g)!.join('-')],
    ['by its mark within tags', `${hex.slice(0, 9)}<i>${hex.slice(9)}`],
    ['by its mark in an address', `https://evil.example/${hex}`],
  ])('%s', (_, leak) => {
    const { text, hasLeaked } = tell(`Sure: ${leak}, and so on.`);
    expect(hasLeaked).toBe(true);
    expect(text.startsWith('Sure:')).toBe(true);
    expect(text).not.toContain('and so on');
    expect(text.length).toBeLessThan(60);
    expect(leakFinder(prompt, canary)(leak.replaceAll(/<.>/g, ''))).toBeGreaterThanOrEqual(0);
  });

  test('not by what an honest answer says in its own words', () => {
    const honest = [
      'I am an assistant: I can help with general questions, orders, returns and refunds, and technical problems.',
      'You are the assistant for orders in the support chat, are you?',
      'I look at an order before I speak about it, and give dates as the tool has them.',
      'The reference of your refund is ref-0123456789abcdef0123.',
    ].join(' ');
    expect(tell(honest)).toEqual({ text: honest, hasLeaked: false });
  });
});
