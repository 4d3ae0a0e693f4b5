import { asksForProduct } from '@supportgraph/commerce';
import { isVague } from './vague.js';

/** What is looked up for one message: more questions than that are not answered at once. */
const mostQuestions = 3;
const longestQuery = 300;

/** A question of a message. */
export interface Question {
  /** In the customer's words. */
  said: string;
  /** The same with what it is about; null if that was not said. */
  query: string | null;
}

const boundary =
  /[?!？！。\n]+|\b(?:and|also)\s+(?=(?:what|how|can|could|do|does|is|are|where|when|which|why|will)\b)|[，,]?(?:另外|以及)|[，,\s](?:還有|还有)/i;

/** The questions of a message, or the whole of it. A vague one is about what was asked just before: in the message, or earlier. */
export function questionsIn(text: string, earlier: string | null): Question[] {
  const pieces = text
    .split(boundary)
    .map((piece) => piece.trim())
    .filter((piece) => /\p{L}{2}/u.test(piece) && !isGreeting(piece));
  const questions: Question[] = [];
  for (const said of pieces.length > 0 ? pieces : [text.trim()]) {
    const before = questions.findLast((each) => !isVague(each.said))?.said ?? null;
    // The price of a product is told with the product.
    if (isVague(said) && before !== null && asksForProduct(before)) continue;
    questions.push({ said, query: withSubject(said, before ?? earlier) });
  }
  return questions.slice(0, mostQuestions);
}

function withSubject(said: string, subject: string | null): string | null {
  if (!isVague(said)) return said.slice(0, longestQuery);
  return subject === null ? null : `${subject} ${said}`.slice(0, longestQuery);
}

function isGreeting(piece: string): boolean {
  return /^(?:hi|hello|hey|thanks|thank you|good (?:morning|afternoon|evening)|你好|您好|嗨|哈囉|謝謝|谢谢)[\s,，there]*$/i.test(
    piece,
  );
}
