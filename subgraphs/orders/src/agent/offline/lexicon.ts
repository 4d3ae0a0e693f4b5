/** Whether a value of an option is named in a text that is in English. Short ones are sizes, and only written in capitals. */
export function names(text: string, value: string): boolean {
  const escaped = value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\w'’])${escaped}(?![\\w'’])`, value.length < 3 ? 'u' : 'iu').test(text);
}
