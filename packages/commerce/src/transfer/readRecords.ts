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
  for await (const chunk of chunks) {
    // A surrogate pair may be cut in two by a chunk, but JSON's own signs are one unit each.
    for (let i = 0; i < chunk.length; i++) {
      reader.read(chunk[i]!);
      if (reader.ready.length) yield* reader.ready.splice(0);
    }
  }
  reader.finish();
}

class RecordReader {
  readonly ready: FileRecord[] = [];
  private depth = 0;
  private text = '';
  private isInString = false;
  private isEscaped = false;
  private list: { section: string; next: number } | null = null;
  private isClosed = false;

  read(character: string): void {
    if (this.isInString) {
      this.text += character;
      if (this.isEscaped) this.isEscaped = false;
      else if (character === '\\') this.isEscaped = true;
      else if (character === '"') this.isInString = false;
      return;
    }
    switch (character) {
      case '{':
      case '[':
        return this.open(character);
      case '}':
      case ']':
        return this.close(character);
      case ',':
        if (this.depth === this.level) return this.flush();
        break;
      case '"':
        this.isInString = true;
    }
    if (this.depth === 0 && character.trim() !== '') throw this.malformed();
    this.text += character;
  }

  finish(): void {
    if (!this.isClosed) throw this.malformed();
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
      this.list = { section: this.keyBefore(this.text), next: 0 };
      this.text = '';
    } else this.text += bracket;
  }

  private close(bracket: string): void {
    if (this.depth === this.level) this.flush();
    else this.text += bracket;
    if (this.list && this.depth === 2) this.list = null;
    this.depth -= 1;
    if (this.depth === 0) this.isClosed = true;
    if (this.depth < 0) throw this.malformed();
  }

  /** Takes the text so far as one record. */
  private flush(): void {
    const text = this.text.trim();
    this.text = '';
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
    const key: unknown = this.parse(text.trim().replace(/:$/, ''));
    if (typeof key !== 'string') throw this.malformed();
    return key;
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
