import type { Answer, World } from '../world.js';

/** Something that is refused, whoever sends it. */
export interface Input {
  /** As the subject of "is refused". */
  what: string;
  /** Status over HTTP, or what closes the socket, and the code of the first error: `400 BAD_REQUEST`. */
  refusal: string;
  /** How long the platform waits on purpose before it refuses, in ms. @default not at all */
  waitsMs?: number;
  send(world: World): Promise<Answer>;
}

export const json = { 'content-type': 'application/json' };
/** What any client may say, so that no browser sends a GET by itself. */
export const asked = { 'apollo-require-preflight': '1' };
export const search = (query: Record<string, string>) => `/graphql?${new URLSearchParams(query)}`;
export const times = (n: number, make: (n: number) => string) => Array.from({ length: n }, (_, i) => make(i)).join(' ');

/** The codes of an answer's errors; of one in events, those of the first. */
export function codesOf({ text, contentType }: Pick<Answer, 'text' | 'contentType'>): string[] {
  const body = contentType?.startsWith('text/event-stream') ? /^data: (.*)$/m.exec(text)?.[1] : text;
  const { errors = [] } = JSON.parse(body ?? '{}') as { errors?: { extensions: { code: string } }[] };
  return errors.map(({ extensions }) => extensions.code);
}
