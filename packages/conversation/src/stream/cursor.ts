/** A place in a session's stream, as precisely as is needed to notice that the log was lost or came back old. */
export interface Position {
  /** Names the stream's life: a log that comes back empty begins another. */
  epoch: string;
  /** Number of the event; 0 is before the first. */
  seq: number;
  /** The log's own id of the entry, random: another history has another entry at this number. */
  entry: string;
}

/** A position that no log has. */
export const nowhere: Position = { epoch: 'none', seq: 0, entry: '0' };

/** A position as clients see it. */
export function cursorOf({ epoch, seq, entry }: Position): string {
  return Buffer.from(`${epoch}.${seq}.${entry}`).toString('base64url');
}

/** The position that a cursor names; null if it is none of ours. */
export function parseCursor(cursor: string): Position | null {
  const text = Buffer.from(cursor, 'base64url').toString('latin1');
  const [, epoch, seq, entry] = /^([\w-]{1,32})\.(\d{1,15})\.(\d{1,20})$/.exec(text) ?? [];
  return epoch && seq && entry ? { epoch, seq: Number(seq), entry } : null;
}

/** Whether two positions are the same place of the same history. */
export function samePosition(a: Position, b: Position): boolean {
  return a.seq === b.seq && a.entry === b.entry && a.epoch === b.epoch;
}
