import { userError, type UserError } from '@supportgraph/kernel';

/** Ends an import: thrown inside its transaction, so that nothing of the file is kept, and answered as a result. */
export class ImportRefused extends Error {
  constructor(readonly error: UserError) {
    super('The import is refused');
  }
}

/** Refuses the record, or the part of it, at this path. `why` is a sentence without a full stop. */
export function refuse(path: readonly (string | number)[], why: string): never {
  const field = path.map(String);
  throw new ImportRefused(
    userError('INVALID', `${showPath(field)}: ${why}.`, `${showPath(field)}：資料不正確（${why}）。`, field),
  );
}

/** `['orders', '3', 'items', '0']` → `orders[3].items[0]`. */
export function showPath(path: readonly string[]): string {
  const shown = path.map((part) => (/^\d+$/.test(part) ? `[${part}]` : `.${part}`)).join('');
  return shown.replace(/^\./, '') || 'file';
}
