const sentenceEnd = /(?<=[.!?…][)"”*_]*)\s+|(?<=[。！？⋯…])(?![。！？⋯…])|\n+/;
/** What may follow without saying more. */
const courtesy =
  /^(?:(?:many )?thanks?\b|I appreciate|(?:this|it) (?:will|should|may|might|won['’]t) (?:only |just )?take\b|感[謝谢]|[謝谢]{2}|多[謝谢]|辛苦)/i;
/** What the customer is to give first: the look comes with the next turn. */
const asks =
  /\?\s*$|\b(?:please|kindly|could you|can you|may I|you can|just|to) (?:send|tell|share|provide|write|type|paste|choose|pick|reply|log in|sign in|give me (?!an? |one |just |some )|confirm|have your|let (?:me|us) know)\b|^(?:send|tell|share|provide|give me (?!an? |one |just |some )|let (?:me|us) know)\b|\b(?:I|we)(?:['’]ll| will)?(?: \w+)? need (?:your|the|an?) (?!moment|second|minute|sec\b|bit|little)|[?？]|[嗎吗呢]$|(?:[請请]|[麻煩烦]{2})[您你]?[^，,。！!]{0,4}(?:提供|告[訴诉知]|[輸输]入|[給给](?!我(?:一|[些點点時时]))|登入|登[錄录]|[傳传]|[選选]|[寫写]|附|[說说]|回[覆复]|[點点][擊击選选])/im;

const adverb =
  '(?:\\w{1,15}ly|just|now|first|then|also|please|right away|go(?: ahead)?(?: and)?|start by|try to|(?:have|need) to|be)';
const look =
  "(?:(?:double-?)?check(?:ing)?|look(?:ing)?(?! forward)|see(?= (?:what|if|whether|how|where|when)\\b|$)|find(?:ing)?(?: out)?|search(?:ing)?|verify(?:ing)?|review(?:ing)?|pull(?:ing)? (?:up|that|this|it|your|the)|bring(?:ing)? up|retriev(?:e|ing)|fetch(?:ing)?|(?:get|getting|grab|grabbing) (?:the|your|that|those|more) (?:[\\w#'’-]+ )*?(?:details|info|information|status|order|data|record|history)|(?:have|having|take|taking) an? (?:\\w+ )?look|investigat(?:e|ing)|access(?:ing)?|load(?:ing)?|dig(?:ging)?|locat(?:e|ing)|track(?:ing)?|examin(?:e|ing)|inspect(?:ing)?|gather(?:ing)?|consult(?:ing)?|go(?:ing)? through|confirm(?:ing)? (?:that|this|the))\\b";
const asWhole = '(?:(?!\\b(?:and|but|which) (?:it|your|the|there|they|you)\\b)[^:]|:(?!\\s*\\S))*$';
const announced = new RegExp(
  `(?:^|[,;–—] ?|\\b(?:and|so|but|then|while|as) )(?:I(?:['’]m| am)(?: already)? on (?:it|this)(?= right|$|,)|I['’]ll get (?:right )?on (?:it|that|this)|(?:(?:let me|let us|let['’]s|(?:allow|permit) me to|(?:I|we)(?:['’]ll| will| shall|['’](?:m|re) going to| (?:am|are) going to| (?:need|have) to|['’]d like to| would like to|(?:['’](?:d|ll)| would| will) be (?:happy|glad) to))(?: ${adverb}){0,3} |(?:happy|glad) to |(?:I['’]m|I am|we['’]re|we are)(?: ${adverb}){0,2} (?=\\w+ing\\b|having|taking))${look})${asWhole}`,
  'i',
);
const ongoing = new RegExp(
  `^(?:now |currently )?(?=\\w+ing )${look}(?: (?:that|this|it|on|into|up|your|the|for|now)\\b)(?!.* (?:is|are|was|will|can|may|takes|helps)\\b)${asWhole}`,
  'i',
);
const span = '(?:an?|one|just an?|another) (?:quick |short |little |brief )?(?:moment|second|sec|minute|instant|bit)';
const wait = new RegExp(
  `^(?:just )?(?:${span}|(?:please )?(?:hold on|hang on|hang tight|bear with me|stand by|sit tight|wait)(?: (?:for )?(?:${span}|here|with me))?|(?:please )?(?:give|allow|grant) me (?:${span}|some time|a (?:little|few) \\w+)|I(?:['’]ll| will)? (?:just )?need ${span})(?:,? please)?(?:,? (?:while|as) I\\b.*| to (?:${look}).*)?$`,
  'i',
);
/** What makes it wait for the customer. */
const condition =
  /\b(?:if|when|once|after) (?:you|I have your)\b(?!r)|\b(?:once|as soon as|until|unless|without|nothing|another|other|anything|ask for|contact us|write to us)\b|^(?:press|click|tap|open|enter|confirm|go to)\b/i;
const interjection =
  /^(?:(?:sure|okay|ok|certainly|of course|absolutely|alright|all right|right|great|got it|no problem|thanks|thank you|understood|yes|now|so|and|then|hm+|well|sorry)(?: (?:thing|so much))?[,!.:;–—]* )+/i;

function isLookInEnglish(sentence: string): boolean {
  const text = sentence.replace(interjection, '');
  if (condition.test(text)) return false;
  return (
    announced.test(text) ||
    ongoing.test(text) ||
    wait.test(text.replace(/,.*$/, (rest) => (/\bplease\b/i.test(rest) ? ', please' : rest)))
  );
}

const looking =
  '(?:查(?:[詢询看找核閱阅明]|一?下|查)?|看(?:看|一?下)?|[確确][認认]|核[對对實实]|搜[尋寻索]|[檢检]查|找(?:找|一?下)?|了解一?下|[調调](?:出|[閱阅]|取)|追[蹤踪])';
const isLookingInChinese = new RegExp(
  `^(?:好的?|那|[這这][邊边裡里]|收到|沒問題|没问题)*(?:(?:[讓让容等]|由)?我[們们]?|[現现]在|[馬马]上|立[即刻]|[這这]就|正在?|[幫帮為为替][您你]|先)(?:我[們们]?|[這这][邊边裡里就]|[現现]在|[馬马]上|立[即刻]|就|正?在|先|再|[來来去]|[會会將将]|[幫帮為为替][您你]|[給给][您你]|向[^，,。]{1,6}?|把|快速){0,5}${looking}(?![到過过了完好得不見见])[^，,。了過过到]*$|^(?:[為为幫帮替][您你])?(?:正在)?${looking}[^，,。]{0,4}中$`,
);
const waitingInChinese =
  /^(?:好的?)?(?:[請请]?[您你]?(?:稍(?:等|候|待)|等(?:一下|等|我)|耐心等[候待])(?:片刻|一下|一[會会][兒儿]?|我一下|[喔哦唷喲]|[幾几]秒)?|[請请]?[給给]我(?:一?[點点些]|[幾几]分[鐘钟])?[時时]?[間间]?)$/;
const unlikeLook = /可以|[無无]法|不|才|可能|[後后](?:我|就|再)/;
const conditionInChinese = /如果|若|如需|的[話话]/;

function isLookInChinese(sentence: string): boolean {
  if (conditionInChinese.test(sentence)) return false;
  const clauses = sentence.split(/[，,；;]/).map((clause) => clause.replace(/[喔哦唷啦～~]+$/, ''));
  const said = clauses.filter((clause) => !courtesy.test(clause) && !waitingInChinese.test(clause)).at(-1);
  if (said === undefined) return clauses.some((clause) => waitingInChinese.test(clause));
  return (
    !unlikeLook.test(said) &&
    isLookingInChinese.test(said.replace(/^[請请]?[給给]我(?:一?[點点些])?[時时][間间]/, '我'))
  );
}

/** Whether a reply, or the end of one, ends with words that only say that something is being looked up. */
export function announcesLook(reply: string): boolean {
  const sentences = reply
    .replace(/[*_`]+/g, '')
    .split(sentenceEnd)
    .map((sentence) => sentence.replace(/^[\s>•-]+/, '').trim())
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
  while (sentences.length > 1 && courtesy.test(sentences.at(-1)!) && !isLook(sentences.at(-1)!)) sentences.pop();
  const last = sentences.at(-1);
  return last !== undefined && isLook(last) && !sentences.slice(-3).some((sentence) => asks.test(sentence));
}

function isLook(sentence: string): boolean {
  const bare = sentence.replace(/[^\p{L}\p{N}]+$/u, '');
  return isLookInEnglish(bare.replace(/\s+/g, ' ')) || isLookInChinese(bare.replace(/\s+/g, ''));
}
