import { lastSentence } from './sentences.js';

/** What a clause goes on with. */
const on = '[^，,。；;！!？?\\n]';
const change =
  '取消|退款|存入|退回[給给]|退[還还]|退[給给]|[贈赠]送|[補补][償偿]|升[級级]|退[費费]|退[貨货]|[換换][貨货]|退回(?=.{0,8}(?:款|金|元|卡))|修改|更改|[變变]更|更新|更正|更[換换]|[換换]成|改[成為为好到]|[處处]理|[辦办]理|[辦办]好|申[請请]|提交|送出|建立|登[記记]|下[單单]|[補补][寄發发]|重[寄發发新]|寄出|[調调]整|[刪删]除|加入|新增|移除|扣款|核准|[開开]立|[暫暂]停|延[長长]|完成|取回|重[設设]|安排';
const things =
  '[訂订][單单]|退款|退[貨货費费]|[換换][貨货]|地址|付款|款[項项]|商品|金[額额]|[電电][話话]|[帳账][戶户]|尺[寸碼码]|[顏颜]色|[數数]量|包裹|[運运][費费]|密[碼码]|取消|修改|[變变]更|更改|收件|配送|新[臺台]?幣|元|[錢钱]|退了款|寄送|色|加急|一件|[優优]惠|折[價价扣]|[購购]物金|\\d';
const verb =
  '(?:取消|退[款還还]?|加|[補补]|[贈赠]送|升[級级]|改|[換换]|[辦办]理?|[處处]理|弄|更新|更改|修改|[變变]更|申[請请]|提交|安排|[設设]定|重[設设]|[補补重]寄|下[單单]|[刪删]除?|移除|延[長长])';
const toYou = '[給给][您你]';
const forYou = '[幫帮替給给為为][您你]';
const done = `${verb}(?:${toYou})?(?:了|好|完|妥)`;

/** Somebody says “I did”: 我已、已為您、我幫您…了、已將您的、我把錢退給您了、地址改好了. */
export const deedInChinese = [
  `(?:我[們们]?|本店|我方)${on}{0,12}?(?:已[經经]?|[剛刚][才剛刚]?|成功|[幫帮替][您你]|[為为][您你]|把|[將将])`,
  `(?:已[經经]?|[剛刚][才剛刚]?|[現现]已|成功)(?:成功|[順顺]利|全部|立即|先|重新)?(?:[為为幫帮替][您你]|[將将把])`,
  `(?<=(?:^|[。！!\\n])\\s{0,2})(?:[幫帮替為为][您你]|已[經经]?)(?:成功|完成)?(?:把|[將将])?(?:${change}|[訂订][單单](?=${on}{0,6}了))(?:了|[您你][的 ]|[這这該该此給给至到\\d好完]|[訂订][單单]|新?地址)`,
  `我(?![們们])(?:[已也都就先再全剛刚]|[這这][邊边裡里]|直接|${forYou}|(?:把|[將将])${on}{1,8}?){0,3}${done}`,
  `(?:[幫帮替給给][您你](?:把|[將将])?)?${verb}(?:好|完|妥)(?:了|囉|啰|啦|喔|哦)`,
  `[幫帮替給给][您你]${done}`,
  `${verb}${toYou}(?:了|囉|啰|啦)`,
  `由我(?![們们])${on}{0,4}?(?:${change})`,
].join('|');

/** The end of a text that may become such a beginning. */
export const mayBeginDeedInChinese = [
  `(?:我|本店?)${on}{0,34}$`,
  `[已經经剛刚現现成]${on}{0,12}$`,
  `[幫帮替為为給给由]${on}{0,11}$`,
  `(?:取消?|退[款還还]?|加|[贈赠]送?|升[級级]?|改|[換换]|[辦办]理?|[處处]理?|弄|更[新改]?|修改?|[變变]更?|申[請请]?|提交?|安排?|[設设]定?|重[設设寄]?|[補补]寄?|下[單单]?|[刪删]除?|移除?|延[長长]?|[補补])(?:[好完妥]|[給给][您你]?)?$`,
].join('|');

