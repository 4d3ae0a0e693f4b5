import { draft, record } from './deedsInEnglish.js';
import { asksForPerson, head, ofCustomer, offer, person, s, third } from './promisesInEnglish.js';
import { lastSentence, plain } from './sentences.js';

const adverb =
  '(?:\\w{1,15}ly|just|now|also|already|then|both|all|still|therefore|of course|(?:gone|went|go) ahead and)';
const some = "(?:(?!(?:you|that|about|for|to|if|whether|when|and|before|from|until)\\b)[\\w'’-]+ ){0,5}?";
/** Who would have to be told. */
const staff = `(?:one of )?${some}(?:(?!people\\b)(?:${head})|warehouses?|management|superiors?|boss|supervision|support|customer (?:service|care)|billing|logistics|accounting|headquarters)\\b(?!['’]s|(?: \\w+)? (?:address|page|hours|number|e-?mail|policy|website|location|phone|articles?|guides?)\\b)`;
const others = `(?:the |your |our |a )?(?!(?:systems?|website|app|neighbou?rs?|recipient|maker|post)\\b)(?:${third})\\b`;
const matter =
  "(?:it|this|that|everything)\\b|(?:the|this|that|your|a) (?:[\\w'’-]+ )?(?:case|issue|problem|question|concerns?|complaint|inquiry|enquiry|matter|message|feedback|situation|query|fix|solution)\\b|your request\\b|(?:where|why|what)\\b";

/** What is told or given to somebody. */
const given =
  'escalat(?:ed|ing|e)|elevat(?:ed|ing|e)|communicat(?:ed|ing|e)|convey(?:ed|ing)?|queu(?:ed|ing|e)|plac(?:ed|ing|e)|document(?:ed|ing)?|pass(?:ed|ing)?|forward(?:ed|ing)?|flag(?:ged|ging)?|report(?:ed|ing)?|rais(?:ed|ing|e)|refer(?:red|ring)?|relay(?:ed|ing)?|submit(?:ted|ting)?|assign(?:ed|ing)?|hand(?:ed|ing)?|shar(?:ed|ing|e)|br(?:ought|inging|ing)|s(?:ent|ending|end)|direct(?:ed|ing)?|rout(?:ed|ing|e)|transfer(?:red|ring)?|mark(?:ed|ing)?|not(?:ed|ing|e)|log(?:ged|ging)?|fil(?:ed|ing|e)|open(?:ed|ing)?|creat(?:ed|ing|e)|put(?:ting)?|made|left|add(?:ed|ing)?';
/** Who is told. */
const telling =
  'notif(?:ied|ying|y)|assign(?:ed|ing)?|sp(?:oke|oken|eaking|eak) (?:to|with)|talk(?:ed|ing)? (?:to|with)|tag(?:ged|ging)?|ping(?:ed|ing)?|ma(?:de|ke|king) sure(?: that)?|(?:requested|asked) that|inform(?:ed|ing)?|alert(?:ed|ing)?|t(?:old|elling|ell)|contact(?:ed|ing)?|ask(?:ed|ing)?|messag(?:ed|ing|e)|e-?mail(?:ed|ing)?|let(?:ting)?|call(?:ed|ing)?|consult(?:ed|ing)?|involv(?:ed|ing|e)|instruct(?:ed|ing)?|urg(?:ed|ing|e)|request(?:ed|ing)?|updat(?:ed|ing|e)|reach(?:ed|ing)? out to|wr(?:itten|ote|iting|ite) to|loop(?:ed|ing)? in|made|brief(?:ed|ing)?|warn(?:ed|ing)?';
const opened =
  'opened|created|raised|logged|filed|submitted|started|registered|lodged|initiated|launched|requested|set up|made|put in|recorded|booked|arranged|issued|scheduled';
const paper =
  '(?:support |service |help ?desk |internal )?(?:ticket|(?<!in )case|report|complaint|inquiry|enquiry|investigation|escalation|trace|follow-?up|call-?back|service request)s?';

