import { beginnings, lastSentence, type SentenceRule } from './sentences.js';

const object =
  'orders?|refunds?|address(?:es)?|payments?|returns?|exchanges?|items?|articles?|products?|parcels?|packages?|shipments?|deliver(?:y|ies)|subscriptions?|cancellations?|replacements?|reimbursements?|money|amount|balance|credits?|changes?|cards?|account|vouchers?|discount|purchase|quantity|phone number|password';

/** What changes an order whatever it is done to. */
const clear = 'cancell?ed|refunded|reimbursed|exchanged|swapped|re-?ordered|waived';
/** What is only a change if done to something of an order. */
const vague =
  'replaced|modified|redirected|rerouted|reset|unlocked|switched|re-?sent|issued|processed|changed|updated|edited|corrected|amended|adjusted|applied|removed|added|deleted|placed|submitted|filed|initiated|started|created|registered|booked|scheduled|arranged|stopped|paused|extended|sent|shipped|approved|completed|made|charged|upgraded|activated|closed|returned|credited|transferred|requested|finali[sz]ed|executed|put|authori[sz]ed|taken care of';
const able =
  '(?:cancel|refund|reimburse|exchange|swap|replace|change|update|issue|process|modify|correct|remove|submit|place|arrange)';
const thing = `(?: (?!of\\b|up\\b|out\\b|below\\b|what\\b)[\\w'’#.,%-]+){0,5}? (?:${object})\\b`;

