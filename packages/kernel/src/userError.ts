import type { Text } from './language.js';

/**
 * Why a wish was refused, as the person asking can understand it.
 * `typeName` and further properties are those of a GraphQL type of its own (for example `OrderStateError`);
 * without it the error is shown as `InputError`.
 */
export interface UserError<Code extends string = string> {
  code: Code;
  message: Text;
  /** Path to the argument at fault, for example `['input', 'text']`. */
  field?: readonly string[];
  typeName?: string;
  [extra: string]: unknown;
}

/** Makes a user error with a sentence in both languages. */
export function userError<Code extends string>(
  code: Code,
  en: string,
  zhHant: string,
  field?: readonly string[],
): UserError<Code> {
  return { code, message: { en, 'zh-Hant': zhHant }, ...(field && { field }) };
}

/** The object does not exist, or the viewer may not know that it does: one sentence for both. */
export function notFound(...field: string[]): UserError<'NOT_FOUND'> {
  return userError('NOT_FOUND', 'There is no such object.', '找不到這個項目。', field.length ? field : undefined);
}
