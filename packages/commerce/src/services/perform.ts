import { audit, idempotent, type JsonObject, type Tx } from '@supportgraph/data';
import { fail, isStaff, ok, userError, type Result, type Viewer } from '@supportgraph/kernel';
import { tell, type CommerceEvent } from '../events.js';
import type { OnBehalf } from './access.js';
import type { CommerceDeps } from './deps.js';

/** Something that somebody wants done. */
export interface Deed {
  viewer: Viewer;
  /** What the audit calls it, for example `order.cancel`. */
  action: string;
  /** What it is done to; null if the viewer did not say. */
  subjectId: string | null;
  /** Null: the deed is idempotent by itself. */
  idempotencyKey: string | null;
  /** Everything else that was said: the same key with another input is refused. */
  input: JsonObject;
  onBehalf?: OnBehalf | null;
}

/** What came of a deed: the id of what was changed, and the event that tells others. */
export interface Done {
  id: string;
  event?: CommerceEvent;
  changes?: JsonObject;
}

/**
 * Runs a deed in one transaction with its idempotency key, its audit entry (also when it is refused) and its event.
 * Answers the id of what was changed: the same one when the key is used again.
 */
export async function perform(
  { db, clock }: CommerceDeps,
  deed: Deed,
  run: (tx: Tx, now: Date) => Promise<Result<Done>>,
): Promise<Result<string>> {
  const now = clock();
  const { viewer, action } = deed;
  if (!isStorable([deed.input, deed.idempotencyKey, deed.onBehalf])) return fail(notStorable);
  return db.transaction(async (tx) => {
    const once = async (): Promise<Result<string>> => {
      const result = await run(tx, now);
      const entry = { viewer, action, onBehalf: deed.onBehalf ?? undefined };
      if (!result.ok) {
        const [error] = result.errors;
        await audit(
          tx,
          { ...entry, outcome: 'DENIED', code: error?.code, subjectId: deed.subjectId ?? undefined },
          now,
        );
        return result;
      }
      const { id, event, changes } = result.value;
      await audit(tx, { ...entry, outcome: 'SUCCEEDED', subjectId: id, changes }, now);
      if (event) await tell(tx, event, id, now);
      return ok(id);
    };
    const scope = principal(viewer);
    if (deed.idempotencyKey === null || scope === null) return once();
    const use = { scope, key: deed.idempotencyKey, operation: action, input: deed.input, now };
    return idempotent(tx, use, once);
  });
}

/** Whether PostgreSQL can keep all texts of this, also in JSON: none has a NUL or half a surrogate pair. */
function isStorable(value: object): boolean {
  // JSON escapes exactly these two; a backslash that was in the text is itself escaped.
  return !/(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/.test(JSON.stringify(value));
}

const notStorable = userError('INVALID', 'A text has characters that cannot be kept.', '文字中含有無法儲存的字元。', [
  'input',
]);

/** Whose keys these are; null for somebody without a name, who can change nothing and so needs no key. */
function principal(viewer: Viewer): string | null {
  return viewer.staffId ?? viewer.apiClientId ?? viewer.customerId ?? (isStaff(viewer) ? viewer.role : null);
}
