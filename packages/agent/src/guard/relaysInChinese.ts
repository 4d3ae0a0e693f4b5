import { draft } from './deedsInChinese.js';
import { lastSentence } from './sentences.js';

/** What a clause goes on with. */
const on = '[^，,。；;！!？?\\n]';
const staff =
  '(?:[部處处]門|部门|主管|[經经]理|同[事仁]|[專专][員员人]|[團团][隊队]|客服|[單单]位|(?<!收件|配送|宅配|物流)人[員员]|[負负][責责]人|工程師|工程师|技[師师]|上[級级]|店[長长]|真人|[管高]理?[層层])';
const told = `(?:${staff}|[倉仓][庫库儲储]|物流|[賣卖]家|[廠厂]商|快[遞递]|承[運运])`;
const telling =
  '通知|[轉转](?:[達达告知交給给至到]|送)|反[映應应饋馈]|回[報报]|上[報报]|呈[報报]|通[報报]|[報报]告|告知|知[會会]|升[級级]|提[報报交]|交(?:[給给由]|代|[辦办])|[聯联][絡络繫系]|[詢询]問|询问|[傳传][達达給给]|指派|提醒|催促?|[請请]';
/** What needs nobody named: 已上報. */
const alone = '立案|上[報报]|呈[報报]|反[映應应]|[轉转][達达]|通[報报]|升[級级]';
const opening =
  '建立|[開开]立|[開开](?:了|好)|建(?:了|好)|登[記记]|提交|成立|立案|送出|提出|升[級级]|填[寫写]|申[請请]|新增';
const paper = '(?:工[單单]|案件|[個个]案|客[訴诉]|申[訴诉]|[報报]修|服[務务][單单]|[問问][題题][單单]|case|ticket)';
const work =
  '(?:[處处]理|[調调]查|跟[進进催]|研究|修[復复理]|[檢检][查視视]|查[看核明]|[協协]助|解[決决]|[負负][責责]|[評评]估|了解|接手)';
const matter =
  '(?:此[事案]|[此這这该該][件個个]?(?:事|案|[問问][題题]|情[況况]|[狀状][況况])|[您你]的?(?:[問问][題题]|案件|[狀状][況况]|情[況况]|反[映應应]|需求|[請请]求|[訊讯]息|回[饋馈]|意[見见])|一?下?(?:中|了|喔|哦|的)?$)';

const mark =
  '(?:已[經经]?|[剛刚][才剛刚]?|[會会](?![員员])|[將将]|正在?|[這这]就|[馬马]上|立[刻即]|[幫帮替為为][您你]|先)';
const self = '(?:我[們们]?|本店|我方)';

/** What begins like it: 我已…, 已通知…, 專員會…. */
export const relayInChinese = [
  `${self}${on}{0,6}?${mark}`,
  `(?:已[經经]?|[剛刚][才剛刚]?|[會会](?![員员])|[將将]|正)${on}{0,12}?(?:${telling}|${opening}|有|由|安排|派)`,
  `${paper}${on}{0,4}?[幫帮為为替][您你]`,
  `(?:${staff}|[倉仓][庫库])${on}{0,6}?(?:[會会将將]|正?在|已|[馬马]上|[盡尽儘]|立)`,
].join('|');

/** The end of a text that may become such a beginning. */
export const mayBeginRelayInChinese = [
  `(?:我|本店?)${on}{0,12}$`,
  `[已剛刚會会將将正]${on}{0,18}$`,
  `${paper}${on}{0,6}$`,
  `(?:[工案個个客申報报服問问]|[服問问][務务題题]|tic?k?e?|ca?s?)$`,
  `(?:${staff}|[倉仓][庫库])${on}{0,8}$`,
  `(?:[部處处主經经同專专團团客單单人負负上店真倉仓技]|[負负][責责]|工程?)$`,
].join('|');

