import { withoutEntities } from './entities.js';
import type { Entity, FoundIntent } from './triage.js';

/** What the rules know of the conversation so far. */
export interface RuleContext {
  /** Whether the customer was last asking for money back, so that bare data goes to the same agent. */
  isAnswerToRefunds: boolean;
}

interface Rule {
  name: string;
  intent: FoundIntent['intent'];
  matches: RegExp;
}

// Whole messages only: one more word and the rule leaves the message to the next step.
const rules: readonly Rule[] = [
  {
    name: 'asks for a person',
    intent: 'HUMAN',
    matches:
      /^(?:(?:please|can|could|may|i|want|would|like|need|let|me|to|you|get|connect|transfer) )*(?:(?:speak|talk|chat)(?: to| with)? )?(?:me )?(?:to |with )?(?:an? |the |some )?(?:real |live |actual )?(?:human|person|human being|representative|human agent|support agent|live agent|operator|someone real|somebody real)(?: please| now| instead)*$/i,
  },
  {
    name: 'asks for a person',
    intent: 'HUMAN',
    matches:
      /^(?:請|我|要|想|幫我|可以|麻煩)*(?:轉接?|找|接|跟|和|與)?(?:一位|個)?(?:真人|專人|人工|真人客服|人工客服|客服人員|專員)(?:客服|服務|談|說話|聊|講話|嗎|謝謝)*$/u,
  },
  {
    name: 'wants to return or exchange',
    intent: 'REFUND',
    matches: /^(?:我?[要想]?(?:申請|申请)?(?:退貨|退货|換貨|换货))$/u,
  },
  {
    name: 'asks how to return or exchange',
    intent: 'FAQ',
    matches:
      /^(?:請問|请问)?(?:要|該|该)?(?:怎麼|怎么|怎樣|怎样|如何)(?:申請|申请|辦理|办理)?(?:退貨|退货|換貨|换货)$/u,
  },
  {
    name: 'wants the account deleted',
    intent: 'FAQ',
    matches:
      /^(?:(?:please|can|could|how|do|i|you|want|would|like|need|to) )*(?:delete|close|remove|erase|cancel) my (?:user |customer |shop )?account(?: please| now)*$/i,
  },
  {
    name: 'wants the account deleted',
    intent: 'FAQ',
    matches:
      /^(?:請|请|我|想|要|幫|帮|可以|怎麼|怎么|如何)*(?:刪除|删除|刪掉|删掉|註銷|注销|關閉|关闭)(?:我的?)?(?:帳號|帳戶|账号|账户|帐号|會員|会员)(?:嗎|吗|謝謝|谢谢)?$/u,
  },
  {
    name: 'asks who reads along',
    intent: 'FAQ',
    matches:
      /^(?:who|who else|can (?:anyone|anybody|others|other people))(?: (?:can|could|will|is))? (?:see|sees|read|reads|seeing|reading) (?:this|the|my|our|these)(?: (?:chat|conversation|messages|chats))+$/i,
  },
  {
    name: 'greets or thanks',
    intent: 'CHITCHAT',
    matches:
      /^(?:(?:hi|hello|hey|hiya|good (?:morning|afternoon|evening|day)|thanks?|thank you|thx|cheers|bye|goodbye|see you|have a (?:nice|good|great) day|how are you|who are you|there|so much|very much|a lot|again|everyone|great|perfect|awesome|cool|that is all|that s all|nothing else|all good|ok|okay) ?)+$/i,
  },
  {
    name: 'greets or thanks',
    intent: 'CHITCHAT',
    matches:
      /^(?:你好|您好|哈囉|嗨|早安|午安|晚安|早上好|下午好|晚上好|謝謝|谢谢|感謝|多謝|太好了|再見|拜拜|掰掰|沒事了|沒有了|不用了|好的|你們|你|啊|喔|囉|了|呀|客服)+$/u,
  },
];

/** A smile, a heart, a thumb. */
const onlyFaces =
  /^(?=.*\p{Extended_Pictographic})(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u200d|\ufe0f|[\s!.~])+$/u;

/** What a message wants if a rule is sure of it, else null. */
export function decideByRules(
  text: string,
  entities: readonly Entity[],
  context: RuleContext,
): { found: FoundIntent; rule: string } | null {
  const words = withoutEntities(text);
  if (words === '' && entities.length > 0) {
    const answered = context.isAnswerToRefunds ? 'REFUND' : 'ORDER';
    return { found: { intent: answered, confidence: 1, excerpt: null }, rule: 'only names an order or a customer' };
  }
  if (onlyFaces.test(text)) return { found: { intent: 'CHITCHAT', confidence: 1, excerpt: null }, rule: 'only a face' };
  const rule = rules.find(({ matches }) => matches.test(words));
  return rule ? { found: { intent: rule.intent, confidence: 1, excerpt: null }, rule: rule.name } : null;
}
