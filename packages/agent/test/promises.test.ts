import { describe, expect, test } from 'vitest';
import { deeds } from '../src/guard/deeds.js';
import { outgoing } from '../src/guard/outgoing.js';
import { promises } from '../src/guard/promises.js';
import { sentenceFilter, type SentenceRule } from '../src/guard/sentences.js';
import { offerOfPerson, openBook } from '../src/index.js';

type Spoken = 'en' | 'zh-Hant';

const offers = { en: 'olleague to take this over, just say so', 'zh-Hant': '如果您希望由專人接手' } as const;
const unchanged = { en: 'I change nothing by myself', 'zh-Hant': '我不會自行變更任何內容' } as const;

/** What is told of a text that comes in pieces of so many characters. */
function tell(text: string, size: number, language: Spoken = 'en'): string {
  const guarded = outgoing({ language, linkHosts: [], prompt: 'You answer.', canary: 'sg-none', vault: openBook });
  let told = '';
  for (let at = 0; at < text.length; at += size) told += guarded.write(text.slice(at, at + size));
  return told + guarded.end();
}

/** Says a sentence by itself, after another and before another, in pieces of several sizes: always the same is told. */
function told(sentence: string, language: Spoken): string {
  const [before, after] = language === 'en' ? ['Thank you. ', ' Goodbye'] : ['謝謝您。', '再見'];
  const texts = [sentence, `${before}${sentence}${after}`];
  for (const text of texts) {
    const whole = tell(text, 10_000, language);
    for (const size of [1, 3, 7]) expect([size, tell(text, size, language)]).toEqual([size, whole]);
  }
  const alone = tell(sentence, 10_000, language);
  const within = tell(texts[1]!, 10_000, language);
  expect(within).toBe(`${before}${alone}${after}`);
  return alone;
}