const claim = new RegExp(`(?:${change}|${done})`);
const aboutThing = new RegExp(things);
const untrue =
  /[無无]法|不能|[沒没][有能]|[尚還还]未|未能|不[會会需必]|可以|可[為为]|[會会](?!員|员)|[將将](?:[會会]|[為为於于])|[準准][備备]|[擬拟]|草|列出|提案|方案|建[議议]|[請请]問|查[詢询到了看過过]|找到|需要|如果|若|[轉转]接|想要?|要[幫帮為为]|看[到過过]|收到|[確确][認认]|得知|知道|[發发][現现]|注意|列|整理|[說说]|告[訴诉知]|解[釋释]|介[紹绍]|回答|[試试]|提[到及]|算|明白|理解|[顯显]示|了解/;
/** What stands before something that is not done yet, or that somebody else is to do. */
const notYet = /等|[請请]|[沒没]|[還还]|未|先|希望|要|[幾几][時时]|何[時时]|怎|是否|有[無无]/;
/** What somebody else did. */
const ofOthers =
  /(?:系[統统]|[銀银]行|物流|同事|客服|[專专][員员人]|[倉仓][庫库]|[賣卖]家|[您你](?!的))[^，,。；;]{0,6}$/;
const record = /\d ?[月日號号]|昨[天日]|前天|上[週周個个]|日前|先前|之前|當時/;
/** Whose record it is: 我們已…, but not 我已…. */
const ofShop = /(?:我[們们]|本店|我方)[^，,。；;]{0,6}$/;
/** What the customer is still to say yes to. */
export const draft =
  /[準准][備备]|提案|[擬拟]|草稿|供您|列[在於于出]|[明詳详][細细]|[請请][^。！!]{0,8}(?:下方|下面|以下|上方|此[處处]|[這这][裡里])[^。！!]{0,10}(?:[確确][認认]|核[對对])|(?:下方|下面|以下|上方)[^。！!]{0,16}[請请][^。！!]{0,6}[確确][認认]|[待等]您[^，,。！!]{0,4}[確确][認认]/;
/** What the customer has just wished for is in no record yet. */
const fresh = /[依按照應应][您你]的?(?:要求|[請请]求|指示|意思|希望|吩咐)|如[您你]所[願愿求]/;
/** What a shop changes for everybody. */
const forAll = /政策|期限|[條条]款|[規规][則则定範范]|[辦办]法|(?:[營营][業业]|服[務务])[時时][間间]|(?<!您的)[價价]格/;

/** Whether a sentence claims that the agent itself changed something. */
export function isDeedInChinese(rest: string, before: string, isInformed: boolean): boolean {
  const text = rest.replace(/[*_]/g, '').trimEnd();
  const prefix = lastSentence(before);
  const whole = prefix + text;
  if (/[?？]$|[嗎吗呢沒没][。！!]?$/.test(text) || !/已|[剛刚]|了|成功|好|完|^由我/.test(text)) return false;
  if (!claim.test(text) || !aboutThing.test(whole) || ofOthers.test(prefix) || draft.test(whole)) return false;
  const until = text.slice(0, text.search(claim));
  if (untrue.test(until)) return false;
  const clause = prefix.split(/[，,；;]/).at(-1)!;
  if (!/^(?:我|本店|已|[剛刚]|由我)/.test(text) && (untrue.test(clause) || notYet.test(clause))) return false;
  if (/^(?!我|本店)[^，,。]{0,8}(?:之?[後后]|以[後后]|的[話话]|再)/.test(text)) return false;
  // An order that is cancelled, not the cancelling of it.
  if (/^已[^，,。您你]{2,8}?(?:的|[無无]法|不能|者)/.test(text)) return false;
  if (/^我(?![們们])/.test(text)) return /已|[剛刚]|成功|了|好|完/.test(text);
  if (/^(?:我|本店)/.test(text) && forAll.test(text) && !/[您你]/.test(until + text.split(forAll)[0]!)) return false;
  // What the shop did is told from its records; what was done “for you” is the agent's unless the shop says so.
  const isOwn =
    /[幫帮替][您你]|^由我/.test(text) ||
    (/^(?:已|[剛刚]).{0,4}[為为][您你]/.test(text) && !ofShop.test(prefix)) ||
    fresh.test(whole);
  return isOwn || !(isInformed || record.test(whole));
}
