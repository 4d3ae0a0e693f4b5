import { describe, expect, test } from 'vitest';
import { sizeFor } from '../src/difficulty.js';

const techsupport = { kind: 'TECHSUPPORT', model: 'middle' } as const;
const orders = { kind: 'ORDERS', model: 'middle' } as const;
const sizeOf = (text: string, agent: Parameters<typeof sizeFor>[1] = techsupport, isRetry = false) =>
  sizeFor({ text, isRetry }, agent);

describe('a large model is asked', () => {
  test.each([
    'This is unacceptable!',
    'I will sue you for this',
    'What a terrible service',
    'Your support is the worst',
    '我要投訴',
    '太離譜了，等了三個月',
  ])('for a complaint, whoever answers: %s', (text) => expect(sizeOf(text, orders)).toBe('large'));

  test.each([
    'I have tried everything, the router drops every hour',
    'Already reset it twice and it still does not pair',
    'none of that helped',
    'The app keeps crashing after the update',
    'It’s still not charging',
    '我試過重置了，還是不行',
    '重裝了好幾次也一樣',
    '都试了，仍然无法连接',
  ])('for a technical problem that outlasted the usual remedies: %s', (text) => {
    expect(sizeOf(text)).toBe('large');
    expect(sizeOf(text, orders)).toBe('middle');
  });

  test('for what failed before', () => expect(sizeOf('Where is #W1?', orders, true)).toBe('large'));
});

test.each([
  'My headphones won’t pair with my phone',
  'How do I reset the thermostat?',
  'Sue ordered it for me, no terrible rush',
  'In the worst case I keep it',
  '耳機連不上藍牙',
  '怎麼重置？',
])('the agent’s own is enough: %s', (text) => expect(sizeOf(text)).toBe('middle'));
