import { silent } from '@supportgraph/kernel';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { closing } from '../src/closing.js';
import { shutdown } from '../src/shutdown.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function process(stop: () => Promise<void>, started: Promise<unknown> = Promise.resolve()) {
  const exits: number[] = [];
  const platform = started.then(() => ({ stop }));
  const onSignal = shutdown(platform, { drainMs: 10_000, log: silent, exit: (code) => exits.push(code) });
  return { onSignal, exits };
}
const never = () => new Promise<void>(() => {});

test('the first signal stops everything and exits with 0', async () => {
  const { onSignal, exits } = process(() => Promise.resolve());
  onSignal();
  await vi.advanceTimersByTimeAsync(0);
  expect(exits).toEqual([0]);
});

test('a signal during the start is obeyed when the start is done', async () => {
  let start = () => {};
  const { onSignal, exits } = process(() => Promise.resolve(), new Promise<void>((resolve) => (start = resolve)));
  onSignal();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(exits).toEqual([]);
  start();
  await vi.advanceTimersByTimeAsync(0);
  expect(exits).toEqual([0]);
});

test('the same signal passed on by npm is not a second one; a later one exits at once', async () => {
  const { onSignal, exits } = process(never);
  onSignal();
  onSignal();
  await vi.advanceTimersByTimeAsync(600);
  expect(exits).toEqual([]);
  onSignal();
  expect(exits).toEqual([130]);
});

test('stopping that hangs or fails exits with 1', async () => {
  const hanging = process(never);
  hanging.onSignal();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(hanging.exits).toEqual([1]);
  const failing = process(() => Promise.reject(new Error('x')));
  failing.onSignal();
  await vi.advanceTimersByTimeAsync(0);
  expect(failing.exits).toEqual([1]);
});

test('what was opened is closed in reverse order, also when a part of it fails', async () => {
  const closed: number[] = [];
  const opened = closing();
  for (const n of [1, 2, 3])
    opened.add(() => {
      closed.push(n);
      return n === 2 ? Promise.reject(new Error('2 fails')) : Promise.resolve();
    });
  await expect(opened.close()).rejects.toMatchObject({ errors: [new Error('2 fails')] });
  expect(closed).toEqual([3, 2, 1]);
});