/** What stands between “I have” and what was done. */
const lead =
  /^(?:(?:I|we)(?:['’]ve| have)?|successfully|just)?(?:,? (?:\w{1,15}ly|now|just|also|already|then|both|all|(?:went|gone) ahead and|as you asked|as requested))*,? ?$/i;
const deed = new RegExp(
  `\\b(?:(?:was|been|were) able to ${able}|managed to ${able}|(?:${clear})\\b(?! by you)|(?:${vague})${thing})`,
  'gi',
);
const record =
  /\b(?:on (?:the )?\d|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:on|in) (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|yesterday|last (?:week|month|\w+day)|\bago\b|earlier|previously|already|\d{4}-\d\d)/i;
const draft =
  /propos|prepar|\bdraft|for you to (?:confirm|check|review|decide)|suggest|\bnothing\b|\bexample\b|\bsummary\b/i;
const supposed = /\b(?:if|whether|until|unless|once|when|after|before|that|which|not|never)\s*$/i;

/** Whether a sentence claims that the agent itself changed something. */
function isDeedInEnglish(rest: string, before: string): boolean {
  const text = rest.replace(/[\s*_]+/g, ' ').trimEnd();
  if (text.endsWith('?') || draft.test(text) || supposed.test(before)) return false;
  // What the shop did is told from its records.
  if (/^we\b/i.test(text) && (record.test(text) || !/^we(?:['’]ve| have)/i.test(text))) return false;
  const leads = [...text.matchAll(deed)].map(({ index }) => text.slice(0, index));
  return leads.some((words) => lead.test(words) || (!record.test(text) && lead.test(words.replace(andAlso, '$1 '))));
}

/** “I have checked and” counts as “I have”: what follows was done as well. */
const andAlso = /^((?:I|we)(?:['’]ve| have)?)\b[^.;:]{0,120} and(?: have|['’]ve)? /i;

const on = '[^，,。；;！!？?\\n]';
const change =
  '取消|退款|退[費费]|退[貨货]|[換换][貨货]|退回(?=.{0,8}(?:款|金|元|卡))|修改|更改|[變变]更|更新|更正|更[換换]|[換换]成|改[成為为好到]|[處处]理|[辦办]理|[辦办]好|申[請请]|提交|送出|建立|登[記记]|下[單单]|[補补][寄發发]|重[寄發发新]|寄出|[調调]整|[刪删]除|加入|新增|移除|扣款|核准|[開开]立|[暫暂]停|延[長长]|完成|取回|重[設设]|安排';
const things =
  '[訂订][單单]|退款|退[貨货費费]|[換换][貨货]|地址|付款|款[項项]|商品|金[額额]|[電电][話话]|[帳账][戶户]|尺[寸碼码]|[顏颜]色|[數数]量|包裹|[運运][費费]|密[碼码]|取消|修改|[變变]更|更改|收件|配送|新[臺台]?幣|元|\\d';

/** Somebody says “I did”: 我已、已為您、我幫您…了、已將您的. */
const beginsInChinese = `(?:我[們们]?|本店|我方)${on}{0,12}?(?:已[經经]?|[剛刚][才剛刚]?|成功|[幫帮替][您你]|[為为][您你]|把|[將将])|(?:已[經经]?|[剛刚][才剛刚]?|[現现]已|成功)(?:成功|[順顺]利|全部|立即|先)?(?:[為为幫帮替][您你]|[將将把])|(?<=(?:^|[。！!\\n])\\s{0,2})(?:[幫帮替為为][您你]|已[經经]?)(?:成功|完成)?(?:把|[將将])?(?:${change}|[訂订][單单](?=${on}{0,6}了))(?:了|[您你][的 ]|[這这該该此])`;
const mayBeginInChinese = `(?:我[們们]?|本店?)${on}{0,16}$|[已經经剛刚現现成]${on}{0,12}$|[幫帮替為为]${on}{0,11}$`;
const claimInChinese = new RegExp(`(?:${change})`);
const aboutThing = new RegExp(things);
const untrue =
  /[無无]法|不能|[沒没][有能]|[尚還还]未|未能|不[會会需必]|可以|可[為为]|[會会](?!員|员)|[將将](?:[會会]|[為为於于])|[準准][備备]|[擬拟]|草|列出|提案|方案|建[議议]|[請请]問|查[詢询]|需要|如果|若|[轉转]接|想要?|要[幫帮為为]|看[到過过]|收到|[確确][認认]|得知|知道|[發发][現现]|注意|列|整理|明白|理解|[顯显]示|了解/;
/** What somebody else did. */
const ofOthers = /(?:系[統统]|[銀银]行|物流|同事|客服|[專专][員员人]|[倉仓][庫库]|[您你](?!的))[^，,。；;]{0,6}$/;
const recordInChinese = /\d ?[月日號号]|昨[天日]|前天|上[週周個个]|日前|先前|之前|當時/;

function isDeedInChinese(rest: string, before: string): boolean {
  const text = rest.replace(/[*_]/g, '').trimEnd();
  const whole = lastSentence(before) + text;
  if (/[?？]$|[嗎吗呢][。！!]?$/.test(text) || !/已|[剛刚]|了|成功|好|完/.test(text)) return false;
  if (!claimInChinese.test(text) || !aboutThing.test(whole)) return false;
  if (ofOthers.test(lastSentence(before))) return false;
  const until = text.slice(0, text.search(claimInChinese));
  if (untrue.test(until) || /[準准][備备]|提案|[擬拟]|草稿|供您|列[在於于出]|[明詳详][細细]/.test(whole)) return false;
  return !/^我(?![們们])/.test(text) ? !recordInChinese.test(whole) : /已|[剛刚]|成功|了/.test(text);
}

const first = `\\b(?:I|we)(?:['’]ve|[ \\t*_]{1,3}(?:have|(?:(?:\\w{1,15}ly|just|also|already|then|now)[ \\t*_]{1,3}){0,2}(?:${clear}|${vague}|went ahead|was able|managed)))\\b`;
const omitted = `(?<=(?:^|[.!?\\n:])\\s{0,2})(?:(?:successfully|just)\\s)?(?:cancell?ed|refunded|changed|updated|issued|processed)\\s(?:your|the|it)\\b`;

const mayBeFirst = `\\b(?:I|we)(?:['’]\\w{0,2})?(?:[ \\t*_]{1,3}\\w{1,20}){0,3}[ \\t*_]{0,3}$`;
const mayBeOmitted =
  '\\b(?:successfully|just|cancell?ed|refunded|changed|updated|issued|processed)(?:\\s\\w{1,20}){0,2}\\s?$';

/** Claims to have changed something: an agent only proposes, and what is changed is changed when the customer confirms it. */
export const deeds: SentenceRule = {
  ...beginnings([first, omitted, beginsInChinese], [mayBeFirst, mayBeOmitted, mayBeginInChinese]),
  isMet: (rest, before) => isDeedInEnglish(rest, before) || isDeedInChinese(rest, before),
  // True whenever it is said: an earlier change may have been confirmed.
  instead: {
    en: 'I change nothing by myself: a change is only made once you have confirmed it here.',
    'zh-Hant': '我不會自行變更任何內容：只有在您於此處確認後，變更才會執行。',
  },
  again: { en: 'that takes your confirmation.', 'zh-Hant': '這需要您的確認。' },
};
