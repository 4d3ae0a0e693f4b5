/** Shows a reply as it grows: one part after the other, although several may grow at once. */
export interface ReplyPrinter {
  start(partId: string, index: number): void;
  /** Text from `offset` on; what was there already is replaced. */
  add(partId: string, offset: number, text: string): void;
  complete(partId: string, text: string): void;
  remove(partId: string): void;
  /** Shows what is left, whatever was completed. */
  end(): void;
}

interface Part {
  index: number;
  text: string;
  shown: string;
  isComplete: boolean;
}

/** Shows a reply through `write`. What was shown cannot be taken back, so a text that became another is shown again. */
export function replyPrinter(write: (text: string) => void): ReplyPrinter {
  const parts = new Map<string, Part>();
  const show = (part: Part) => {
    const isLonger = part.text.startsWith(part.shown);
    write(isLonger ? part.text.slice(part.shown.length) : `\n${part.text}`);
    part.shown = part.text;
  };
  /** Shows the first part that is not complete, and those before it. */
  const flush = (isEnd = false) => {
    for (const [partId, part] of [...parts].sort(([, a], [, b]) => a.index - b.index)) {
      show(part);
      if (!part.isComplete && !isEnd) return;
      if (part.text) write('\n');
      parts.delete(partId);
    }
  };
  return {
    start(partId, index) {
      const shown = parts.get(partId)?.shown ?? '';
      parts.set(partId, { index, text: '', shown, isComplete: false });
    },
    add(partId, offset, text) {
      const part = parts.get(partId);
      if (!part) return;
      part.text = part.text.slice(0, offset) + text;
      // Once more of it is there than before the agent began again.
      if (part.text.length >= part.shown.length) flush();
    },
    complete(partId, text) {
      const part = parts.get(partId);
      if (!part) return;
      Object.assign(part, { text, isComplete: true });
      flush();
    },
    remove(partId) {
      parts.delete(partId);
      flush();
    },
    end: () => flush(true),
  };
}