const begun = `(?:I|we)(?:['’](?:ve|m|re|ll)| (?:have|had|am|are|will|shall))?(?: going to)?(?: be)?(?: ${adverb}){0,3}(?: [^.;:]{1,100}? and(?: (?:have|will)|['’](?:ve|ll))?(?: ${adverb}){0,2})?`;
const isGiven = new RegExp(
  `^${begun} (?:${given})\\b(?! (?:you|that|what|which|how|where|when)\\b)[^.;:]{0,80}? (?:to|with|for|onto) (?:the attention of )?(?:${staff}|${others})`,
  'i',
);
const isTold = new RegExp(
  `^${begun} (?:${telling})(?: (?:${staff}|${others})(?! (?:the|your|an?) )|(?: (?!you\\b|for\\b|to\\b|about\\b|that\\b)[\\w-]+){1,4} (?:by|from|with) ${staff})`,
  'i',
);
/** What is empty whoever is told. */
const isAlone = new RegExp(
  `^${begun} (?:escalat(?:ed|ing|e) (?!you\\b|to you\\b)|(?:forward|report|submit|relay|rais|log|fil|record|register|document)(?:t?ed|g?ed|ed|ing|d) (?:(?:this|that|the|your) (?:[\\w-]+ )?(?:complaint|feedback|concerns?|case|issue|problem|matter)|this|it|that)(?= internally|[.,;!]|$| for\\b| on\\b| and\\b)|(?:put|placed|added) you (?:in|on|to) (?:the|a|our) (?:queue|waiting list)|(?:have|had|get|got) ${staff} (?:to )?(?:look|check|review|handle|investigate|work|take|deal|see))`,
  'i',
);
const isOpened = new RegExp(
  `^(?:I|we)(?:['’]ve| have| had)?(?: ${adverb}){0,3}(?: [^.;:]{1,100}? and(?: have)?(?: ${adverb}){0,2})? (?:${opened})(?! you\\b)(?: (?!of\\b|about\\b|your order|list|what\\b)[\\w'’#-]+){0,5}? ${paper}\\b(?! numbers?\\b)`,
  'i',
);
const working =
  'working (?:hard )?on|looking (?:into|at|after)|handling|dealing with|investigating|taking care of|sorting(?: out)?|reviewing|checking|examining|attending to|addressing|fixing|resolving|on|on top of|assigned to';
const toWork =
  'work on|look (?:into|at|after)|handle|deal with|investigate|take care of|sort(?: out)?|review|attend to|address|fix|resolve';
const someone = `(?:${person}|(?:our|the) (?:[\\w-]+ ){0,2}(?:warehouse|management|support|customer service))`;
const isAtWork = new RegExp(
  `^(?:we(?:['’]re| are)(?: ${adverb}){0,3} (?:working (?:hard )?on|looking into|handling|dealing with|investigating|taking care of|on) (?:${matter})|${someone}(?:(?:['’](?:s|re)| (?:is|are|(?:has|have) been))(?: ${adverb}){0,3} (?:${working}) (?:${matter})|(?:['’]ll| (?:will|shall|(?:is|are) going to))(?: ${adverb}){0,3} (?:${toWork}) (?:${matter})))`,
  'i',
);
const isPassedOn = new RegExp(
  `^(?:has|have|was|were)(?: ${adverb}){0,2}(?: been)?(?: ${adverb}){0,2} (?:(?:escalated|passed|forwarded|flagged|reported|raised|referred|relayed|assigned|handed|shared|brought|routed|directed|submitted)\\b[^.;:]{0,60}? (?:to|with|for) ${staff}|(?:${opened}) (?:for you|on your behalf|with our|by our)\\b)`,
  'i',
);
/** What may be passed on without being anything of an order. */
const message = new RegExp(
  `\\b(?:(?<!that )(?:this|it|that|everything)|(?:case|issue|problem|question|message|request|feedback|concerns?|matter|details|situation|${paper}))$`,
  'i',
);
const isInformedStaff = new RegExp(
  `^${someone} (?:has|have|was|were)(?: ${adverb}){0,2}(?: been)?(?: ${adverb}){0,2} (?:notified|informed|alerted|made aware|told|asked|assigned|instructed)\\b`,
  'i',
);
/** “The carrier's …”. */
const ofThird = new RegExp(`\\b${third}(?:['’]s?)? (?:\\w+ )?$`, 'i');
/** What is only done if something happens first. */
const condition = /\b(?:if|once|when|whenever|after|unless|until|as soon as(?! (?:possible|they can)))\b/i;

