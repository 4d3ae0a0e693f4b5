/** Markdown as plain text, without its marks. */
export function plainText(markdown: string): string {
  return markdown
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^\s{0,3}(?:[-*+]|\d+\.|#{1,6}|>)\s+/gm, '')
    .replace(/(\*\*|__|\*|`)(.+?)\1/g, '$2')
    .replace(/\s*\n\s*/g, ' ')
    .trim();
}

/** The passages of a Markdown text: its sentences and list items, as plain text. */
export function passagesOf(markdown: string): string[] {
  return markdown
    .split(/\n+/)
    .flatMap((line) => plainText(line).match(/.+?(?:[.!?](?=\s|$)|[。！？]|$)/gu) ?? [])
    .map((passage) => passage.trim())
    .filter((passage) => passage !== '');
}

/** The passage that shares most with a question, the earlier one if two do: `shared` says how many lexemes each has of it. */
export function bestPassage(passages: readonly string[], shared: readonly number[]): string {
  const best = shared.reduce((found, count, index) => (count > (shared[found] ?? 0) ? index : found), 0);
  return passages[best] ?? '';
}