const promised = {
  en: [
    'Let me look into this and get back to you.',
    'I will check with the warehouse and get back to you.',
    "I'll get right back to you.",
    'Our team will get back to you.',
    'A colleague will contact you shortly.',
    'Someone from our team will reach out.',
    "I'll keep you posted.",
    "You'll hear from us within 24 hours.",
    "I'll look into it and let you know.",
    "Give me a moment, I'll return with an update.",
    'We will email you once we have checked.',
    'I’m going to ask the warehouse and come back to you with an answer.',
    'I will follow up with the carrier on your behalf.',
    'We will be in touch.',
    'We’ll be in touch as soon as we know more.',
    'I shall write to you tomorrow.',
    'A member of our customer service team will call you back today.',
    'One of our agents is going to contact you by phone.',
    'Somebody will let you know as soon as possible.',
    'The refunds team will review this and update you by e-mail.',
    'You can expect a reply within two business days.',
    'You will be contacted by a specialist soon.',
    'You will receive an answer from our support team tomorrow.',
    'Expect a call from our support team this afternoon.',
    'I have escalated this to our warehouse team, who will contact you.',
    'I have asked the warehouse and will get back to you.',
    'I’ve asked a colleague to call you.',
    "I'm checking with our warehouse now, and someone will update you shortly.",
    'As soon as I have news, I will let you know.',
    "I'll report back once I know more.",
    'Please give me a few minutes to check and get back to you.',
    'Bear with me while I check this, I’ll be right back.',
    'I need to check with my supervisor and will then reply to you.',
    "We'll notify you when we have found out more.",
    "I'll let you know when it ships.",
    'I will send you an update tomorrow morning.',
    'I’ll make sure that someone contacts you.',
    'My colleague Anna will answer you by tomorrow.',
    "Rest assured, we'll keep you in the loop.",
    'I will circle back on this later today.',
    "I'll monitor the parcel and alert you if anything changes.",
    'We will investigate and inform you of the outcome.',
    'Will get back to you shortly.',
    "I'll **get back** to you soon.",
    'Once I have checked with Mr. Chen, I will get back to you.',
    'If you like, I will e-mail you tomorrow.',
    'I can check with the warehouse and get back to you tomorrow.',
    'The team has your case and will be reaching out to you.',
    'Our specialists are looking into it and will have an answer for you soon!',
    'I promise to keep you updated.',
    'Hang tight while I look into this, and I will message you.',
    'We plan to contact you on Monday.',
    'More information will follow soon.',
    'I’ll drop you a line when they answer.',
    'Allow us some time to investigate, and we will revert.',
    'Your request is noted, and a representative will be in contact with you.',
    "You'll be the first to know.",
    "I'll touch base with you next week.",
    'I’m going to find out and tell you tomorrow.',
    'We will give you a call when the manager is back.',
    "I'm afraid I don't know, but I'll find out and get back to you.",
    "I've made a note and our team will get in touch with you.",
    "We'll look into this matter and get in touch.",
    'We will let you know the outcome.',
    'You should receive a reply by tomorrow.',
    "You'll get a response from us within one business day.",
    'You will be hearing from us soon.',
    'An agent will be with you shortly and call you.',
    'I am going to pass this on; they will contact you tomorrow.',
    "I've informed the team. They'll contact you soon.",
    "Please wait while I check, I'll update you.",
    "Leave it with me and I'll get back to you.",
    "I'll get this sorted and let you know once it's done.",
    "I'll personally make sure to follow up.",
    "Sit tight, I'll ping you.",
    'I will check on this and email you the result.',
    "I'd be happy to look into it and get back to you.",
    'Someone will be calling you.',
    'I will have someone call you.',
    "We're on it and will keep you updated.",
    'You have my word: you will hear back from me.',
    "Let me find out and I'll tell you what they say.",
    'Let me get back to you on that.',
    'Let me check with my manager and come back to you.',
    "I'm looking into it and I will update this chat when I know.",
    "Thanks for waiting, we'll revert with the details by end of day.",
    "I'll dig into this and circle back.",
    'Someone is going to give you a ring this afternoon.',
    'We shall inform you once a decision has been made.',
    'Our specialists will take a look and respond to you within 48 hours.',
    "I'm forwarding this to our team and they'll be in touch.",
    'Your ticket has been created and you will be contacted.',
    "I will raise this with the warehouse, and I'll let you know what they say.",
    'You can expect to hear from us by Friday.',
    'Please allow 24 hours for our team to respond to you.',
    "I'll see what I can find and update you.",
    "Stay tuned, I'll have news for you soon.",
    'A manager is reviewing this and will phone you.',
    'We’ll shoot you an email when we know more.',
    "I'm on it! I'll come back with good news.",
    'Look out for an email from our team tomorrow.',
    'I will personally monitor this and send you updates.',
    'Let me escalate this, and somebody will reach out to you.',
    "I'll need a bit of time; I'll message you once done.",
    'The support team is going to follow up with you.',
  ],
  'zh-Hant': [
    '我查詢後再回覆您。',
    '我們會盡快與您聯繫。',
    '專員將於24小時內與您聯絡。',
    '稍後為您回覆。',
    '請稍候我查一下再告訴您。',
    '我会尽快给您答复。',
    '有消息會通知您。',
    '我稍後會再回覆您。',
    '我會再跟您聯絡。',
    '同事會盡快聯絡您。',
    '客服人員稍後會致電給您。',
    '我們的團隊將在兩個工作天內回覆您。',
    '一有結果，我會立刻通知您。',
    '我去確認一下，等等回覆您。',
    '讓我查一下，待會告訴您結果。',
    '我會向倉庫確認後回覆您。',
    '我們會持續追蹤並回報。',
    '我會持續為您跟進。',
    '已請專員與您聯絡。',
    '我已將您的問題轉交給相關部門，他們會盡快聯繫您。',
    '我會請同事打電話給您。',
    '將由專人與您聯繫。',
    '後續會有客服專員與您聯絡。',
    '您將於明天收到我們的回覆。',
    '請靜候我們的通知。',
    '確認後會再通知您。',
    '我們確認之後會以電子郵件回覆您。',
    '晚點再跟您說明進度。',
    '有進一步的消息，我們將第一時間通知您。',
    '我会跟进此事并及时通知您。',
    '我们的客服会尽快联系您。',
    '稍后给您回复。',
    '我需要向物流公司查詢，之後再回覆您。',
    '我會保持與您聯繫。',
    '主管會在明天回電給您。',
    '查到結果後馬上告知您。',
    '我們會盡快回覆。',
    '專人會盡速處理並回電。',
    '我這就去問倉庫，問到了再告訴您。',
    '請給我一點時間，我查完後回來告訴您。',
    '待倉庫確認後，我會通知您。',
    '我會在出貨後通知您。',
    '明天會給您一個答覆。',
    '我們會儘快給您一個滿意的答覆。',
    '我會幫您問問看，有消息再跟您說。',
    '相關單位將盡速與您聯繫，請您放心。',
    '我先幫您記錄下來，由同事聯繫您。',
    '結果出來後我會寄信給您。',
    '請您耐心等候，我們會盡快通知您處理結果。',
    '我會讓您知道最新狀況。',
    '等一下回你。',
    '我等等回覆您喔！',
    '我會回來再跟您說。',
    '我再幫您追蹤一下進度喔。',
    '我幫您催一下，有更新再通知您。',
    '之後會有專人聯繫您處理。',
    '我們收到後會盡快處理並通知您。',
    '預計24小時內會有專員回覆您。',
    '請等候客服人員與您聯繫。',
    '後續進度我再跟您更新。',
    '我會盯著這件事，有狀況馬上跟您說。',
    '我們會派人聯絡您。',
    '会有客服人员在24小时内联系您。',
    '我帮您问一下，稍等回复您。',
    '客服專員會再另行通知。',
    '我會再為您確認並回報。',
    '我先去查，回頭跟您講。',
    '您的問題我已記下，改天回覆您。',
    '我們會在週一前給您回音。',
    '我會安排專人致電。',
    '請保持電話暢通，我們會打給您。',
    '我將繼續關注，並隨時向您更新。',
    '工程師會和你聯絡。',
    '我已通知倉庫，有結果會告訴你。',
    '我這邊確認完就告訴您。',
    '我會留意，到貨時告訴您。',
    '我先確認一下庫存，等會兒跟您回報。',
    '這部分我會再幫您詢問，請等我消息。',
    '我們會派專員在明天上午打給您。',
    '有任何更新我都會在這裡告訴您。',
    '請給我們兩個工作天，會有人與您聯繫。',
    '我已經回報給主管，他會盡快與您聯絡。',
    '查明後將立即以電話通知您。',
    '我會追蹤到底，並隨時讓您知道。',
    '待會兒給您答案。',
    '稍晚會有同仁致電說明。',
    '我會記得通知您的。',
    '後續將由客服中心與您聯繫。',
    '您的意見我會轉達，並請相關人員回覆您。',
  ],
} as const;

