import type { ReplyWriter } from '@supportgraph/agent';

/** An guide that an answer may rest on. */
export interface Source {
  guideId: string;
  title: string;
}

/** The sources of one answer: each has a number, and one whose `[number]` is in the text is cited. */
export interface Sources {
  /** The number of a source. */
  number(source: Source): number;
  /** Writes the answer, and cites. */
  writer: ReplyWriter;
}

const longestMark = '[99]'.length;

/** Makes the {@link Sources} of an answer that is written with `writer`. */
export function sourcesOf(writer: ReplyWriter): Sources {
  const known: Source[] = [];
  const cited = new Set<number>();
  let tail = '';

  const cite = (number: number) => {
    const source = known[number - 1];
    if (!source || cited.has(number)) return;
    cited.add(number);
    writer.cite({ number, ...source });
  };

  return {
    number(source) {
      const index = known.findIndex(({ guideId }) => guideId === source.guideId);
      return index < 0 ? known.push(source) : index + 1;
    },
    writer: {
      ...writer,
      text(delta) {
        writer.text(delta);
        // A mark may come in pieces.
        const text = tail + delta;
        for (const [, number] of text.matchAll(/\[(\d{1,2})\]/g)) cite(Number(number));
        tail = text.slice(1 - longestMark);
      },
    },
  };
}
