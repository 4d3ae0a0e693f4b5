import type { Shop } from './shop.js';

/** Whether people of the staff are there, and when they are next if not. */
export type BusinessState = { isOpen: true; opensAt: null } | { isOpen: false; opensAt: Date };

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** Looks at the shop's clock on the wall; a shop without spans is always open. */
export function businessState({ businessSpans, timeZone }: Shop, now: Date): BusinessState {
  const here = wallClock(now, timeZone);
  const isOpen = businessSpans.some(
    ({ weekday, opens, closes }) => weekday === here.weekday && opens <= here.time && here.time < closes,
  );
  if (businessSpans.length === 0 || isOpen) return { isOpen: true, opensAt: null };
  const starts = businessSpans.map(({ weekday, opens }) => nextTime(now, timeZone, weekday, opens));
  return { isOpen: false, opensAt: new Date(Math.min(...starts)) };
}

function wallClock(at: Date, timeZone: string): { weekday: number; time: string } {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? '';
  const weekday = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(part('weekday')) + 1;
  return { weekday, time: `${part('hour')}:${part('minute')}` };
}

/** The next time after `now` at which the clock on the wall shows this. */
function nextTime(now: Date, timeZone: string, weekday: number, time: string): number {
  const here = wallClock(now, timeZone);
  const minutes = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
  const wait = ((((weekday - here.weekday) * 1_440 + minutes(time) - minutes(here.time)) % 10_080) + 10_080) % 10_080;
  const guess = Math.floor(now.getTime() / minuteMs) * minuteMs + (wait || 10_080) * minuteMs;
  // A change to or from summer time in between moves the guess by what the clock then differs.
  const drift = minutes(time) - minutes(wallClock(new Date(guess), timeZone).time);
  return guess + (((drift * minuteMs + dayMs * 1.5) % dayMs) - dayMs / 2);
}
