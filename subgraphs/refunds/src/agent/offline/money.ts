import { namesMethod } from './methods.js';
import { meansAll, withoutOrders } from './topics.js';

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
  const found = sign ?? unit ?? wished.exec(asked)?.[1] ?? decimal ?? (isAnswer ? bare.exec(asked)?.[1] : undefined);
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
  const clauses = text.split(/[,，。;；!！\n]|\.(?!\d)/).filter((clause) => !/refund|money back|\bback\b|退款|退費|退费|退錢|退钱|\?|？/i.test(clause)); // prettier-ignore
  const told = clauses
    .filter((clause) => !namesMethod(clause) && !amountOnly.test(clause) && !/^\W*(?:hi|hello|hey|please|thanks?|my name)\b/i.test(clause))
    .map((clause) =>
      withoutOrders(clause)
        .replace(/^[\s的]+|\s+$/g, '')
        .replace(/^(?:order|訂單|订单|for|from)\s*$/iu, ''),
    ); // prettier-ignore
  return told.filter((clause) => /\p{L}+\s+\p{L}+|\p{Script=Han}{3}/u.test(clause)).join(', ');
}

const amountOnly = /^\W*(?:no|ok|okay|sorry|actually|well|不|好)?\W*(?:make (?:it|that)|let.?s say|i want|just|give me|改成|改為|改为)\W*\$?\d[\d.]*\W*(?:usd|dollars?|元|塊|块)?\W*(?:instead|please|好了|吧)?\W*$/iu; // prettier-ignore
