/** Longer messages say more than that something is not to be done. */
const mostCharacters = 60;

const pause = String.raw`[\s\p{P}~～]*`;
const only = (words: string) => new RegExp(`^${pause}(?:(?:${words})(?!(?<=[a-z])[a-z])${pause})+$`, 'iu');
const polite = 'please|thanks?|thank you|thx|so much|a lot|謝謝|谢谢|感謝|感谢|你|您';
const goesAhead =
  'do (?:it|that|so)|go (?:ahead|on)|prepare it|(?:return|exchange|refund|send) (?:it|them|that)(?: back)?|退貨?吧?|退货吧?|換貨?吧?|换货?吧?|就這樣|就这样|吧';
const yes = only(`yes|yeah|yep|do|ok|okay|sure|of course|${goesAhead}|好|的|啊|可以|行|是|對|对|要|嗯|確定|确定|確認|确认|麻煩|麻烦|了|請|请|${polite}`); // prettier-ignore
const no = only(`no|nope|not now|不|用|要|必|先|了|${polite}`);
const politeOnly = only(polite);
const thanks = only(`ok|okay|great|perfect|太好了|了解|知道了|好的|${polite}`);

/** A yes and nothing else. */
export const isYes = (text: string) => yes.test(text) && !politeOnly.test(text) && !/不/.test(text);

/** A no and nothing else. */
export const isNo = (text: string) => no.test(text) && /^\P{L}*no|不/iu.test(text);

/** Thanks and nothing else. */
export const isThanks = (text: string) => thanks.test(text);

const drops =
  /\bnever ?mind\b|\bforget (?:it|about it)\b|\b(?:keep|keeping) (?:it|them|everything|this|that|the \w+)\b|\b(?:don.?t|do not|not) (?:want to |wanna |need to )?(?:return|exchange|refund|send|swap)(?:ing)?\b|\bno (?:return|refund|exchange)\b|\bchanged my mind\b|\b(?:not|don.?t want (?:it|this|that)) any ?more\b|\bcancel (?:it|that|this|the (?:return|exchange|refund))\b|不(?:想)?(?:退|換|换)(?:貨|货|款)?了?|(?:不|先不|暫時不|暂时不)(?:要|用)?(?:退|換|换)?了|先不(?:要|用|退|換|换)|算了|不需要了|留著|留着|留下|改變主意|改变主意|再想想|取消(?:退|換|换|吧|掉|它|了|$)/iu;
const wantsElse =
  /\b(?:but|instead|only|rather|just the|to (?:my|the) \w+|can|could|how|why|where|when|what)\b|[?？嗎吗卡]|改[成為为退換换]|只|換成|换成|退[到回]|\bpaypal\b|原(?:本|來|来)|\d/iu;

/** Whether the customer would rather leave things as they are, and says nothing else. */
export function dropsIt(text: string): boolean {
  return text.length <= mostCharacters && (isNo(text) || (drops.test(text) && !wantsElse.test(text)));
}

/** Whether the customer asks why something is not possible. */
export function asksWhy(text: string): boolean {
  return /^[\s\p{P}]*(?:but |and |so |ok |可是|但|那|但是)*[\s,，]*(?:why\b|how come|what.?s the reason|為什[麼么]|为什[么麼]|為何|为何|怎麼不|怎么不)/iu.test(text); // prettier-ignore
}

/** Whether the customer asks for a person. */
export function wantsPerson(text: string): boolean {
  return (
    /\b(?:talk|speak|chat|connect|transfer|pass|get|want|need|give)\b.{0,30}\b(?:person|human|agent|colleague|representative|somebody|someone|manager)\b/i.test(
      text,
    ) || /(?:轉接|转接|找|要|換|换|叫).{0,6}(?:真人|專人|专人|客服|同事|人工|主管)/u.test(text)
  );
}
