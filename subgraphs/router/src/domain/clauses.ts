// A comma alone does not split: "Hi, where is my order, please?" is one wish.
const boundary =
  /(?<=[?!。？！；;\n])\s*|(?<=\.)\s+|,?\s+(?:and also|and then|and|also|plus|but also|besides that|another thing)\s+(?=\S)|[，,]?\s*(?:另外|還有|以及|而且|順便|并且|並且|还有)[，,]?\s*/giu;

/** Parts of a message that may each want something else, in order, without empty ones. */
export function splitClauses(text: string): string[] {
  return text
    .split(boundary)
    .map((clause) => clause.trim())
    .filter((clause) => /[\p{L}\p{N}]/u.test(clause));
}