/** Whether a sentence tells that somebody of the shop was told or is at work, which nobody was or is. */
export function isRelayInEnglish(rest: string, before: string, isInformed: boolean): boolean {
  const text = plain(rest).trimEnd();
  const prefix = plain(lastSentence(before));
  const whole = prefix + text;
  if (text.endsWith('?') || draft.test(text) || asksForPerson.test(whole) || offer.test(whole)) return false;
  if (/\b(?:if|whether|until|unless|not|never)\s*$/i.test(prefix)) return false;
  const isToCome = /\b(?:will|shall|going to)\b|['’]ll\b/i.test(text);
  if (isToCome && (condition.test(whole) || ofCustomer.test(whole))) return false;
  const isOwn = isGiven.test(text) || isTold.test(text) || isAlone.test(text) || isOpened.test(text);
  if (/^I\b/i.test(text)) return isOwn;
  // What the shop did is told from its records.
  const isRecord = !isToCome && (isInformed || record.test(whole) || /#\w*\d/.test(whole));
  const isPassive = isInformedStaff.test(text) || (isPassedOn.test(text) && message.test(prefix.trimEnd()));
  return (!isRecord && (isOwn || isPassive)) || (isAtWork.test(text) && !ofThird.test(prefix));
}

const past =
  'escalated|elevated|communicated|conveyed|queued|placed|documented|spoke|talked|tagged|pinged|passed|forwarded|flagged|reported|raised|referred|relayed|submitted|assigned|handed|shared|brought|sent|directed|routed|transferred|marked|noted|logged|filed|opened|created|put|made|left|added|notified|informed|alerted|told|contacted|asked|messaged|e-?mailed|let|called|consulted|involved|instructed|urged|requested|updated|reached|wrote|looped|briefed|warned|started|registered|lodged|initiated|launched|recorded|booked|arranged';
const many = `(?:${s}(?:\\w{1,15}ly|just|now|also|already|then)){0,3}`;
const ownBeginning = `\\b(?:I|we)(?:['’](?:ve|ll)|${s}(?:have|had|will|shall)|${many}${s}(?:${past})|(?:['’](?:m|re)|${s}(?:am|are))${many}${s}\\w{2,15}ing)\\b`;
const house = `(?:our|the)${s}(?:warehouse|management|support|customer${s}service)`;
const staffBeginning = `\\b(?:${person}|${house})(?:['’](?:s|re|ll)|${s}(?:is|are|has|have|was|were|will|shall))\\b`;
const passive = `\\b(?:has|have|was|were)${many}(?:${s}been)?${many}`;

/** What begins like it. */
export const relayInEnglish = [ownBeginning, staffBeginning, `${passive}${s}(?:${past})\\b`].join('|');

/** The end of a text that may become such a beginning. */
export const mayBeginRelayInEnglish = [
  `\\b(?:I|we)(?:['’]\\w{0,2})?(?:${s}\\w{1,20}){0,4}[ \\t*_]{0,3}$`,
  `\\b(?:our|the)${s}(?:warehouse|management|support|customer(?:${s}service)?)(?:['’]\\w{0,2}|${s}\\w{0,20})?[ \\t*_]{0,3}$`,
  `${passive}(?:${s}\\w{0,20})?[ \\t*_]{0,3}$`,
].join('|');
