import { expect, test } from 'vitest';
import { itemsSaid } from '../src/agent/offline/items.js';

const thing = (name: string) => ({ name, options: (/ \((.*)\)$/.exec(name)?.[1] ?? '').split(', ') });
const items = ['Webcam (1080p)', 'Air Purifier (medium)', 'Air Purifier (large)', 'Smart Bulb (white)', 'Smart Watch (black)', 'Rain Jacket (navy, M)'].map(thing); // prettier-ignore

test.each([
  [
    ['return the air purifier medium', 'can i also return the large one'],
    [1, 2],
  ],
  [['return the smart watch'], [4]],
  [['return the smart bulb and the watch'], [3, 4]],
  [['return the air purifier'], []],
  [['return both air purifiers'], [1, 2]],
  [["it's broken, I'm returning the webcam"], [0]],
  [['it does not work, return the webcam'], [0]],
  [["I don't want to keep the webcam, return it"], [0]],
  [['the webcam came without a cable, I return it'], [0]],
  [
    ['return everything', 'except the webcam, the watch and the jacket'],
    [1, 2, 3],
  ],
  [
    ['return everything', 'no, not the webcam'],
    [1, 2, 3, 4, 5],
  ],
  [['除了雨衣全部退'], [0, 1, 2, 3, 4]],
  [
    ['退雨衣', '還有 webcam'],
    [0, 5],
  ],
  [['return the webcam', 'no, the jacket'], [5]],
] as [string[], number[]][])('%j', (said, places) => {
  expect(itemsSaid(items, said)).toEqual(places.map((place) => items[place]));
});
