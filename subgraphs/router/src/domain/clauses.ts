/** A part of a message, with its place in it. */
export interface Clause {
  text: string;
  start: number;
  end: number;
}

/** Clauses of one message that are looked at: a longer message has said what it wants by then. */
const maxClauses = 40;

// Words that begin a wish of its own when they follow a comma or "and".
const joins = String.raw`[,，]?\s+(?:and also|and then|and|also|plus|but also|but|besides that|besides|another thing|oh and|btw|by the way|in addition|additionally|furthermore|moreover|ps|p\.s\.|secondly|lastly|while|n|&|as well as|then|because|so|since)\s+(?=\S)`;
const chineseJoins = String.raw`(?:另外|另請|另请|另想|還有|还有|仲有|同埋|以及|而且|順便|顺便|順帶|顺带|順道|并且|並且|並請|并请|亦想|亦請|亦请|同時|同时|然後|然后|對了|对了|再來|再来|再問|再问|此外|除此之外|加上|也想|还想|還想|但是|可是|不過|不过|因為|因为|所以)`;
// Words that begin a question or a wish in the middle of an English sentence without a mark.
const starts = String.raw`(?<=\w\w)\s+(?=(?:where(?:['’]?s| is| are| r)|let me (?:talk|speak)|can i (?:talk|speak)|what(?:['’]?s| is| are) (?:your|ur|the)|do (?:you|u) (?:have|sell|do|take|ship|deliver|offer)|please (?:also )?(?:cancel|refund|send|change|give|tell)|i (?:also )?(?:want|need|would like|wanna)|i['’]d (?:also )?like)\b)`;
// Words that begin a wish where a space stands before them.
const chineseStarts = String.raw`(?:請|请|想|幫我|帮我|我要|我想|我的|麻煩|麻烦|你們|你们|什麼|什么|怎麼|怎么|哪|叫|找|轉|转)`;
const boundary = new RegExp(
  [
    String.raw`\s*(?<!\S)[1-9][.)、]\s+`,
    String.raw`(?<=[?!？！。；;\n…])(?![?!？！。…])\s*`,
    String.raw`(?<=[a-z\d)"]\.)\s+`,
    String.raw`\s*[，、]\s*`,
    String.raw`,(?:\s+|(?=\D))`,
    String.raw`\s*[（(][1-9一二三四][）)]\s*`,
    String.raw`\s*[①②③④]\s*`,
    String.raw`\s+[-–—/|]+\s+`,
    String.raw`\s*[+＋]\s*(?=\D)`,
    joins,
    starts,
    String.raw`[，,]?\s*(?=${chineseJoins})`,
    String.raw`(?<=\p{Script=Han})\s+(?=\p{Script=Han})`,
    String.raw`\s+(?=${chineseStarts})`,
  ].join('|'),
  'giu',
);

/** Parts of a message that may each want something else, in order, without empty ones. */
export function splitClauses(text: string): Clause[] {
  const clauses: Clause[] = [];
  let start = 0;
  for (const { index, 0: mark } of text.matchAll(boundary)) {
    if (index > start) add(clauses, text, start, index);
    start = index + mark.length;
  }
  add(clauses, text, start, text.length);
  return joinShort(clauses, text);
}

function add(clauses: Clause[], text: string, from: number, to: number): void {
  const part = text.slice(from, to);
  if (!/[\p{L}\p{N}?]/u.test(part) || clauses.length >= maxClauses) return;
  const start = from + part.length - part.trimStart().length;
  const end = to - (part.length - part.trimEnd().length);
  clauses.push({ text: text.slice(start, end), start, end });
}

/** A scrap is no wish: "black", "3 of them" or "嗯" go with the words before them. */
function joinShort(clauses: readonly Clause[], text: string): Clause[] {
  const joined: Clause[] = [];
  for (const clause of clauses) {
    const before = joined.at(-1);
    const goesOn = before && /[,，、\s]$/.test(text.slice(before.end, clause.start) || ',');
    const isSentenceEnd = before && /[?!？！。.]$/.test(before.text);
    if (before && goesOn && !isSentenceEnd && (isScrap(clause.text) || isScrap(before.text)))
      joined[joined.length - 1] = { text: text.slice(before.start, clause.end), start: before.start, end: clause.end };
    else joined.push(clause);
  }
  return joined;
}

/** A word or two that are a wish all the same. */
const wishInAWord =
  /人工|真人|主管|經理|经理|退款|退貨|退货|退錢|退钱|換貨|换货|取消|\b(?:human|agent|manager|supervisor|refund|cancel)\b/iu;

function isScrap(text: string): boolean {
  return weight(text) < 2 && !wishInAWord.test(text);
}

/** Words, where two Chinese characters count as one. */
function weight(text: string): number {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const words = text.match(/[\p{Script=Latin}\p{N}']+/gu)?.length ?? 0;
  return words + han / 2;
}
