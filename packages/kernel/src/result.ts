import type { UserError } from './userError.js';

/** What a service answers: a value, or why the wish was refused (and nothing was changed). */
export type Result<T, E extends UserError = UserError> = { ok: true; value: T } | { ok: false; errors: readonly E[] };

/** The wish was granted. */
export function ok<T>(value: T): { ok: true; value: T } {
  return { ok: true, value };
}

/** The wish was refused for these reasons. */
export function fail<E extends UserError>(...errors: [E, ...E[]]): { ok: false; errors: readonly E[] } {
  return { ok: false, errors };
}