const notPromised = {
  en: [
    'We email you when it ships.',
    'We will email you when it ships.',
    'You will get an e-mail with the tracking number.',
    'The carrier will contact you to arrange delivery.',
    'The refund will be on your card in 5 days.',
    'Would you like a colleague to contact you?',
    'If you like, I can pass you to a colleague.',
    'If you would like, a colleague can contact you about it.',
    'Shall I let a colleague take over?',
    'Let me know if you need anything else.',
    'Please contact us if it does not arrive.',
    'We emailed you on Monday.',
    "I'll tell you now: it left our warehouse on Monday.",
    'Let me check that for you.',
    'Let me look that up.',
    'I will check your order.',
    'I will look at order #W1000001 now.',
    'You will be notified by e-mail once your refund has been paid.',
    'We will send you a confirmation by e-mail.',
    'We will email you a return label.',
    'The courier will call you before the delivery.',
    'Your bank will notify you when the money arrives.',
    'I can tell you where an order is, what is in it and what it cost.',
    'Tell me the order number and I will let you know where it is.',
    'Once you confirm, the order is cancelled and the money goes back to your card.',
    'You will hear a click when the lid is closed.',
    'Let me update you on your order: it was delivered on 3 May.',
    'I will not contact you about this again.',
    'We will never call you to ask for your password.',
    'Can I call you Anna?',
    'You can reach us here at any time.',
    'You will get 20.00 back to your card.',
    'When you get back, please check the box.',
    'It will be back in stock next week.',
    'You can return it, and you will get your money back within 5 days.',
    'I found two orders: which one do you mean?',
    'Ask for a person with the order number, and we will contact you.',
    'Let me know whether you would like us to contact you.',
    'Our team is here from 9 to 5.',
    'I am passing you on to a colleague.',
    'To look at your orders I need to know who you are.',
    'The order was placed on 3 May and will arrive in 2 days.',
    'Write to us again if none of it helps.',
    'I will show you the details below, and you can confirm them.',
    'The carrier has your parcel. They will call you before delivery.',
    'Our support staff responds within a day.',
    "Let me know your order number and I'll look it up.",
    "I'll look up your order and show it here.",
    'We will send you a replacement.',
    'If it fails, the app will notify you.',
    "You'll find your tracking number in the e-mail we sent you.",
    "I'll explain: you can return it within 30 days.",
    'I will be happy to help you.',
    "I'll help you return the item.",
    'You will receive an e-mail from us with a link to set a new password.',
    'You will receive a confirmation e-mail when the order has shipped.',
    "We'll send the refund to your card once the return arrives.",
    "You'll be refunded when the goods arrive.",
    'We will inform you by e-mail as soon as your parcel is on its way.',
    "Once the return arrives, we'll email you to confirm the refund.",
    'I can pass you on to a colleague, who will answer you here.',
    'If you want, I can ask a colleague to contact you.',
    'A colleague can follow up on this if you wish.',
    'The shop will email you the label.',
    'Do not share your password: we will never contact you about it.',
    'Your parcel will come back to us.',
    'You can write back at any time.',
    "I'd suggest that you contact your bank, who will call you back.",
    'The driver will try again tomorrow, and will call you first.',
    'It has been returned to the sender, and they will contact you.',
    'Is there anything else? I will wait here.',
    "When you're back, I'll be here.",
    "I'll be here if you need me.",
    'Please reply with the number and I will check it right away.',
    'Let us know what happened and a colleague will take it from there.',
    'I will not be able to get back to you, as I cannot write by myself.',
    'I cannot follow up later, but a colleague can.',
    'The order will come back to the warehouse.',
    'The team packs your order and the carrier will text you.',
    'Our carrier partner will contact you by phone.',
    'I will now show you the items.',
    "You'll see the refund on your statement.",
    'Just reply here, and I will answer at once.',
    "If you give me the number, I'll let you know where it is.",
    'Please check back later.',
    "I'll let you know what can be exchanged: the shirt in black.",
    'We notify you by e-mail.',
    'You will be asked for a code that we send you by e-mail.',
    'Your message will be answered here by a colleague if you ask for one.',
    'I will be here if you have any other questions.',
    'If the parcel is lost, we will send you another one.',
  ],
  'zh-Hant': [
    '出貨時會寄email通知您。',
    '物流會聯絡您。',
    '請與我們聯絡。',
    '請告訴我訂單編號。',
    '司機會在送達前致電給您。',
    '需要請同事與您聯絡嗎？',
    '如果您希望由專人聯絡您，請直接告訴我。',
    '要為您轉接同事嗎？',
    '我來為您查詢。',
    '請稍候，我馬上為您查詢。',
    '我們已於5月3日寄信通知您。',
    '退款核准後，系統會以電子郵件通知您。',
    '出貨後我們會寄出通知信給您。',
    '包裹到店後會以簡訊通知您取貨。',
    '退款會在5個工作天內退到您的信用卡。',
    '如有任何問題，請隨時再聯絡我們。',
    '您可以隨時再回來詢問。',
    '我現在告訴您：商品已於5月3日送達。',
    '請提供訂單編號，我會告訴您目前的狀態。',
    '我無法稍後再回覆您。',
    '我們不會主動打電話給您索取密碼。',
    '銀行會通知您款項已入帳。',
    '快遞員會先打電話給您。',
    '訂單將於兩天內送達。',
    '請確認後回覆。',
    '若沒收到信，請查看垃圾郵件匣，幾分鐘後再試一次。',
    '請在這裡說明發生了什麼事，並要求轉接專人，客服人員會閱讀並回覆。',
    '若在非營業時間要求專人，會為您保留排隊順位，恢復營業後即有人回覆。',
    '我會列出可更換的款式。',
    '您的訂單目前狀態：已處理，正在包裝或配送中。',
    '確認無誤後再按下確認。',
    '請告訴我哪一步有效；若都沒有用，請寫「都沒有用」，我會為您轉接同事。',
    '很抱歉，目前無法查詢這項資料。',
    '收到退回的商品後，我們會以電子郵件通知您。',
    '補貨後系統會寄信通知您。',
    '您的訂單會在2天內出貨，出貨後會寄簡訊通知您。',
    '退款將於核准後退回您的信用卡。',
    '宅配人員送達前會與您聯繫。',
    '銀行可能會打電話給您確認。',
    '請稍候片刻再試一次。',
    '請將商品寄回，收到後會為您辦理退款。',
    '我會為您說明退貨流程。',
    '我會告訴您怎麼做：先開啟設定。',
    '請您收到商品後再通知我們。',
    '請提供您的電子郵件，我才能為您查詢。',
    '請先登入，再回來告訴我。',
    '您會收到一封確認信。',
    '您會收到含有物流編號的電子郵件。',
    '下單後您會收到訂單確認信通知。',
    '如果您希望，我可以為您轉接專人。',
    '您可以選擇由專人與您聯絡。',
    '您想要由同事聯絡您嗎？',
    '請問您方便告訴我訂單編號嗎？',
    '若您願意，專員可以聯絡您。',
    '我們不會再與您聯絡。',
    '這裡沒有人會再聯絡您。',
    '我找到了，現在就告訴您：狀態是已送達。',
    '您的退貨申請正在等待同事審核。',
    '請注意，賣家會直接與您聯絡。',
    '請至物流公司網站查詢進度。',
    '物流公司會在配送前打給您。',
    '您將在3到5個工作天內收到退款。',
    '商品會在兩天內送達，請留意收件。',
    '請您稍後再試，或再告訴我訂單編號。',
    '我會為您列出可以退貨的商品。',
    '若要取消，請告訴我原因，我再為您準備。',
    '請回覆「是」，我會繼續。',
    '系統會自動寄送通知給您。',
    '付款完成後會寄送收據給您。',
  ],
} as const;

