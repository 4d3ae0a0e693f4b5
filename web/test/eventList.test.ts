import { expect, test } from 'vitest';
import { openEventList } from '../src/explorer/eventList.js';

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

test('all events are shown in order, with their number', () => {
  const list = openEventList();
  expect(list.shown()).toEqual({ received: [], events: 0 });
  numbers(3).forEach((event) => list.add(event));
  expect(list.shown()).toEqual({ received: [0, 1, 2], events: 3 });
});

test('of very many the newest are shown, and how many are left out', () => {
  const list = openEventList(10);
  numbers(1_234).forEach((event) => list.add(event));
  expect(list.shown()).toEqual({ leftOut: 1_224, received: numbers(1_234).slice(-10), events: 1_234 });
});
