/** A message with the routes that are right for it, in order; none for one that wants nothing. */
export interface Labelled {
  text: string;
  routes: readonly Route[];
}

export const routes = ['faq', 'order', 'refund', 'technical', 'human', 'chitchat'] as const;
export type Route = (typeof routes)[number];

export function isRoute(name: unknown): name is Route {
  return routes.some((route) => route === name);
}

/** A line of a file that cannot be read; its number counts from 1. */
export class BadLine extends Error {
  constructor(
    readonly line: number,
    readonly problem: string,
  ) {
    super(`line ${line}: ${problem}`);
  }
}

/** Reads JSON lines `{"text": "…", "routes": ["order", "faq"]}`. Empty lines are skipped; another that cannot be read is a {@link BadLine}. */
export function readLabelled(file: string): Labelled[] {
  return file
    .replace(/^\uFEFF/, '')
    .split('\n')
    .flatMap((line, index) => (line.trim() === '' ? [] : [readLine(line, index + 1)]));
}

function readLine(line: string, number: number): Labelled {
  const bad = (problem: string) => new BadLine(number, problem);
  const value = parse(line);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw bad('is not a JSON object');
  if (!('text' in value) || typeof value.text !== 'string' || value.text.trim() === '')
    throw bad('`text` must be a text that is not empty');
  if (!('routes' in value) || !Array.isArray(value.routes)) throw bad('`routes` must be a list');
  const names: unknown[] = value.routes.filter((name) => !isNone(name));
  const wrong = names.find((name) => !isRoute(lower(name)));
  if (wrong !== undefined) throw bad(`there is no route ${JSON.stringify(wrong)}; there are ${routes.join(', ')}`);
  return { text: value.text, routes: names.map(lower).filter(isRoute) };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

const lower = (name: unknown) => (typeof name === 'string' ? name.toLowerCase() : name);
const isNone = (name: unknown) => lower(name) === 'unknown' || lower(name) === 'none';
