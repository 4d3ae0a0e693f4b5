import type { Language } from './language.js';

type Text = Readonly<Record<Language, string>>;

/** Every word of the page. `{name}` stands for a value. */
export const table = {
  // ---- the page ----
  support: { en: 'Support', 'zh-Hant': '客服中心' },
  supportOf: { en: '{shop} Support', 'zh-Hant': '{shop} 客服中心' },
  conversation: { en: 'Conversation', 'zh-Hant': '對話' },
  skipToMessage: { en: 'Skip to the message field', 'zh-Hant': '跳到訊息輸入欄' },
  language: { en: 'Language', 'zh-Hant': '語言' },
  newConversation: { en: 'New conversation', 'zh-Hant': '開始新對話' },
  newTitle: { en: 'Begin a new conversation?', 'zh-Hant': '要開始新的對話嗎？' },
  newText: {
    en: 'This one ends here: it will not be shown on this device any more.',
    'zh-Hant': '目前的對話將到此為止，不會再顯示於此裝置上。',
  },
  newBegin: { en: 'Begin', 'zh-Hant': '開始' },
  newKeep: { en: 'Keep this one', 'zh-Hant': '保留目前對話' },
  opening: { en: 'Opening your conversation…', 'zh-Hant': '正在開啟您的對話…' },

  // ---- who answers ----
  statusActive: { en: 'AI assistant', 'zh-Hant': 'AI 智慧助理' },
  statusWaiting: { en: 'Waiting for a colleague', 'zh-Hant': '等候客服人員' },
  statusWithStaff: { en: 'A colleague is here', 'zh-Hant': '客服人員服務中' },
  statusClosed: { en: 'Ended', 'zh-Hant': '已結束' },
  agentRouter: { en: 'Assistant', 'zh-Hant': '智慧助理' },
  agentFaq: { en: 'Help pages', 'zh-Hant': '常見問題' },
  agentOrders: { en: 'Orders', 'zh-Hant': '訂單' },
  agentRefunds: { en: 'Returns and refunds', 'zh-Hant': '退換貨與退款' },
  agentTechsupport: { en: 'Technical help', 'zh-Hant': '技術支援' },
  agentHandoff: { en: 'Support team', 'zh-Hant': '客服團隊' },
  you: { en: 'You', 'zh-Hant': '您' },
  notice: { en: 'Notice', 'zh-Hant': '通知' },

  // ---- before anything is said ----
  welcomeTitle: { en: 'How can we help?', 'zh-Hant': '需要什麼協助嗎？' },
  welcomeText: {
    en: 'Ask about orders, returns, refunds or a product that does not work. An AI assistant answers at once; a colleague takes over when you want one.',
    'zh-Hant': '訂單、退換貨、退款或產品故障都可以詢問。AI 智慧助理會立即回覆，您也可以隨時轉由客服人員服務。',
  },
  suggestions: { en: 'Suggestions', 'zh-Hant': '建議提問' },
  suggestOrder: { en: 'Where is my order?', 'zh-Hant': '我的訂單到哪裡了？' },
  suggestReturn: { en: 'What is your return policy?', 'zh-Hant': '退貨政策是什麼？' },
  suggestTechnical: { en: 'My headphones do not pair', 'zh-Hant': '我的耳機無法配對' },
  suggestPerson: { en: 'I would like to talk to a person', 'zh-Hant': '我想和真人客服對話' },

  // ---- writing ----
  message: { en: 'Your message', 'zh-Hant': '您的訊息' },
  placeholder: { en: 'Write a message…', 'zh-Hant': '輸入訊息…' },
  keys: { en: 'Enter sends, Shift and Enter begins a new line.', 'zh-Hant': '按 Enter 傳送，Shift+Enter 換行。' },
  send: { en: 'Send', 'zh-Hant': '傳送' },
  charactersLeft: { en: '{n} characters left', 'zh-Hant': '還可輸入 {n} 個字元' },
  stop: { en: 'Stop', 'zh-Hant': '停止' },
  stopReply: { en: 'Stop the reply', 'zh-Hant': '停止回覆' },
  stopping: { en: 'Stopping…', 'zh-Hant': '正在停止…' },

  // ---- where a message stands ----
  sending: { en: 'Sending…', 'zh-Hant': '傳送中…' },
  notSent: { en: 'Not sent.', 'zh-Hant': '未送出。' },
  retry: { en: 'Try again', 'zh-Hant': '重試' },
  queued: { en: 'One moment…', 'zh-Hant': '請稍候…' },
  thinking: { en: 'Thinking…', 'zh-Hant': '思考中…' },
  writing: { en: 'Writing…', 'zh-Hant': '撰寫中…' },
  stopped: { en: 'Stopped', 'zh-Hant': '已停止' },
  incomplete: { en: 'Not finished', 'zh-Hant': '未完成' },
  noAnswer: { en: 'There is no answer to this message.', 'zh-Hant': '這則訊息沒有得到回覆。' },
  askAgain: { en: 'Ask again', 'zh-Hant': '再問一次' },
  earlier: { en: 'Earlier messages', 'zh-Hant': '較早的訊息' },
  earlierFailed: { en: 'Earlier messages could not be read. Try again', 'zh-Hant': '無法讀取較早的訊息，請重試' },
  latest: { en: 'Latest messages', 'zh-Hant': '最新訊息' },
  sources: { en: 'Sources', 'zh-Hant': '資料來源' },

  // ---- orders ----
  order: { en: 'Order {number}', 'zh-Hant': '訂單 {number}' },
  orderTotal: { en: 'Total', 'zh-Hant': '總計' },
  orderItems: { en: 'Items', 'zh-Hant': '商品' },
  orderAway: { en: 'This order cannot be shown right now.', 'zh-Hant': '目前無法顯示這筆訂單。' },
  orderPending: { en: 'Placed', 'zh-Hant': '已成立' },
  orderProcessed: { en: 'On its way', 'zh-Hant': '處理中' },
  orderDelivered: { en: 'Delivered', 'zh-Hant': '已送達' },
  orderCancelled: { en: 'Cancelled', 'zh-Hant': '已取消' },
  orderReturnRequested: { en: 'Return requested', 'zh-Hant': '已申請退貨' },
  orderExchangeRequested: { en: 'Exchange requested', 'zh-Hant': '已申請換貨' },
  orderReturned: { en: 'Returned', 'zh-Hant': '已退貨' },
  orderExchanged: { en: 'Exchanged', 'zh-Hant': '已換貨' },

  // ---- proposals ----
  proposal: { en: 'Please confirm', 'zh-Hant': '請確認' },
  confirm: { en: 'Confirm', 'zh-Hant': '確認' },
  decline: { en: 'Decline', 'zh-Hant': '不要' },
  validUntil: {
    en: 'Nothing happens until you confirm. Valid until {time}.',
    'zh-Hant': '確認前不會有任何變更，有效至 {time}。',
  },
  notDecided: { en: 'Your answer did not arrive. Please try again.', 'zh-Hant': '未收到您的回覆，請再試一次。' },
  proposalPending: { en: 'Waits for you', 'zh-Hant': '等候您確認' },
  proposalConfirmed: { en: 'Confirmed, in progress', 'zh-Hant': '已確認，處理中' },
  proposalExecuted: { en: 'Done', 'zh-Hant': '已完成' },
  proposalFailed: { en: 'Not possible', 'zh-Hant': '無法完成' },
  proposalDeclined: { en: 'Declined', 'zh-Hant': '已婉拒' },
  proposalExpired: { en: 'Expired', 'zh-Hant': '已逾期' },

  // ---- people, connection, ending ----
  waitingTitle: { en: 'A colleague will join you', 'zh-Hant': '客服人員即將加入' },
  waitingPlace: { en: 'You are number {n} in the queue.', 'zh-Hant': '您目前排在第 {n} 位。' },
  waitingText: {
    en: 'You may leave this page: the conversation is kept, and what you write is read.',
    'zh-Hant': '您可以先離開此頁面，對話會保留，您留下的訊息我們都會看到。',
  },
  reconnecting: { en: 'Connection lost. Trying again…', 'zh-Hant': '連線中斷，正在重新連線…' },
  offline: { en: 'You are offline.', 'zh-Hant': '您目前離線。' },
  lost: {
    en: 'Your earlier conversation is no longer available. Your next message begins a new one.',
    'zh-Hant': '先前的對話已無法使用，您的下一則訊息會開始新的對話。',
  },
  closedTitle: { en: 'This conversation has ended', 'zh-Hant': '這次對話已經結束' },
  closedText: { en: 'Begin a new one whenever you need us.', 'zh-Hant': '有需要時，歡迎隨時開始新的對話。' },

  // ---- what is said aloud ----
  says: { en: '{name} says: {text}', 'zh-Hant': '{name}說：{text}' },
  isWriting: { en: 'The assistant is writing.', 'zh-Hant': '智慧助理正在撰寫回覆。' },
  couldNotSend: { en: 'A message was not sent: {text}', 'zh-Hant': '有訊息未送出：{text}' },
  connected: { en: 'Connected again.', 'zh-Hant': '已重新連線。' },
} as const satisfies Record<string, Text>;

export type Word = keyof typeof table;

/** One entry of the table, with its values in place. */
export function word(language: Language, name: Word, values: Readonly<Record<string, string | number>> = {}): string {
  return table[name][language].replace(/\{(\w+)\}/g, (_, key: string) => String(values[key] ?? ''));
}