const claimed = {
  en: [
    'I have cancelled your order and refunded 28.25.',
    "I've just issued a refund to your card.",
    'I cancelled your order.',
    'I have now successfully changed the address of your order.',
    'We have processed your refund.',
    'I went ahead and cancelled it for you.',
    "I've updated your shipping address.",
    'I have refunded 20.00 USD.',
    'I was able to cancel the order.',
    "I've checked and cancelled your order.",
    'Good news: I have already submitted your return.',
    'I’ve gone ahead and placed a replacement order.',
    'I have swapped the mug for a black one.',
    'Successfully cancelled your order.',
    'I just refunded your order to your PayPal account.',
    'I have cancelled order #W1000001.',
    "Done! I've cancelled it.",
    'All set: I have cancelled your order.',
    'I have arranged a refund for you.',
    "I've taken care of the refund for you.",
    'I have now removed the item from your order.',
    "I've initiated a return for the lamp.",
    "We've cancelled your order.",
    'I have sent you a replacement.',
    "I've put your order on hold.",
    'I have changed your payment method to PayPal.',
    "I've corrected the address on your order.",
    'I have applied a 10% discount.',
    'I refunded the full amount to your gift card.',
  ],
  'zh-Hant': [
    '已為您取消訂單。',
    '我已經幫您退款了。',
    '我已取消您的訂單。',
    '我們已為您處理退款。',
    '我幫您把訂單取消了。',
    '已經為您修改收件地址。',
    '已將您的地址更新為台北市。',
    '我剛剛幫您取消了這筆訂單。',
    '您的地址我已經更新好了。',
    '已幫您申請退貨。',
    '我们已为您退款。',
    '已成功為您取消訂單。',
    '我已將 28.25 退款至您的信用卡。',
    '已取消您的訂單並退款。',
    '幫您取消了。',
    '我把訂單取消了喔。',
    '退款已經幫您處理好了。',
    '已經替您更換了商品。',
    '我已經提交了退款申請。',
    '您的訂單我已經取消了。',
    '我們已將退款退回您的信用卡。',
    '好的，已為您修改地址。',
    '已完成取消您的訂單。',
    '訂單已幫您取消囉！',
  ],
} as const;

