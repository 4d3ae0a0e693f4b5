import { lastSentence, plain } from './sentences.js';

const object =
  'orders?|refunds?|address(?:es)?|payments?|returns?|exchanges?|items?|articles?|products?|parcels?|packages?|shipments?|deliver(?:y|ies)|subscriptions?|cancellations?|replacements?|reimbursements?|money|amount|balance|credits?|changes?|charges?|cards?|account|vouchers?|discount|purchase|quantity|phone number|password|shipping|labels?|pick-?up|delivery|invoice|fees?|membership|plan';
/** What is only of an order if it is changed there. */
const detail = 'size|colou?r|details|name|date|e-?mail|time ?slot|number';
/** What is given to a customer. */
const gift =
  'refund|credits?|discount|vouchers?|coupon|replacement|reimbursement|compensation|money back|exchange|gift card|free \\w+|\\d+ ?% off';

/** What changes an order whatever it is done to. */
const clear = 'cancell?ed|refunded|reimbursed|exchanged|swapped|re-?ordered|waived|voided|compensated';
/** What changes something that is only pointed at: “I've changed it”. */
const settled =
  'changed|updated|processed|submitted|issued|placed|corrected|modified|arranged|handled|finali[sz]ed|executed|sorted(?: out)?|fixed|solved|resolved|replaced|approved|(?:taken|took) care of|dealt with|(?:seen|saw) to';
/** What is only a change if done to something of an order. */
const vague = `${settled}|combined|merged|split|renewed|cut|doubled|reduced|increased|lowered|moved|postponed|generated|saved|entered|set up|organi[sz]ed|secured|e-?mailed|ended|terminated|restored|reopened|reactivated|deducted|blocked|dispatched|ordered|accepted|undone|redirected|rerouted|reset|unlocked|switched|re-?sent|edited|amended|adjusted|applied|removed|added|deleted|filed|lodged|initiated|started(?! with)|triggered|created|registered|booked|scheduled|rescheduled|stopped|paused|extended|expedited|sent(?: out)?|shipped|completed|made|charged|upgraded|activated|closed|returned|reversed|credited|transferred|wired|paid|requested|put|pushed|authori[sz]ed`;
const able =
  '(?:cancel|refund|reimburse|exchange|swap|replace|change|update|issue|process|modify|correct|remove|submit|place|arrange)';
const word = `[\\w'’#.,%$€£-]+`;
const thing = `(?: (?!(?:of|up|out|below|what|sure|about|regarding|error|mistake|typo|list|summary|overview|table|note|code|link|message|question)\\b)${word}){0,5}? (?:${object})\\b(?! (?:(?:in|into|on) (?:an?|the|this) (?:list|table)|by (?:date|day|month|price|amount|name|number))\\b)`;
const pointedAt =
  ' (?:it|this|that|these|them|both|all|everything)(?=$|[.,;:!–—]| (?:for you|for|as|now|already|right|and|to|from)\\b)';

