import { lastSentence } from './sentences.js';

/** What a clause goes on with. */
const on = '[^，,。；;！!？?\\n]';

const person =
  '(?:我[們们]?|我方|本店|小[編编]|[專专]員|专员|[專专]人|同[事仁]|客服|[團团][隊队]|人[員员]|主管|[經经]理|部[門门]|工程[師师]|技[師师]|[倉仓][庫库]|[單单]位|[負负][責责]人|代表|真人)';
const count = '(?:\\d{1,3} ?|[一二三四五兩两幾几數数]{1,2})';
const time = `(?:${count}?(?:[個个]?(?:工作[天日]|小[時时]|鐘頭|星期|月)|分[鐘钟]|天|日|週|周)(?:[之以]?[內内]|[之以]?[後后])|(?:今|明|後|后)[天日早晚]|下[週周午]|晚上|過[幾几][天日]|过几天)`;
const later =
  '(?:稍[後后晚]|晚[點点些]|晚一[點点些]|[待等]一?[會会下等]|[待等][會会][兒儿]|一[會会][兒儿]?|[盡尽儘][快速早]|[馬马]上|立[刻即]|[隨随][後后]|之[後后]|然[後后]|[過过][後后]|[後后][續续]|回[頭头]|第一[時时][間间]|及[時时]|即[時时]|主[動动]|改天)';
const news =
  '(?:一?有(?:了|任何|新的?|最新的?|更新的?|進一步的?|进一步的?){0,2}(?:消息|[結结]果|[進进][展度]|更新|回[應应音覆复]|答案|[狀状][況况]|[資资][訊讯]))';
const inquiry =
  '(?:[查問问](?:到|清楚)?(?:[結结]果)?[後后了]|[結结]果(?:出[來来爐])?[後后]|(?:[查確确核了][詢询證证實实清到明認认解對对看]|[處处]理|[詢询][問问]|[調调]查|[檢检]查|研究|[討讨][論论])(?:一下|完成|完[畢毕]?|好|清楚|[過过])?(?:[之以]?[後后]|完[畢毕]|完?就))';
const wait =
  '(?:[請请]?(?:您|你)?稍(?:等|候|待)|[請请]耐心等|[請请](?:等|靜|静|留意|期待|放心)|[等靜静]候|[讓让]我|容我|等我|[給给]我)';
const given =
  '(?:已經?|已经|剛|刚|[會会將将再]|我)?(?:[請请](?=[專专同客負负相倉仓主])|安排|由|[轉转][交告達达知給给]|通知(?=[專专同客負负相倉仓主])|交[給给由代]|反[應应映]|回[報报]|上[報报]|拜[託托])';
const plan =
  '(?:[會会](?![員员計计議议籍場场])|[將将]|再(?!次)|打算|[準准][備备]|一定|保[證证]|答[應应]|承[諾诺]|想辦法|[幫帮]您|[為为]您|持[續续]|[繼继][續续]|保持)';
const future = `(?:${time}|${later}|${news}|${inquiry}|${wait}|${given}|${plan})`;

/** What may stand before, and would mean nothing without what follows. */
const lead = '(?:[預预][計计]|大[約约概])?[請请您你待等當当由]{0,2}(?:相[關关]的?)?';

/** What begins like a promise: somebody of the shop, if that is said, with something to come. */
export const promiseInChinese = `${lead}(?:${person}${on}{0,14}?)?${future}`;

/** Words of {@link future} that are not whole yet. */
const openFuture = [
  `${count}(?:[個个]?(?:工作?|小|鐘|星)?|分)?`,
  `${count}?(?:[個个]?(?:工作?[天日]?|小[時时]?|鐘頭?|星期?|月)|分[鐘钟]?|天|日|週|周)[之以]?`,
  '[個个]|[今明後后下過过晚稍待等一盡尽儘馬马立隨随之然回及即主改第][一會会幾几]?|第一[時时]?',
  '一?有[了任何新最更進进一步的]{0,6}[消結结進进回答狀状資资]?',
  '[查確确核了處处詢询問问調调檢检研討讨](?:[詢询證证實实清到明認认解對对看理問问查究論论](?:一下?|完成?|完[畢毕]?|好|清楚?|[過过])?[之以]?)?',
  '[查問问](?:到|清楚?)?(?:[結结]果?)?|[結结]果?(?:出[來来爐]?)?',
  '[請请](?:耐心?|[靜静留期放])?|[讓让容給给靜静]',
  '(?:已[經经]?|[剛刚會会將将再])?(?:[請请]|安|[轉转]|通知?|交|反|回|上|拜)?',
  '打|[準准]|保|答|承|想辦?|[幫帮為为]|持|[繼继]|再',
].join('|');

