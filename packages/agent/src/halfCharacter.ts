/** Half a character, as `JSON.stringify` writes it, and nothing else is written so; first what stands before it. */
export const halfCharacter = /(?<!\\)((?:\\\\)*)\\ud[89a-f][0-9a-f]{2}/g;
