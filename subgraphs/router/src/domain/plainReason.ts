/** The longest that staff are shown. */
const longest = 200;

/** Letters, with the signs that go with them in prose. */
const word = /^[("'“‘「『（]*[\p{L}’'、，-]+[)"'”’」』）.,;:!?。，；：！？…]*$/u;

/**
 * What a model gives as its reason, as staff may read it: words in one line. A number, an address, a link, a key or a tag is
 * no word, and a model has none of them to give.
 */
export function plainReason(reason: string): string {
  const words = reason.split(/\s+/).filter((each) => word.test(each));
  return words.join(' ').slice(0, longest);
}
