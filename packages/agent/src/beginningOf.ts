/**
 * The first characters of a text, fewer where the last would be half a character or a part of a token of the vault: the API
 * refuses the one, and the other could be put back by nobody. Hide before you cut: data that is cut is not found.
 */
export function beginningOf(text: string, characters: number): string {
  return text.length <= characters ? text : text.slice(0, characters).replace(/[\ud800-\udbff]$|⟦[^⟦⟧]{0,40}$/, '');
}