const notClaimed = {
  en: [
    'Your order was cancelled on 3 May.',
    'Your refund of 20.00 was paid on 3 May.',
    'We refunded 20.00 to your card on 3 May.',
    'We have already refunded 20.00 for it on 3 May.',
    'I have prepared the cancellation of your order for you to confirm.',
    'I have made a proposal to change the address.',
    'I have not cancelled your order.',
    'I have found your order.',
    'Have I cancelled your order?',
    'I can cancel your order once you confirm it.',
    'If I cancelled your order, the money would go back to your card.',
    'Thank you, I have found you.',
    'You cancelled the order yourself.',
    'I have your order here: it is cancelled.',
    'I have checked your refund: it was sent on 3 May.',
    "I've checked your order and it was cancelled on 3 May.",
    'I have looked at your order and refund.',
    'I have sent you the link.',
    'I have added up the amounts of your order.',
    'I have set out the details of your return below for you to check.',
    'I have listed what your order can be exchanged for.',
    'I have made a list of your orders.',
    "I've gone through your refunds: 20.00 was sent on 3 May.",
    'We refunded the amount on 3 May.',
    "We've sent the refund to your card on 3 May.",
    'We sent your order on 3 May.',
    'I have shown you the return below: please confirm it.',
    'I understand that you have cancelled the order.',
    'As you confirmed, order #W1 was cancelled.',
    'We have returned your money on Monday.',
    "I've noted your address.",
    'I have updated what I told you: the order is pending.',
  ],
  'zh-Hant': [
    '您的訂單已取消。',
    '退款已於5月3日完成。',
    '這筆訂單沒有退款紀錄。',
    '我已找到您的訂單。',
    '已為您準備好取消訂單的申請，請確認。',
    '我們已於5月3日退款 20.00 至您的信用卡。',
    '我無法直接取消訂單。',
    '您確認後，訂單就會取消並退款。',
    '我尚未取消您的訂單。',
    '需要我為您取消訂單嗎？',
    '我可以為您修改地址。',
    '目前尚未變更任何內容，請核對上方的明細，確認無誤後再按下確認。',
    '訂單 #W1000001 已無法變更。',
    '您的訂單已於昨天取消。',
    '已為您查詢到訂單，狀態為已取消。',
    '我已查詢您的訂單，商品已退款。',
    '已為您列出可退貨的商品。',
    '您已取消這筆訂單。',
    '您的退款已核准，正在處理。',
    '我已了解，您想取消訂單。',
    '我已看到您的訂單在5月3日取消。',
    '已為您確認：退款已於5月3日完成。',
    '我已確認訂單目前狀態：已取消。',
    '系統已將款項退回您的信用卡。',
    '已取消的訂單無法恢復。',
    '我們已收到您的退貨。',
    '我已將取消訂單的明細列在上方，請確認。',
    '我已經為您建立退貨提案，請按確認。',
  ],
} as const;

