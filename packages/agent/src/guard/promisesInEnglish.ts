import { lastSentence, plain } from './sentences.js';

/** Between words: also the marks of Markdown. */
export const s = String.raw`[ \t\u00a0*_]{1,3}`;

const start =
  'an?|another|one|some|our|the|my|any|human|live|real|senior|customer|client|support|technical|tech|responsible|relevant|dedicated|specialist';
const kind = `${start}|of|from|in|on|or|us|service|care|success|sales|billing|warehouse|shipping|returns?|refunds?|right|appropriate|quality|finance|payments?|logistics|fulfil?lment|orders?|accounts?|help|delivery|complaints?`;
export const head =
  'teams?|colleagues?|co-?workers?|agents?|specialists?|representatives?|reps?|person|people|humans?|managers?|supervisors?|advis[eo]rs?|experts?|technicians?|engineers?|developers?|operators?|staff|members?|department|desk|someone|somebody';
/** “One of our support agents”. */
export const person = `(?:(?:${start}|${head})${s}(?:(?:${kind}|${head})${s}){0,6})?(?:${head}|one${s}of${s}us)`;
const speaker = `(?:I|we|${person}(?:${s}\\w{2,15})?|they)`;

const adverb =
  '(?:also|then|now|just|certainly|definitely|surely|gladly|happily|soon|shortly|personally|both|all|still|either|already|therefore|of course)';
const adverbs = `(?:,?${s}${adverb},?){0,2}`;

/** What may stand before, and would mean nothing without what follows. */
const lead = `(?:(?:please|once|as${s}soon${s}as|when|while|after|until|before)${s})`;

/** What shows that something is still to come, or was given to others to do. */
const intention = [
  `['’](?:ll|d)`,
  `${s}(?:will|shall|would|can|could|should|must|may|might|need|have|want|plans?|intends?|aims?|hopes?|promises?|expects?|gonna|wanna)`,
  `(?:['’](?:m|re|s)|${s}(?:am|are|is))${adverbs}${s}(?:going|gonna|about|planning|happy|glad|set|looking|checking|asking)`,
  `['’]ve`,
].join('|');

/** What begins like a promise: somebody of the shop with something to come, a request to wait, something to be expected. */
export const promiseInEnglish = [
  String.raw`\b${lead}?${speaker}${adverbs}(?:${intention})\b`,
  String.raw`\blet${s}(?:me|us)\b(?!${s}know)`,
  String.raw`\b${lead}?(?:allow|give)${s}(?:me|us|\d{1,3}|up to|about)\b`,
  String.raw`\b(?:look|watch)${s}(?:out${s})?for\b`,
  String.raw`\b${lead}?(?:bear|hold|hang|wait|sit)${s}(?:with|on|tight|while)\b`,
  String.raw`\byou(?:['’](?:ll|re)|${s}(?:will|should|shall|can|may|are))\b`,
  String.raw`\bexpect\b`,
  String.raw`\b(?:an?|our|my|further|more)${s}(?:update|answer|reply|response|feedback|news|information|info|details)${s}(?:will|is)\b`,
  // “I have asked them and will get back to you.”
  String.raw`(?<=\b(?:and|then|but|so|who)${s}|[,;–—]\s|(?:^|[.!?\n])\s{0,2})(?:will|shall|going to)\b`,
].join('|');

const word = String.raw`[\w'’-]{1,20}`;

/** The end of a text that may become such a beginning. */
export const mayBeginInEnglish = [
  String.raw`\b${lead}?(?:${start}|${head})(?:${s}(?:${kind}|${head})){0,7}(?:[ \t\u00a0*_]{0,3}|${s}\w{0,20})$`,
  String.raw`\ban?${s}(?:update|answer|reply|response|feedback|news|information|info|details)(?:${s}\w{0,4})?$`,
  String.raw`\b${lead}?${person}(?:,?${s}${word}){0,4},?[ \t\u00a0*_]{0,3}$`,
  String.raw`\b(?:please|once|as|as${s}soon|as${s}soon${s}as|when|while|after|until|before)(?:[ \t\u00a0*_]{0,3}|${s}\w{0,20})$`,
  String.raw`\b${lead}?(?:I|we|they|you)(?:['’]\w{0,3})?(?:,?${s}${word}){0,3},?[ \t\u00a0*_]{0,3}$`,
  String.raw`\b${lead}?(?:let|allow|give|bear|hold|hang|wait|sit|look|watch|expect|further|more|our|my|going|will|shall)(?:${s}${word}){0,3}[ \t\u00a0*_]{0,3}$`,
].join('|');

