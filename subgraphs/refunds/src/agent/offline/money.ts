import { namesMethod } from './methods.js';
import { meansAll, topicIn, withoutOrders } from './topics.js';

/** Money back that messages ask for, as far as they say; the amount is null for all that is left. */
export interface RefundWish {
  amount?: string | null;
  reason?: string;
}

/** The wish of several messages, oldest first: the last amount counts, and the reason that was given. */
export function refundWishOf(said: readonly string[], isAnswer: boolean): RefundWish {
  const told = said.map((text, index) => ({
    amount: amountIn(text, isAnswer && index === said.length - 1),
    because: becauseIn(text),
    aside: besideWish(text),
  }));
  const amount = told.findLast(({ amount }) => amount !== undefined)?.amount;
  const reason = told.findLast(({ because }) => because)?.because ?? told.find(({ aside }) => aside)?.aside;
  return { ...(amount !== undefined && { amount }), ...(reason && { reason: reason.slice(0, 1_000) }) };
}

const cause = /\b(?:because|since)\b|因為|因为|原因是?[:：]?/i;
const number = String.raw`(\d{1,9}(?:\.\d{1,2})?)(?![\w-]|[.,]\d)`;
const withUnit = new RegExp(String.raw`(?:\$|\busd|nt\$)\s*${number}|(?<![\w.,#-])${number.replace('(?![', '(?!(?!usd|dollars?|bucks)[')}\s*(?:usd|dollars?|bucks|twd|euros?|pounds?|元|塊|块)`, 'i'); // prettier-ignore
const wished = new RegExp(String.raw`(?:\brefund|\bmake it|\bmake that|\bgive me|\bget|\bwant|退款?|退[費费錢钱]|改成|改為|改为)(?:\s+(?:me|of|about|only|just|back|我|for))*\s*${number}(?!\s*(?:of|items?|pairs?|[件個个雙双]))`, 'i'); // prettier-ignore
const bare = new RegExp(String.raw`(?<![\w.,#-])${number}(?!\s*(?:of|items?|pairs?|[件個个雙双]|days?|weeks?|天))`);

/** The amount that a message names; a number alone only where it answers our question how much. */
function amountIn(text: string, isAnswer: boolean): string | null | undefined {
  const [asked = ''] = withoutOrders(text).split(cause);
  const [, sign, unit] = withUnit.exec(asked) ?? [];
  const decimal = /(?<![\w.,#-])\d{1,9}\.\d{2}(?![\w.])/.exec(asked)?.[0];
  const found =
    sign ??
    unit ??
    amountOnly.exec(asked)?.[1] ??
    wished.exec(asked)?.[1] ??
    decimal ??
    (isAnswer ? bare.exec(asked)?.[1] : undefined);
  return found ?? (meansAll(asked) ? null : undefined);
}

function becauseIn(text: string): string {
  const [, ...after] = text.split(cause);
  return after
    .join(' ')
    .trim()
    .replace(/^[,，:：\s]+/, '');
}

/** What a message says beside the wish itself: “the mug has a scratch” of “a refund of 5.00, the mug has a scratch”. */
function besideWish(text: string): string {
  const clauses = text
    .split(/[,，。;；!！\n]|\.(?!\d)/)
    .filter((clause) => !noReason.some((each) => each.test(clause)));
  const told = clauses
    .filter((clause) => !namesMethod(clause))
    .map((clause) =>
      withoutOrders(clause)
        .replace(/^[\s的]+|\s+$/g, '')
        .replace(/^(?:for|from)\s*$/iu, ''),
    );
  return told.filter((clause) => saysBroken(clause) || /\p{L}+\s+\p{L}+|\p{Script=Han}{3}/u.test(clause)).join(', ');
}

/** “No, make it 15”: an amount with nothing else that would be a reason. */
const amountOnly =
  /^\W*(?:(?:no|ok|okay|sorry|actually|well|then|just|only|give me|i want|make (?:it|that)|let.?s say|不|好|那|就|改成|改為|改为)[\s,，]*)*\$?(\d+(?:\.\d{1,2})?)\W*(?:usd|dollars?|bucks|元|塊|块)?\W*(?:(?:then|instead|please|is fine|is ok|就好|好了|吧|就可以)\W*)*$/iu;
const asksBack = /^\W*(?:but |and |so )?(?:why|what|when|how|where|who|為|为|怎)/i;
/** Clauses that say what is wanted, ask, or are polite. */
const noReason = [
  /refund|money back|\bback\b|退款|退費|退费|退錢|退钱|\?|？/i,
  amountOnly,
  asksBack,
  /^\W*(?:hi|hello|hey|please|thanks?|my name)\b/i,
];
const saysBroken = (clause: string) => topicIn(clause) === 'COMPLAINT' || /\b(?:late|dirty|used)\b/i.test(clause);