const languages: readonly Spoken[] = ['en', 'zh-Hant'];

describe.each(languages)('what is said in %s', (language) => {
  test.each(promised[language])('is not told, as it is a promise: %s', (sentence) => {
    expect(told(sentence, language)).toContain(offers[language]);
  });

  test.each(notPromised[language])('is told, as it is no promise: %s', (sentence) => {
    expect(told(sentence, language)).toBe(sentence);
  });

  test.each(claimed[language])('is not told, as nothing was changed: %s', (sentence) => {
    expect(told(sentence, language)).toContain(unchanged[language]);
  });

  test.each(notClaimed[language])('is told, as it claims no change: %s', (sentence) => {
    expect(told(sentence, language)).toBe(sentence);
  });

  test('is told as it stands where it is the offer of a person', () => {
    for (const rule of [promises, deeds]) expect(told(rule.instead[language], language)).toBe(rule.instead[language]);
    expect(told(offerOfPerson[language], language)).toBe(offerOfPerson[language]);
  });
});

describe('a reply', () => {
  const promise = 'I will get back to you.';
  const claim = 'I have cancelled your order.';

  test('makes its offer once, and ends what it had begun to say', () => {
    const text = `${promise} It is on its way, and ${promise} ${promise} Bye. ${claim} Well, ${claim}`;
    for (const size of [1, 3, 7, 1_000])
      expect(tell(text, size)).toBe(
        `If you would like a colleague to take this over, just say so. It is on its way, and that takes a colleague.  Bye. ${deeds.instead.en} Well, that takes your confirmation.`,
      );
  });

  test('makes its offer once in all its model calls', () => {
    const replaced = new Set<SentenceRule>();
    const call = () => sentenceFilter([promises, deeds], 'en', replaced);
    const [first, second] = [call(), call()];
    expect(first.write(promise) + first.end()).not.toBe('');
    expect(second.write(promise) + second.end()).toBe('');
  });

  test('loses no more than the sentence, however long that is', () => {
    const text = `Well. I will ask ${'the people and '.repeat(40)}get back. Bye.`;
    const long = `Well. I will get back to you ${'and on '.repeat(80)}at 20.00. Bye.`;
    for (const size of [1, 3, 7, 1_000]) {
      expect(tell(text, size)).toBe(text);
      expect(tell(long, size)).toBe('Well. If you would like a colleague to take this over, just say so. Bye.');
    }
  });

  test('comes without delay where nothing is promised', () => {
    const { write } = sentenceFilter([promises, deeds], 'en');
    const text = 'Your order left on Monday and is on its way ';
    expect(text.length - write(text).length).toBeLessThan(10);
    expect(write('to you. I found it at once: I think it comes soon, ')).toMatch(/I think it comes soon, $/);
    expect(write('or so. I will')).toBe('or so. ');
    expect(write(' look at that. And ')).toBe('I will look at that. And ');
  });
});

test('the wordings are many', () => {
  for (const language of languages) {
    expect(promised[language].length).toBeGreaterThanOrEqual(40);
    expect(notPromised[language].length).toBeGreaterThanOrEqual(25);
  }
});
