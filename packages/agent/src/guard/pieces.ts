/** What stands at a place of a text, and what is told of it. */
export interface Piece {
  length: number;
  told: string;
}

/** Finds what is not told as it stands. What it decides depends on the text alone, never on the deltas it comes in. */
export interface Reader {
  /** Where something may begin, also at the end of a text that may go on. Global. */
  mark: RegExp;
  /** Reads what begins at a place; null if that takes more text, which only a text that is not the last may say. */
  read(text: string, place: number, isLast: boolean): Piece | null;
}

/** A text that is changed as it comes. The same whatever deltas it comes in. */
export interface TextFilter {
  /** What can be told now; the rest waits for what follows it. */
  write(delta: string): string;
  /** What was left when the text ended. */
  end(): string;
}

/** How much of what was passed a reader may still look at. */
export const context = 32;

/** Reads a text as it comes. */
export function pieceFilter({ mark, read }: Reader): TextFilter {
  // A text begins as a line does.
  let text = '\n';
  let place = 1;

  function go(isLast: boolean): string {
    let out = '';
    while (place < text.length) {
      mark.lastIndex = place;
      const start = mark.exec(text)?.index ?? text.length;
      out += text.slice(place, start);
      place = start;
      const piece = start < text.length ? read(text, start, isLast) : null;
      if (!piece) break;
      out += piece.told;
      place += piece.length;
    }
    return out;
  }

  return {
    write(delta) {
      const passed = Math.max(0, place - context);
      text = text.slice(passed) + delta;
      place -= passed;
      return go(false);
    },
    end: () => go(true),
  };
}

/** A whole text, read. */
export function readAll(reader: Reader, text: string): string {
  const filter = pieceFilter(reader);
  return filter.write(text) + filter.end();
}

/** Filters one after the other. */
export function inTurn(filters: readonly TextFilter[]): TextFilter {
  return {
    write: (delta) => filters.reduce((text, filter) => filter.write(text), delta),
    end: () => filters.reduce((text, filter) => filter.write(text) + filter.end(), ''),
  };
}

/** What a sticky expression finds at a place. */
export function matchAt(pattern: RegExp, text: string, place: number): string | undefined {
  pattern.lastIndex = place;
  return pattern.exec(text)?.[0];
}

/** So many characters at a place, told as they are. */
export const asItIs = (text: string, place: number, length = 1): Piece => ({
  length,
  told: text.slice(place, place + length),
});
