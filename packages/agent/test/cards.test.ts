import { describe, expect, test } from 'vitest';
import { hideCards } from '../src/guard/cards.js';
import { openVault } from '../src/index.js';
import { tell } from './guarded.js';

describe('a card number is hidden', () => {
  test.each([
    ['before other digits', 'It is 4111 1111 1111 1111 123.', 'It is •••• 123.'],
    ['after other digits', 'in 2026 4111 1111 1111 1111 was used', 'in 2026 •••• was used'],
    ['among other digits', '12 4111-1111-1111-1111 11/28 123', '12 •••• 11/28 123'],
    ['in two spaces', '4111  1111  1111  1111', '••••'],
    ['in slashes', '4111/1111/1111/1111', '••••'],
    ['in underscores', '4111_1111_1111_1111', '••••'],
    ['in lines', '4111\n1111\n1111\n1111', '••••'],
    ['in tabs', '4111\t1111\t1111\t1111', '••••'],
    ['in commas', '4111, 1111, 1111, 1111', '••••'],
    ['in invisible spaces', '4111\u200b1111\u200b1111\u200b1111', '••••'],
    ['in stars', '**4111** **1111** **1111** **1111**', '**••••**'],
    ['in colons and pipes', '4111:1111|1111 | 1111', '••••'],
    ['in code', '`4111` `1111` `1111` `1111`', '`••••`'],
    ['in square brackets', '[4111][1111][1111][1111]', '[••••]'],
    ['in wide gaps', '4111      1111      1111      1111', '••••'],
    ['in brackets', '(4111) (1111) (1111) (1111)', '(••••)'],
    ['in different gaps', '4111 1111-1111.1111', '••••'],
    ['digit by digit', '4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 ok', '•••• ok'],
    ['in pairs', '41 11 11 11 11 11 11 11', '••••'],
    ['of American Express', 'Amex 3782 822463 10005!', 'Amex ••••!'],
    ['of 19 digits', '6212345678900000003', '••••'],
    ['twice', '4111 1111 1111 1111 5500 0000 0000 0004', '•••• ••••'],
  ])('%s', (_, text, hidden) => {
    expect(hideCards(text)).toBe(hidden);
    expect(openVault().hide(text)).not.toMatch(/1111|2463|6212|0004/);
    expect(tell(text).text).toBe(hidden);
  });
});

describe('no card is', () => {
  test.each([
    ['an order’s number', 'Orders #W2378156, #W1234567 and W411111111111'],
    ['a parcel’s number', 'Parcels 396768801953, 396768801954 and 9400111899223197428490'],
    ['a number too long for one', '41111111111111111112345'],
    ['days', '2026-02-10, 2026-02-11; 10/02/2026 30/03/2026, 31.12.2025'],
    ['prices', '39.90, 19.90, 45.50, 39.90, 51.20; 1,299.00, 4,500.00 and 3,720.00'],
    ['sizes', 'Sizes 36, 38, 40, 42, 44, 46, 48, 50 and 34/36/38/40/42/44/46/48'],
    ['times', '12:30-14:00, 14:30-16:00; 08:15:30, 09:15:45 (10:00), 11:30'],
    ['a table', '| 3701 | 2499 | 1200 |\n| 4111 | 1111 | 1112 |'],
    ['a number without a card’s check digit', '4111 1111 1111 1112'],
  ])('%s', (_, text) => {
    expect(hideCards(text)).toBe(text);
    expect(tell(text).text).toBe(text);
  });
});