const quickly = '(?:(?:right|straight|promptly|directly|personally|all|also|then|just|immediately) )?';
const news =
  '(?:(?:an?|the|another|some|our|my|your|any|more|further) )?(?:(?:quick|short|detailed|further|final|full|proper|definite|written|personal) )?(?:e-?mail |status )?(?:update|answer|reply|response|feedback|message|e-?mail|note|text|news|outcome|result|finding|follow-?up|confirmation)s?';

/** What somebody does who comes back. */
const comeback = [
  `(?:get|gets|getting|got) ${quickly}back\\b(?! (?:your|the|that|it|all|any|my|what|on track))`,
  `(?:come|comes|coming) ${quickly}back (?:to you|with|here|shortly|soon|later|once|when|as soon|and|after|on this)`,
  `be ${quickly}back\\b(?! (?:in stock|on your|on the|up|online|to normal|at))`,
  'return(?:ing)? (?:to you|with an?|with (?:the|more|my|our) (?:answer|result|update|info|news|detail)|shortly|soon|to this)',
  'revert(?:ing)?(?: back)?(?: to you| with| shortly| soon| asap| as soon|[.!,;]|$)',
  'follow(?:s|ing)? up\\b',
  '(?:reach|reaches|reaching)(?: back)? out\\b',
  '(?:be|being|get|gets|getting|keep|stay|put you) in (?:touch|contact)\\b',
  '(?:report|circle|check|write|ring|phone|call|message|e-?mail|ping)(?:s|ing)?(?: you)? back\\b',
  `(?:contact|call|e-?mail|mail|message|phone|ring|text|ping|buzz|notify|alert|approach|reply to|respond to|write(?: to)?)(?:s|ing)? (?:both of )?you\\b(?! ${news}.{0,40}\\b(?:link|label)\\b)`,
  'notif(?:ies|ying) you\\b',
  'update (?:this|the) (?:chat|conversation|thread|ticket|case)',
  '(?:keep|keeps|keeping) you (?:\\w+ )?(?:posted|informed|updated|in the loop|up[- ]to[- ]date|apprised|advised|notified|in the picture)',
  'keep(?:s|ing)? (?:an eye|monitoring|checking|watching)\\b.{0,60}\\byou\\b',
  'loop you in|touch base|(?:drop|shoot) you (?:a|an)\\b|give you (?:a|another) (?:call|ring|shout|buzz|heads)',
  'pick (?:this|it) up (?:again|with you|later|tomorrow)',
  '(?:reply|replies|respond|responds|answer|answers)(?: you)? (?:to you |you |here |back )?(?:shortly|soon|later|tomorrow|within|by|as soon|once|when|asap|in (?:a|an|the|\\d))',
  '(?:answer|answers|respond|responds|reply|replies)(?: to)? you\\b(?= here|[.!,;]|$| and| shortly| soon| with)',
  'tell you (?:later|tomorrow|soon|shortly|as soon|once|what (?:they|he|she|the)|when (?:I|we|they|he|she))',
  `(?:have|get) ${news} (?:for|to|back to) you`,
  '(?:speak|talk) (?:to|with) you (?:again )?(?:soon|later|shortly|tomorrow)',
];
/** What may as well come at once: “let me update you: …”. */
const information = [
  '(?:update|inform|advise|brief|enlighten)(?:s|ing)? you\\b',
  '(?:let|lets|letting) you know\\b',
  `(?:send|sends|sending|give|gives|giving|bring|provide|provides|providing|share|shares)(?: to| with)? you (?:with )?${news}\\b`,
  `(?:send|sends|give|bring|provide|share|post)(?: you)? ${news} (?:to you|with you|shortly|soon|later|tomorrow|as soon|once|when|by|within|here)\\b`,
];
/** What happens to a customer who is promised something. */
const expected = [
  '(?:for|to) an? (?:e-?mail|call|message|reply|answer|text) from (?:us|me|our|a|the (?:team|support))\\b',
  'be hearing (?:back )?(?:from|more|soon)',
  'hear (?:(?:back )?from (?:us|me|our|a|an|one|some|someone|somebody|the (?:team|support|colleague|warehouse|department)|support)|back|more|again|soon|shortly|something from)\\b',
  '(?:be|being|get) (?:(?:shortly|soon|also|then|personally) )?(?:contacted|called|phoned|notified|informed|updated|e-?mailed|messaged|alerted|advised|approached|reached|answered)\\b',
  'be (?:kept (?:posted|informed|updated|in the loop|up[- ]to[- ]date)|the first to know)',
  `(?:receive|get|have|see|expect|await) (?:an?|our|my|another|the) (?:(?:quick|detailed|further|final|full|status|follow-up|personal|written|phone) )?(?:answer|reply|response|update|call|call-?back|message|feedback|follow-?up|e-?mail from (?:us|me|our|a|the (?:team|support)))\\b`,
  '(?:update|answer|reply|response|feedback|news|info|information|details) (?:will|is going to) (?:follow|come|be (?:sent|with you|provided|shared|posted)|reach you|arrive)',
];
const anyOf = (verbs: readonly string[]) => new RegExp(`\\b(?:${verbs.join('|')})`, 'gi');
const deeds = anyOf([...comeback, ...information]);
const facts = anyOf(information);
const arrivals = anyOf(expected);