const hasMark = new RegExp(mark);
const isWork = new RegExp(work);
const isTold = new RegExp(
  `(?:(?:${telling})${on}{0,10}?${told}|(?:[向跟給给與与和]|[請请])${on}{0,4}?${told}${on}{0,8}?(?:反[映應应]|回[報报]|[報报]告|[說说]|通[報报]|[確确][認认]|${work})|(?:${alone})(?:了|上去|$|[給给至到]))`,
);
const isOpened = new RegExp(
  `(?:${opening})${on}{0,10}?${paper}|${paper}${on}{0,4}?[幫帮為为替][您你]${on}{0,4}?(?:${opening})`,
  'i',
);
const isAtWork = new RegExp(
  `^(?:(?:${self}的?${on}{0,4}?)?${staff}${on}{0,3}?(?:[會会将將]|正?在|已|[馬马]上|[盡尽儘][快速早]|立[刻即])${on}{0,6}?${work}${matter}|(?:[倉仓][庫库])${on}{0,3}?(?:[會会将將]|正?在)${on}{0,4}?${work}(?:此|[這这]|[您你]的?[問问])|${self}${on}{0,2}(?:[會会将將]|正在)${on}{0,4}?(?:[盡尽儘][快速早]|[馬马]上|立[刻即])${on}{0,3}?${work}${matter}|${self}(?:的?(?:[團团][隊队]|[專专][員员]|同[事仁]|部[門门]))?正在${on}{0,3}?${work}(?:此|[這这]|[您你]的?(?:[問问][題题]|案))|${on}{0,4}?[會会将將已]${on}{0,4}?(?:有|由|安排|派)${on}{0,6}?${staff}${on}{0,6}?${work})`,
);
const unreal =
  /可以|可[為为由]|能(?!量)|[無无]法|不|[沒没未]|要不要|要我|[想希]|需要|是否|[準准][備备]|我[們们]?建[議议]|建[議议][您你]|怎|哪|[您你](?:已|可|先|再|也|[會会要])/;
const condition = /如果|若|如需|倘|的[話话]|只要|除非|(?:[後后時时])[，,]/;
/** Who is not of the shop. */
const others =
  /(?:[賣卖]家|物流|[銀银]行|系[統统]|助理|[機机]器人|快[遞递]|承[運运]|[廠厂]商|平[台臺]|司[機机]|[您你](?!的))(?:公司)?[^，,。；;]{0,4}$/;
const startsSelf = new RegExp(`^(?:${self}|${staff}|[倉仓]|${paper})`, 'i');
/** What stands before “已通知…” where it is the agent that did it: nothing, or what was passed on. */
const mayBeSaidOf =
  /^[^\p{L}]*$|^(?:好的?|並且?|而且|且|也|同[時时]|另外|接[著着]|然[後后]|目前|[現现]在|[後后][續续]|首先)$|(?:[問问][題题]|情[況况形]|[狀状][況况]|意[見见]|反[映應应]|案件|[訊讯]息|需求|此?事|[訴诉]|建[議议]|回[饋馈]|我[們们]?)$/u;
const record = /\d ?[月日號号]|昨[天日]|前天|上[週周個个]|日前|先前|之前|#\w*\d/;

/** Whether a sentence tells that somebody of the shop was told or is at work, which nobody was or is. */
export function isRelayInChinese(rest: string, before: string, isInformed: boolean): boolean {
  const text = rest.replace(/[*_\s]/g, '');
  const prefix = lastSentence(before).replace(/[*_\s]/g, '');
  const whole = prefix + text;
  if (/[?？]$|[嗎吗呢沒没][。！!]?$/.test(text) || condition.test(whole) || draft.test(whole)) return false;
  const clause = /^[^，,。；;！!]*/.exec(text)![0];
  const lead = /[^，,；;]*$/.exec(prefix)![0];
  if (others.test(lead) || (!startsSelf.test(clause) && !mayBeSaidOf.test(lead))) return false;
  if (isAtWork.test(clause)) return !unreal.test(lead + clause.split(isWork)[0]!);
  const found = isTold.exec(clause) ?? isOpened.exec(clause);
  if (!found || unreal.test(lead + clause.slice(0, found.index))) return false;
  if (!hasMark.test(clause.slice(0, found.index)) && !/了|[幫帮為为替][您你]/.test(clause)) return false;
  const isOwn = /^我(?![們们])/.test(clause);
  const isToCome = /[會会将將](?!您|你|此|[這这])/.test(clause.slice(0, found.index));
  return isOwn || isToCome || !(isInformed || record.test(whole));
}