/** The end of a text that may become such a beginning. */
export const mayBeginInChinese = [
  `${lead}${person}${on}{0,30}$`,
  `(?:[預预][計计]?|大[約约概]?)?[請请您你待等當当由]{0,2}(?:相[關关]?的?)?(?:工程|[本小專专同客團团人主經经部工技倉仓單单負负代真]|${openFuture})?$`,
].join('|');

const you = '[您你]';
const reply =
  '(?:回[覆复復]|答[覆复]|回[應应]|回[電电報报信]|[聯联連连][絡络繫系係]|[聯联][係系]|致[電电]|[來来][電电]|跟[進进催]|追[蹤踪]|通知|告[知訴诉]|知[會会]|提醒|[報报]告|打?[電电][話话]|[電电][洽郵邮]|寄信|[發发]信|寫信|[說说]明|[簡简][訊讯]|私[訊讯]|更新|答案|消息|[結结]果|回音|交代|[說说講讲](?=[，,。；;！!…\\s喔哦]|$)|[進进][展度]|解答|e-?mail|郵件|邮件|LINE|WhatsApp)';

/** What somebody does who comes back: to you, for you, or as the last word of a clause. */
const comeback = new RegExp(
  [
    `(?:回[覆复復]|答[覆复]|回[應应電电報报]|[聯联連连][絡络繫系係]|致[電电]|通知|告[知訴诉]|知[會会]|提醒|(?:打|[撥拨]|去|[來来])(?:[電电][話话])?[給给]?|[電电][洽聯联]|(?:寄|[發发]|寫|写|傳|传)(?:封|個|个)?(?:信|e-?mail|[電电]子?[郵邮]件|[郵邮]件|[簡简][訊讯]|[訊讯]息|消息)[給给]|更新[給给]|e-?mail|[報报]告|[說说][給给])(?:[給给與与予到])?${you}|(?<![退返寄送收撤取])回${you}`,
    `(?:[給给與与跟和為为向同替對对])${you}${on}{0,16}?${reply}`,
    `[讓让]${you}(?:知道|了解|知[曉晓悉])`,
    `(?<![與与跟和向](?:我[們们]?|客服|同事|[專专][員员人]))(?:回[覆复復]|答[覆复]|[聯联連连][絡络繫系係]|通知|告知|回[報报電电]|致[電电]|跟[進进]|追[蹤踪])(?:一下)?(?:[處处]理|[進进]度|[狀状][況况]|[說说]明)?(?=[的喔哦唷囉啦~～]?(?:[，,。；;！!…\\s]|$))`,
    `${you}${on}{0,8}(?:收到|接到|得到|[獲获]得|等到)${on}{0,16}?(?:回[覆复應应電电音]|答[覆复]|[來来][電电]|消息|通知|[聯联][絡络繫系])`,
    `(?:等候|等待|[靜静]候|留意|期待|等)(?:一下)?(?:我[們们]?|客服|[專专][員员人]|同事|[團团][隊队])${on}{0,4}?(?:回[覆复應应電电音]|消息|通知|[來来][電电]|答[覆复]|[聯联][絡络繫系])|[靜静]候佳音`,
    '回[來来](?:找|跟|和|說|说|再|[繼继][續续])',
  ].join('|'),
  'gi',
);

const third =
  '(?:物流|快[遞递]|宅[配急]|司[機机]|配送|[貨货]運|货运|[郵邮][局差]|[銀银]行|系[統统]|平[台臺]|[廠厂]商|原[廠厂]|[賣卖]家|[門门]市|店[員员家]|超商|[發发]卡|PayPal|黑[貓猫]|[順顺][豐丰]|外送|承[運运]|助理|[機机]器人)';
/** Spoken of one of these, and of nobody else since. */
const ofThird = new RegExp(
  `(?<![向跟與与和問问絡络繫系詢询找給给])${third}(?:稍[後后]|[隨随][後后]|之[後后]|送[達达][前後后]|[^，,。；;我同專专客團团再後后回]){0,16}$`,
  'i',
);

const event =
  /出[貨货]|寄[出達达送]|[發发][貨货]|到[貨货店]|送[達达出]|配[達达送]|[補补][貨货]|上架|入[帳账]|退款(?:完成|成功|核准|入|[時时後后])|付款(?:完成|成功|[後后])|下[單单]|成立|[簽签]收|取[貨货件]|完成[時时後后]|更新[時时]|[變变][更動动][時时]|收到.{0,8}(?:退|商品|包裹)|收件/;
const mailing =
  /^(?:通知|告知|提醒|寄|[發发]|傳|传|更新|[與与給给為为向跟和對对]您.{0,16}(?:通知|信|[郵邮]件|e-?mail|[簡简][訊讯]|提醒|更新)$|您.{0,30}通知$)/i;