/** Who is not of the shop, and does come back. */
export const third =
  '(?:carriers?|couriers?|drivers?|banks?|paypal|postman|post office|postal service|post|dhl|ups|usps|fedex|dpd|gls|manufacturer|maker|seller|supplier|vendor|merchant|issuer|(?:card|payment|delivery|shipping|logistics|transport|freight) (?:company|companies|service|partner|provider|firm|agent)|systems?|website|app|neighbou?rs?|recipient)';
/** What leads to what one of them does. */
const ofThird = new RegExp(
  `\\b${third},?(?: (?:who|which|that|it))?(?:['’]ll| (?:will|shall|may|might|can|could|should|must|would|then|also|usually|normally|first|just|automatically|need|needs|has|have|is|are|going|to|try|tries|trying|attempt)\\b){0,5} ?(?:be )?$`,
  'i',
);
const byThird = new RegExp(`^[^.]{0,30}\\b(?:by|from) (?:the |your |our |their |a )?${third}\\b`, 'i');

/** What the shop's machines write by themselves. */
const event =
  '(?:ships?|shipped|dispatch\\w*|leaves?|left|sent|deliver\\w*|arriv\\w*|refund\\w*|approv\\w*|paid|charged|process\\w*|packed|ready|in stock|available|complet\\w*|expires?|on (?:its|the) way|receiv\\w*|placed|cancel\\w*|changes|collect\\w*|picked up)';
const byEvent = new RegExp(
  `\\b(?:when(?:ever)?|once|as soon as|after|if|every time|each time|that|before)\\b(?! possible)[^.]{0,60}\\b${event}\\b`,
  'i',
);
/** Mails that come by themselves. */
const withPaper =
  /\b(?:with|containing|including|about|for) (?:the |your |its |a |all )?(?:parcel |order |shipping |delivery |return )?(?:tracking|track|confirmation|receipt|invoice|label|link|code|number|password|voucher)|\b(?:you|an?) (?:an? |the |your )?(?:e-?mail )?(?:link|(?:return |shipping )?label|receipt|invoice|code|tracking|(?:order |shipping |refund |delivery |cancellation )?confirmation)\b/i;
/** What no machine does. */
const byHand =
  /\b(?:check\w*|look(?:s|ed|ing)?|investigat\w*|review\w*|find|found|find out|hear|heard|know|knows|news|answer\w*|repl(?:y|ies|ied)|respond\w*|decid\w*|clarif\w*|sort(?:s|ed)|solv\w*|resol\w*|fix\w*|asap|more information|colleague|agent|specialist|someone|somebody|representative)\b/i;
const mailing =
  /^(?:contact|e-?mail|mail|message|text|notif|alert|update|inform|advise|let|lets|send|sends|write|be (?:notified|informed|updated|e-?mailed|alerted|messaged)|(?:receive|get|have|expect) |keep)/i;

