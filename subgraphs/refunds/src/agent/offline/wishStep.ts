import {
  lastReply,
  waitsForAnswer,
  wasJustSaid,
  type OfflineStep,
  type OfflineTurn,
  type ToolResult,
} from '@supportgraph/agent';
import type { ExchangeOptions, ReturnCheck } from '../shown.js';
import { isYes } from './answers.js';
import { exchangeStep } from './exchange.js';
import { methodWanted } from './methods.js';
import { phrases } from './phrases.js';
import { returnOffer, sentences } from './sentences.js';
import type { Question } from './thread.js';
import { isWish, topicIn } from './topics.js';
import { itemsWanted, refundStep, returnStep, usedFor } from './wishes.js';

/** Shows what is wanted to be confirmed, if it is one order and all that is needed is said; null if not. */
export function wishStep(turn: OfflineTurn, question: Question, results: readonly ToolResult[]): OfflineStep | null {
  const { topic, orderNumbers, said, isGuess } = question;
  const [number, ...others] = orderNumbers;
  const checked = number && others.length === 0 ? usedFor(results, 'check_return', number) : undefined;
  if (!number || !checked) return null;
  // Our own tools' answers.
  const check = checked.output as ReturnCheck;
  if (topic === 'REFUND') {
    const isAnswer = wasJustSaid(turn, sentences.refundHow);
    return check.possible.includes('REFUND') ? refundStep(results, turn.language, said, check, isAnswer) : null;
  }
  if (!check.canBeSentBack) return null;
  if (topic === 'EXCHANGE') {
    const options = usedFor(results, 'get_exchange_options', number)?.output as ExchangeOptions;
    return exchangeStep(results, turn.language, said, options);
  }
  // A yes is to what was offered, in the words of the offer.
  const offered = isYes(turn.text) ? (lastReply(turn).split(returnOffer)[1] ?? null) : null;
  if (offered === null && !(topic === 'RETURN' && isWanted(turn, question))) return null;
  const items = offered === null ? itemsWanted(check, said, isGuess) : itemsWanted(check, [offered]);
  const wish = methodWanted(check.paidBackTo, offered === null ? said : [...said, offered]);
  if (wish && 'impossible' in wish)
    return { say: phrases[turn.language].notPossible(check.number, wish.impossible, check.paidBackTo) };
  return items.length > 0 && wish ? returnStep(results, turn.language, check, items, wish.method) : null;
}

/** Whether the return is wished for, rather than asked about: said so, named after our question, or shown already. */
function isWanted(turn: OfflineTurn, { said }: Question): boolean {
  const reply = lastReply(turn);
  return (
    wasJustSaid(turn, sentences.whichItems) ||
    waitsForAnswer(reply) ||
    said.some((text) => topicIn(text) === 'RETURN' && isWish(text))
  );
}
