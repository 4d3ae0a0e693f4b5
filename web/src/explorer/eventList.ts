/** What is shown of a subscription: all events in order, or of very many the newest. */
export interface ShownEvents {
  /** How many came before those that are shown; left out if none. */
  leftOut?: number;
  received: unknown[];
  /** How many came in all: last, where it is in view together with the newest event. */
  events: number;
}

/** The events of one subscription. */
export interface EventList {
  add(event: unknown): void;
  shown(): ShownEvents;
}

/** Makes an {@link EventList} that shows at most so many, and holds less than twice as many. */
export function openEventList(most = 500): EventList {
  let received: unknown[] = [];
  let events = 0;
  return {
    add(event) {
      received.push(event);
      events += 1;
      // Cut rarely, so that a fast stream does not move all of them for each one.
      if (received.length >= 2 * most) received = received.slice(-most);
    },
    shown() {
      const kept = received.slice(-most);
      const leftOut = events - kept.length;
      return { ...(leftOut && { leftOut }), received: kept, events };
    },
  };
}
