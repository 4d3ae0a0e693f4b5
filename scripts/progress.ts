const pauseMs = 500;

/** Tells on stderr how far something is, not too often; `end` tells it for the last time. */
export function showProgress(out: NodeJS.WriteStream): { tell(line: string): void; end(): void } {
  let last = '';
  let toldAt = 0;
  const write = (line: string) => out.write(out.isTTY ? `\r\x1b[K${line}` : `${line}\n`);
  return {
    tell(line) {
      last = line;
      if (Date.now() - toldAt < pauseMs) return;
      toldAt = Date.now();
      write(line);
      last = '';
    },
    end() {
      if (last) write(last);
      if (out.isTTY) out.write('\n');
    },
  };
}