export const offer =
  /\b(?:if (?:you|that|this)(?:['’]d| would| do)? (?:like|want|wish|prefer|helps?|suits?|rather)|if so\b|would you like|do you want|should you (?:wish|want|prefer)|shall I|just say)/i;
/** “I am passing you on to a colleague, who will answer you here.” */
const transfer = /\b(?:pass|transferr?|connect|hand)(?:ing)? you\b/i;
const staff = new RegExp(`\\b(?:${head})\\b`, 'i');
export const asksForPerson =
  /\bask (?:\w+ )?(?:for|to speak to|to talk to) (?:an?|one) (?:person|human|colleague|agent)/i;
/** What the customer is to do first: the answer comes with the next turn. */
export const ofCustomer =
  /\b(?:once|when|as soon as|after|if|until) you(?:['’]ve| have)? (?!like|want|wish|have any)|(?:^|\b(?:please|just|kindly) )(?:send|tell|share|provide|write|type|enter|paste|choose|pick|confirm|let (?:me|us)|log in|give me (?!a (?:moment|second|minute|bit|while|sec)|some time|time|one|just|until|\d))/i;
const refusal =
  /^\S+(?: \S+)? (?:not|never|no longer)\b|^(?:I|we|they) (?:can|could|may|might|would|must|should|have)(?:n['’]t|not| not)/i;
/** Said with less than a “will”, only these are promises. */
const mild =
  /^(?:let (?:me|us)|(?:\S+ ){1,8}?(?:can|could|would|should|must|may|might|need|have|want|hopes?|looking|checking|asking|happy|glad)|\S+['’](?:d|ve))\b/i;
/** Said of what is done, but a promise: somebody was asked to come back. */
const delegated =
  /^(?:\S+ )?\S+(?:['’]ve| have)(?: (?:just|already|also|now|gone ahead and)){0,2} (?:asked|told|arranged|requested|informed|notified|alerted|scheduled|made|instructed|forwarded|passed|escalated|flagged|raised|reported|opened|submitted|set|contacted|to |assigned|put|sent|handed|noted|marked|logged)/i;
/** What no agent does within its turn. */
const strong =
  /^(?:get|gets|getting|come|comes|be |return|revert|follow|report|circle|keep|keeps|touch|pick|contact|call|e-?mail|ring|phone|text|reach|write|let you know|inform|notify|update|reply|answer|tell you|have|stay)/i;

/** Whether a sentence that begins with {@link promiseInEnglish} is a promise to come back. */
export function isPromiseInEnglish(rest: string, before: string): boolean {
  const text = plain(rest).trimEnd();
  if (text.endsWith('?') || refusal.test(text)) return false;
  const prefix = plain(lastSentence(before));
  const whole = prefix + text;
  if (asksForPerson.test(whole)) return false;
  if ((offer.test(whole) && staff.test(whole)) || transfer.test(whole)) return false;
  if (/^(?:will|shall|going)\b/i.test(text) && isOfThird(prefix)) return false;
  if (/^they\b/i.test(text) && !isOfStaff(plain(before))) return false;
  if (/^(?:you|expect|look|watch)\b/i.test(text)) return isExpected(text, whole);
  if (/^(?:an?|our|my|further|more) /i.test(text) && isExpected(text, whole)) return true;
  return [...text.matchAll(deeds)].some((deed) => isPromised(deed, text, prefix));
}

function isExpected(text: string, whole: string): boolean {
  return [...text.matchAll(arrivals)].some(
    ({ 0: verb, index }) => !byThird.test(text.slice(index)) && !isByMachine(verb, whole),
  );
}

function isPromised({ 0: verb, index }: RegExpExecArray, text: string, prefix: string): boolean {
  const lead = text.slice(0, index);
  const tail = text.slice(index + verb.length);
  if (ofThird.test(prefix + lead)) return false;
  const isFact = isOnly(facts, verb);
  if (isFact && (/^[^.]{0,80}:(?: |$)/.test(tail) || /^ (?:right )?now\b/.test(tail))) return false;
  if (isFact && /^let (?:me|us) (?:just |quickly |first )?$/i.test(lead)) return false;
  if (isFact && /\bI(?:['’]ll| will) /i.test(`${lead} `) && ofCustomer.test(prefix + text)) return false;
  if (mild.test(text) && !delegated.test(text) && !isMeant(lead, verb)) return false;
  return /^I\b/i.test(text) || !isByMachine(verb, prefix + text);
}

/** Whether less than a “will” is a promise: to check something and come back. */
function isMeant(lead: string, verb: string): boolean {
  if (!strong.test(verb)) return false;
  if (/\b(?:and|then|will|['’]ll|before I|so (?:that )?(?:I|we) can)\b/i.test(lead)) return true;
  return /^(?:get|come|be |return|revert|follow|report|circle|keep|reach)/i.test(verb);
}

/** Whether it is a mail about what happens to an order, as shops send them without anybody's doing. */
function isByMachine(verb: string, whole: string): boolean {
  return mailing.test(verb) && (byEvent.test(whole) || withPaper.test(whole)) && !byHand.test(whole);
}

const spokenOf = new RegExp(`\\b(?:(?<staff>I|we|${head})|(?<third>${third}))\\b`, 'gi');
const lastSpokenOf = (before: string) => [...before.matchAll(spokenOf)].at(-1)?.groups;

/** Whether those last spoken of are of the shop. */
const isOfStaff = (before: string) => lastSpokenOf(before)?.staff !== undefined;
const isOfThird = (before: string) => lastSpokenOf(before)?.third !== undefined;

function isOnly(pattern: RegExp, verb: string): boolean {
  pattern.lastIndex = 0;
  return pattern.exec(verb)?.index === 0;
}
