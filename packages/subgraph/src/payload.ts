import type { Language, Result, UserError } from '@supportgraph/kernel';

/** A user error as GraphQL shows it. */
export type ShownUserError = { __typename: string; code: string; message: string; field: readonly string[] | null };

/** Puts a user error into the language of the request. */
export function showUserError(error: UserError, language: Language): ShownUserError {
  const { typeName = 'InputError', message, field, ...rest } = error;
  return { ...rest, __typename: typeName, message: message[language], field: field ?? null };
}

/**
 * A mutation's payload: `{ [name]: value, userErrors: [] }`, or the name with null and the errors.
 * `payload('order', await orders.cancel(input), language)`
 */
export function payload<Name extends string, T>(
  name: Name,
  result: Result<T>,
  language: Language,
): { [K in Name]: T | null } & { userErrors: ShownUserError[] } {
  const userErrors = result.ok ? [] : result.errors.map((error) => showUserError(error, language));
  return { [name]: result.ok ? result.value : null, userErrors } as { [K in Name]: T | null } & {
    userErrors: ShownUserError[];
  };
}
