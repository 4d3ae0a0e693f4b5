/** One value of a shop file: an entry of a list (`orders`, 3), or a value of its own (`currency`, null). */
export interface FileRecord {
  section: string;
  index: number | null;
  value: unknown;
}

/** The text is not the JSON of one object. `path` says how far it was. */
export class MalformedFile extends Error {
  constructor(readonly path: readonly string[]) {
    super('The file is not valid JSON');
  }
}

/**
 * Reads the JSON object of a shop file piece by piece, so that a file of any size needs the memory of one record.
 * It only finds where each record ends; whether the record is JSON is for `JSON.parse` to say.
 */
export async function* readRecords(chunks: AsyncIterable<string>): AsyncGenerator<FileRecord> {
  const reader = new RecordReader();
  for await (const chunk of chunks) yield* reader.read(chunk);
  reader.finish();
}

/** The signs that mean something outside and inside of a string. JSON's own signs are one unit each, so no chunk cuts one. */
const signs = /["{}[\],]/g;
const signsInString = /["\\]/g;

class RecordReader {
  private depth = 0;
  private text = '';
  private isInString = false;
  private isEscaped = false;
  private list: { section: string; next: number } | null = null;
  /** What came last, for signs that must not follow one another. */
  private last: 'start' | 'comma' | 'list' = 'start';
  private isClosed = false;
  private ready: FileRecord[] = [];

  *read(chunk: string): Generator<FileRecord> {
    for (let from = 0; from < chunk.length;) {
      const at = this.nextSign(chunk, from);
      this.take(chunk.slice(from, at));
      if (at < chunk.length) this.readSign(chunk[at]!);
      from = at + 1;
      if (this.ready.length) yield* this.ready.splice(0);
    }
  }

  finish(): void {
    if (!this.isClosed) throw this.malformed();
  }

  private nextSign(chunk: string, from: number): number {
    if (this.isEscaped) return from;
    const wanted = this.isInString ? signsInString : signs;
    wanted.lastIndex = from;
    return wanted.exec(chunk)?.index ?? chunk.length;
  }

  private take(text: string): void {
    if (this.depth === 0 && text.trim() !== '') throw this.malformed();
    this.text += text;
  }

  private readSign(sign: string): void {
    if (this.isInString) {
      this.text += sign;
      if (this.isEscaped) this.isEscaped = false;
      else if (sign === '\\') this.isEscaped = true;
      else this.isInString = false;
      return;
    }
    switch (sign) {
      case '{':
      case '[':
        return this.open(sign);
      case '}':
      case ']':
        return this.close(sign);
      case ',':
        if (this.depth !== this.level) return this.take(sign);
        this.flush();
        this.last = 'comma';
        return;
      case '"':
        this.take(sign);
        this.isInString = true;
    }
  }

  /** The depth at which the records of the moment lie: in the file's object, or in one of its lists. */
  private get level(): number {
    return this.list ? 2 : 1;
  }

  private open(bracket: string): void {
    this.depth += 1;
    if (this.depth === 1) {
      if (bracket !== '{' || this.isClosed) throw this.malformed();
      this.text = '';
    } else if (this.depth === 2 && bracket === '[' && !this.list) {
      if (this.last === 'list') throw this.malformed();
      this.list = { section: this.keyBefore(this.text), next: 0 };
      this.text = '';
      this.last = 'start';
    } else this.text += bracket;
  }

  private close(bracket: string): void {
    if (this.depth > this.level) this.text += bracket;
    else this.end(bracket);
    this.depth -= 1;
  }

  /** Ends the list, or the file's object. */
  private end(bracket: string): void {
    if (this.depth === 0 || bracket !== (this.list ? ']' : '}')) throw this.malformed();
    this.flush('end');
    if (!this.list) this.isClosed = true;
    this.last = 'list';
    this.list = null;
  }

  /** Takes the text so far as one record. There may be none after a list, and before the end of one without records. */
  private flush(at?: 'end'): void {
    const text = this.text.trim();
    this.text = '';
    const isRight = text ? this.last !== 'list' : this.last === 'list' || (this.last === 'start' && at === 'end');
    if (!isRight) throw this.malformed();
    if (text === '') return;
    if (this.list) {
      const { section, next } = this.list;
      this.ready.push({ section, index: next, value: this.parse(text) });
      this.list.next += 1;
      return;
    }
    // Just wrapped into an object, and so it is one if it is JSON.
    const entries = Object.entries(this.parse(`{${text}}`) as object);
    for (const [section, value] of entries) this.ready.push({ section, index: null, value });
  }

  private keyBefore(text: string): string {
    const [, key = ''] = /^([^]*):\s*$/.exec(text) ?? [];
    const section: unknown = this.parse(key);
    if (typeof section !== 'string') throw this.malformed();
    return section;
  }

  private parse(text: string): unknown {
    try {
      return JSON.parse(text);
    } catch {
      throw this.malformed();
    }
  }

  private malformed(): MalformedFile {
    return new MalformedFile(this.list ? [this.list.section, String(this.list.next)] : []);
  }
}
