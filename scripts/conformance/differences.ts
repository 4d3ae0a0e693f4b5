/** Where two values of JSON differ, one line each: `transactions.1.amount is "20.00", should be "25.50"`. */
export function differences(is: unknown, should: unknown, path = ''): string[] {
  if (!isObject(is) || !isObject(should))
    return Object.is(is, should) ? [] : [`${path} is ${shown(is)}, should be ${shown(should)}`];
  const names = new Set([...Object.keys(is), ...Object.keys(should)]);
  return [...names].flatMap((name) => differences(is[name], should[name], path ? `${path}.${name}` : name));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function shown(value: unknown): string {
  return value === undefined ? 'missing' : JSON.stringify(value);
}