const byHand =
  /查(?!看)|[確确][認认](?![信函])|了解|[結结]果|消息|[進进]展|[調调]查|[處处]理|我(?![們们])|同[事仁]|[專专][員员人]|客服|主管|回[覆复應应]/;

const asksForPerson =
  /(?:要求|希望|需要|想要?|申[請请]|選擇|选择|想跟|想和|要)(?:由|與|与|找|改由)?(?:[轉转]接|[轉转]由|[聯联][繫系絡络]|[請请])?(?:至|給|给|到)?(?:[專专][員员人]|真人|同[事仁]|客服|我[們们])/;
const condition = /如果|若|如需|倘若|假如|需要的[話话]|的[話话][，,]|要不要|是否/;
const askedFor =
  /(?:[請请](?!稍|耐心|等|放心|[靜静]|期待|留意)|[麻煩烦]{2}|只要)(?:您|你)?(?:先|再|直接|提供|告[訴诉知]|[輸输]入|回[覆复]|[給给](?!我[一點点些幾几時时])|登入|登录|[傳传]|[選选]|[寫写]|附|[說说]|[確确][認认]|[點点]|[補补])/;
const byCustomer =
  /(?:[請请](?!稍|耐心|等|放心)|[歡欢]迎|您可|可以|可[隨随]|能|[麻煩烦]{2}|敬[請请]|[務务]必|[記记]得|建[議议]您|您再)[^，,。；;]{0,14}$/;
const refusal =
  /(?:不[會会能再必用可需]|[無无][法需須]|[沒没]有?[辦办]法|毋[須需]|[尚還还]未|[沒没]有|[絕绝]不|切勿|不要)[^，,。；;]{0,14}$/;
const done =
  /(?:已[經经]?|曾[經经]?|剛[才剛]?|刚[才刚]?)(?:於|于|在|以|用|寄|[發发]|[傳传]|透過|透过|[電电]子|[郵邮]件|e-?mail|[簡简][訊讯]|信|[\d月日年 /]){0,14}$|已[經经]?由[^，,。；;]{0,10}$/i;
const somebody = new RegExp(`${person}|[會会將将]`);
const ofShop = new RegExp(person);
const waits = new RegExp(`${later}|${news}|${time}|${inquiry}|再|[後后]`);
const untilLater = new RegExp(`${news}|${time}|稍|晚`);
/** What may as well be told at once. */
const told =
  /^(?:告[知訴诉]|.{1,3}.{0,16}(?:[說说]明|解答|[結结]果|更新|告[知訴诉]|答案|[進进][展度]|[報报]告|[說说])$)/;

/** Whether a sentence that begins with {@link promiseInChinese} is a promise to come back. */
export function isPromiseInChinese(rest: string, before: string): boolean {
  const text = rest.replace(/[*_]/g, '').trimEnd();
  if (/[?？]$|[嗎吗呢][。！!]?$/.test(text)) return false;
  const prefix = lastSentence(before).replace(/[*_]/g, '');
  const whole = prefix + text;
  if (condition.test(whole) && asksForPerson.test(whole)) return false;
  if (/要求[轉转]接|要求(?:[專专]人|真人)|[您你]也?可以?(?:[選选][擇择]|要求)|[您你][轉转]接/.test(whole)) return false;
  return [...text.matchAll(comeback)].some((found) => isPromised(found, text, prefix));
}

function isPromised({ 0: verb, index }: RegExpExecArray, text: string, prefix: string): boolean {
  const lead = prefix + text.slice(0, index);
  if (ofThird.test(lead) || refusal.test(lead) || done.test(lead)) return false;
  if (!/[您你靜静等留]/.test(verb) && isOfCustomer(lead)) return false;
  if (isToldAtOnce(verb, lead, text.slice(index + verb.length))) return false;
  return !isByMachine(verb, prefix + text);
}

/** Whether a verb without “you” is what the customer is to do. */
function isOfCustomer(lead: string): boolean {
  return byCustomer.test(lead) || (askedFor.test(lead) && !somebody.test(lead));
}

/** Whether something is told here, or as soon as the customer has written what is asked for. */
function isToldAtOnce(verb: string, lead: string, tail: string): boolean {
  if (!told.test(verb)) return false;
  if (/^[^。！？]{0,30}[:：]/.test(tail)) return true;
  if (askedFor.test(lead)) return !untilLater.test(lead);
  return !waits.test(lead) && (/[說说]明|解答/.test(verb) || /助理/.test(lead) || !ofShop.test(lead));
}

/** Whether it is a mail about what happens to an order, as shops send them without anybody's doing. */
function isByMachine(verb: string, whole: string): boolean {
  return mailing.test(verb) && event.test(whole) && !byHand.test(whole);
}