const adverb = `(?:\\w{1,15}ly|just|now|also|already|then|indeed|both|all|(?:went|gone|go) ahead and|as you asked|as requested)`;
/** What stands between “I have” and what was done. */
const lead = new RegExp(`^(?:(?:I|we)(?:['’]ve| have)?|successfully|just)?(?:,? ${adverb})*,? ?$`, 'i');
const deed = new RegExp(
  `\\b(?:${[
    `(?:was|been|were) able to ${able}`,
    `managed to ${able}`,
    `(?:was|were) able to get(?: ${word}){1,5}? (?:${clear}|changed|processed)`,
    `(?:finished|completed|begun|started) (?:processing|cancell?ing|refunding|changing|updating)`,
    `confirmed(?: ${word}){0,3}? (?:return|refund|cancellation|exchange)\\b(?! (?:polic|period|amount|date))`,
    `did(?: ${adverb})* ${able}\\b`,
    `(?:${clear})\\b(?! by you)`,
    `(?:${vague})${thing}`,
    `(?:${settled})${pointedAt}`,
    `(?:changed|updated|corrected|edited|modified|amended|switched)(?: (?!what\\b|my\\b|how\\b)${word}){0,3}? (?:${detail})\\b`,
    `(?:gave|given|granted|awarded|secured|got|gotten)(?: (?!of\\b|about\\b|on\\b|for\\b|to\\b|regarding\\b|from\\b|info|detail|amount|total|number|link)${word}){0,5}? (?:${gift})\\b(?! (?:polic|detail|number|amount|status|info|option|term|rule|date|histor|link|page|form|table|request|conditions))`,
    `(?:set|marked|flagged)(?: ${word}){1,5}? (?:as|to) (?:${clear})`,
    `(?:took|taken)(?: ${word}){1,5}? (?:off|out of) (?:your|the) (?:order|return|exchange|basket|card|account|bill|invoice)`,
    `\\w+(?: ${word}){0,5}? by (?:refunding|cancell?ing|reimbursing|exchanging|replacing|changing)`,
    // “I got your order cancelled.”
    `(?:got|gotten|had|made sure)(?= (?!charged\\b))(?: (?:it|this|that|them))?(?: (?!(?:as|is|are|be|here|that|which|who|has|have|from|of|about|to|marked|listed|not)\\b)[\\w'’#%$€£-]+){0,6}? (?:${clear}|${vague})\\b(?! (?:by you|on (?!your behalf)|yesterday|last)\\b)`,
  ].join('|')})`,
  'gi',
);
export const record =
  /\b(?:on (?:the )?\d|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:on|in) (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|yesterday|last (?:week|month|\w+day)|\bago\b|earlier|previously|already|\d{4}-\d\d)/i;
/** What the customer is still to say yes to. */
export const draft =
  /propos|prepar|\bdraft|for you to (?:confirm|check|review|decide|compare|choose)|suggest|\bnothing\b|\bexample\b|\bsummary\b|\b(?:confirm|approve|accept)\b[^.!?]{0,40}\b(?:below|here|above)\b|\b(?:below|here|above)\b[^.!?]{0,30}\bconfirm\b|\b(?:please|just|once you) confirm\b(?! receipt)|\b(?:needs?|awaits?|waits? for|waiting for|for|pending|subject to) your (?:confirmation|approval|consent|ok)\b/i;
/** What may as well be a draft, unless it says that an order is cancelled or refunded. */
const shown = /\bbelow[.!]?$|\b(?:check|review)\b[^.!?]{0,40}\b(?:below|here|above)\b/i;
const supposed =
  /\b(?:if|whether|until|unless|once|when|after|before|that|which|not|never|do|to|can|could|should|shall|may|might|would)\s*$/i;
/** What the customer has just wished for is in no record yet. */
const fresh =
  /\bas (?:you )?(?:asked|requested|wished|wanted|instructed)|\b(?:as per|per|at|upon|on) your (?:request|wish|instruction)|\b(?:just|right) now\b|\b(?:right|straight) away\b|\bimmediately\b/i;
const anyClear = new RegExp(`\\b(?:${clear})\\b`, 'i');
const isClear = new RegExp(`^(?:${clear})`, 'i');
/** What a shop changes for everybody. */
const forAll =
  /^(?: (?!your\b|you\b|this order)[\w'’-]+){0,5}? (?:polic(?:y|ies)|terms|conditions|rules|guidelines|period|window|deadlines?|hours|times|fees?|prices?|methods|options|range|assortment|website|app)\b(?! (?:for|of|on|in) (?:your|this)\b)(?! for you\b)/i;

/** “I have checked and” counts as “I have”: what follows was done as well. */
const andAlso = /^((?:I|we)(?:['’]ve| have)?)\b[^.;:]{0,120} and(?: have|['’]ve)? /i;

/** Whether a sentence claims that the agent itself changed something. */
export function isDeedInEnglish(rest: string, before: string, isInformed: boolean): boolean {
  const text = plain(rest).trimEnd();
  if (text.endsWith('?') || draft.test(text) || (shown.test(text) && !anyClear.test(text))) return false;
  if (byMe.test(text)) return !/\b(?:no|none|nothing|neither)\b/i.test(plain(lastSentence(before)));
  if (supposed.test(before)) return false;
  const isOfShop = /^we\b/i.test(text);
  // What the shop did is told from its records.
  const isRecord = isInformed || record.test(text) || !/^we(?:['’]ve| have)/i.test(text);
  if (isOfShop && isRecord && !fresh.test(plain(lastSentence(before)) + text)) return false;
  const done = [...text.matchAll(deed)].filter(({ index }) => !isOfShop || !isForAll(text.slice(index)));
  const leads = done.map(({ index }) => text.slice(0, index));
  return leads.some((words) => lead.test(words) || (!record.test(text) && lead.test(words.replace(andAlso, '$1 '))));
}

/** Whether what begins with a deed is one to the shop's own rules. */
const isForAll = (done: string) => !isClear.test(done) && forAll.test(done.replace(/^[\w-]+/, ''));

const s = '[ \\t*_]{1,3}';
const past = `(?:${clear}|${vague}|went|was able|managed|gave|given|granted|awarded|got|gotten|had|did|finished|begun|confirmed|set|marked|flagged|took|taken)`;
const first = `\\b(?:I|we)(?:['’]ve|${s}(?:have|(?:(?:\\w{1,15}ly|just|also|already|then|now)${s}){0,2}${past}))\\b`;
const omitted = `(?<=(?:^|[.!?\\n:])\\s{0,2})(?:(?:successfully|just)\\s)?(?:cancell?ed|refunded|changed|updated|issued|processed)\\s(?:your|the|it)\\b`;
/** “… has been cancelled by me.” */
const passive = `\\b(?:has|have|was|were)(?:${s}(?:been|now|just|already|all|both|\\w{1,15}ly)){0,3}`;
const byMe = new RegExp(`^(?:has|have|was|were) (?:\\S+ ){1,9}?by (?:me|myself)\\b`, 'i');
const ownPassive = `${passive}${s}(?:${clear}|${vague})(?:${s}[\\w'’#-]{1,20}){0,5}?${s}by${s}(?:me|myself)\\b`;

/** What begins like a claim. */
export const deedInEnglish = [first, omitted, ownPassive].join('|');

/** The end of a text that may become such a beginning. */
export const mayBeginDeedInEnglish = [
  `\\b(?:I|we)(?:['’]\\w{0,2})?(?:${s}\\w{1,20}){0,4}[ \\t*_]{0,3}$`,
  '\\b(?:successfully|just|cancell?ed|refunded|changed|updated|issued|processed)(?:\\s\\w{1,20}){0,2}\\s?$',
  `${passive}(?:${s}(?:(?:taken|dealt|seen|sorted)${s})?\\w{0,20})?[ \\t*_]{0,3}$`,
  `${passive}${s}(?:${clear}|${vague})(?:${s}[\\w'’#-]{0,20}){0,7}[ \\t*_]{0,3}$`,
].join('|');
