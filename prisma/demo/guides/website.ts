import type { DemoGuide } from './guide.js';

/** Trouble with the shop's website and app. */
export const websiteGuides: readonly DemoGuide[] = [
  {
    slug: 'website-login',
    title: { en: 'I cannot sign in to the website', 'zh-Hant': '無法登入網站' },
    symptoms: {
      en: 'The sign-in page says that e-mail address or password is wrong, or comes back to itself.',
      'zh-Hant': '登入頁面顯示電子郵件或密碼錯誤，或一直跳回登入頁面。',
    },
    keywords: {
      en: [
        'login',
        'log in',
        'sign in',
        'wrong password',
        'login failed',
        'login loop',
        'locked out of my account',
        'account locked',
        'forgot my password',
        'reset my password',
      ],
      'zh-Hant': [
        '忘記密碼',
        '重設密碼',
        '登入',
        '登不進去',
        '登入失敗',
        '密碼錯誤',
        '帳號被鎖',
        '無法登入',
        '進不去帳號',
      ],
    },
    steps: [
      {
        key: 'spelling',
        instruction: {
          en: 'Type the e-mail address by hand, without spaces, and check that Caps Lock is off. Is it the address that your order confirmations come to?',
          'zh-Hant': '請手動輸入電子郵件地址（不要有空格），並確認大寫鎖定已關閉。這是您收到訂單確認信的那個地址嗎？',
        },
      },
      {
        key: 'password',
        instruction: {
          en: 'Choose “Forgot password”, open the newest of our e-mails and set a new password. Older links no longer work.',
          'zh-Hant': '選擇「忘記密碼」，開啟我們最新的一封信並設定新密碼；較早的連結已失效。',
        },
      },
      {
        key: 'cookies',
        instruction: {
          en: 'If the page comes back without a message, allow cookies for the shop or open it in a private window, and sign in there.',
          'zh-Hant': '若頁面沒有訊息就跳回，請允許商店網站使用 Cookie，或改用無痕視窗登入。',
        },
      },
    ],
  },
  {
    slug: 'checkout-payment-declined',
    title: { en: 'My payment is declined at the checkout', 'zh-Hant': '結帳時付款被拒絕' },
    symptoms: {
      en: 'The checkout says that the payment failed, or the page of the bank does not come back.',
      'zh-Hant': '結帳頁面顯示付款失敗，或銀行驗證頁面沒有返回。',
    },
    keywords: {
      en: [
        'card declined',
        'payment failed',
        'payment error',
        'checkout error',
        'transaction failed',
        'payment does not go through',
        '3d secure',
        'cannot pay',
      ],
      'zh-Hant': ['付款失敗', '刷卡失敗', '刷不過', '結帳錯誤', '交易失敗', '付款錯誤', '無法結帳', '付不了款'],
    },
    steps: [
      {
        key: 'details',
        instruction: {
          en: 'Compare card number, expiry date and security code with the card, and the billing address with the one your bank knows.',
          'zh-Hant': '請核對卡號、有效期限與安全碼，並確認帳單地址與銀行留存的相同。',
        },
      },
      {
        key: 'bank-page',
        instruction: {
          en: 'If the bank asks you to confirm, do it in its app or with its code before its page closes. Switch off pop-up blockers for the checkout.',
          'zh-Hant': '若銀行要求驗證，請在頁面關閉前以銀行 App 或驗證碼完成。結帳時請關閉彈出視窗封鎖。',
        },
      },
      {
        key: 'other-method',
        instruction: {
          en: 'Try another payment method. If only this card is refused, the bank can say why; a refused payment is not charged.',
          'zh-Hant': '請改用其他付款方式。若只有這張卡被拒絕，請向銀行詢問原因；被拒絕的付款不會扣款。',
        },
      },
    ],
  },
  {
    slug: 'app-crash',
    title: { en: 'The app crashes or closes by itself', 'zh-Hant': 'App 閃退或自動關閉' },
    symptoms: {
      en: 'The app closes right after the start, freezes, or shows a blank screen.',
      'zh-Hant': 'App 啟動後立即關閉、卡住不動或畫面空白。',
    },
    keywords: {
      en: [
        'app crash',
        'app freezes',
        'app does not open',
        'app keeps closing',
        'app not responding',
        'blank screen in app',
        'mobile app',
      ],
      'zh-Hant': ['閃退', '當機', 'APP打不開', '程式卡住', '自動關閉', '應用程式', '手機APP', '畫面空白'],
    },
    steps: [
      {
        key: 'restart',
        instruction: {
          en: 'Close the app completely, restart the phone and open the app again.',
          'zh-Hant': '請完全關閉 App，重新啟動手機後再開啟。',
        },
      },
      {
        key: 'update',
        instruction: {
          en: 'Install the newest version of the app from the store of your phone, and updates of its system if there are any.',
          'zh-Hant': '請從手機的應用程式商店安裝最新版本；若有系統更新也請一併安裝。',
        },
      },
      {
        key: 'reinstall',
        instruction: {
          en: 'Remove the app, install it again and sign in. Your orders are kept in your account, so nothing is lost.',
          'zh-Hant': '請移除 App 後重新安裝並登入。訂單保存在您的帳戶中，不會遺失。',
        },
      },
    ],
  },
  {
    slug: 'tracking-page',
    title: { en: 'The tracking page does not load', 'zh-Hant': '物流追蹤頁面無法載入' },
    symptoms: {
      en: 'The page stays empty, or says that the tracking number is unknown.',
      'zh-Hant': '頁面一直空白，或顯示查無此追蹤號碼。',
    },
    keywords: {
      en: [
        'tracking page',
        'tracking link does not work',
        'tracking number unknown',
        'tracking not found',
        'tracking page blank',
        'tracking error',
      ],
      'zh-Hant': [
        '追蹤頁面',
        '追蹤連結打不開',
        '查無追蹤號碼',
        '物流頁面',
        '追蹤查不到',
        '貨態查不到',
        '物流查詢打不開',
      ],
    },
    steps: [
      {
        key: 'age',
        instruction: {
          en: 'New tracking numbers can take a day to become known to the carrier. Was the parcel handed over less than 24 hours ago? Then try again tomorrow.',
          'zh-Hant': '新的追蹤號碼可能要一天後物流公司才查得到。若包裹交寄未滿 24 小時，請明天再試。',
        },
      },
      {
        key: 'number',
        instruction: {
          en: 'Copy the number from our message without spaces, and enter it on the website of the carrier yourself instead of following the link.',
          'zh-Hant': '請從我們的訊息複製號碼（不含空格），直接在物流公司網站輸入，不要使用連結。',
        },
      },
      {
        key: 'browser',
        instruction: {
          en: 'Open the page in a private window or another browser, without extensions that block scripts.',
          'zh-Hant': '請改用無痕視窗或其他瀏覽器開啟，並停用會封鎖指令碼的擴充功能。',
        },
      },
    ],
  },
  {
    slug: 'voucher-code-rejected',
    title: { en: 'My voucher code does not work', 'zh-Hant': '優惠碼無法使用' },
    symptoms: {
      en: 'The checkout says that the code is invalid, or the total does not change.',
      'zh-Hant': '結帳頁面顯示代碼無效，或總金額沒有變化。',
    },
    keywords: {
      en: [
        'voucher code',
        'coupon not working',
        'discount code invalid',
        'promo code rejected',
        'code not accepted',
        'code expired',
      ],
      'zh-Hant': ['優惠碼', '折扣碼無效', '優惠券不能用', '代碼無效', '折價券', '序號錯誤', '折扣碼不能用'],
    },
    steps: [
      {
        key: 'spelling',
        instruction: {
          en: 'Copy the code without spaces. The letter O and the digit 0, or I and 1, are easily mistaken.',
          'zh-Hant': '請複製代碼，不要有空格。字母 O 與數字 0、I 與 1 容易混淆。',
        },
      },
      {
        key: 'terms',
        instruction: {
          en: 'Read the terms beside the code: its last day, the goods it is for, and whether it was meant to be used once.',
          'zh-Hant': '請查看代碼旁的說明：截止日期、適用商品，以及是否限用一次。',
        },
      },
      {
        key: 'one-code',
        instruction: {
          en: 'Remove another code that is entered already, then enter this one and look at the total before you pay.',
          'zh-Hant': '請先移除已輸入的其他代碼，再輸入這一組，並在付款前確認總金額。',
        },
      },
    ],
  },
  {
    slug: 'page-not-loading',
    title: { en: 'The website does not load or is very slow', 'zh-Hant': '網站打不開或很慢' },
    symptoms: {
      en: 'Pages stay white, pictures are missing, or buttons do nothing.',
      'zh-Hant': '頁面空白、圖片沒有顯示，或按鈕沒有反應。',
    },
    keywords: {
      en: [
        'website down',
        'page does not load',
        'site is slow',
        'white page',
        'error 500',
        'buttons do nothing',
        'cart does not load',
        'pictures missing',
      ],
      'zh-Hant': [
        '網站打不開',
        '網頁很慢',
        '頁面空白',
        '一直轉圈',
        '按鈕沒反應',
        '購物車打不開',
        '圖片沒顯示',
        '網站當掉',
      ],
    },
    steps: [
      {
        key: 'reload',
        instruction: {
          en: 'Reload the page, and check whether other websites open. If they do not, restart your router or use mobile data.',
          'zh-Hant': '請重新整理頁面，並確認其他網站是否正常。若都打不開，請重新啟動路由器或改用行動網路。',
        },
      },
      {
        key: 'private-window',
        instruction: {
          en: 'Open the website in a private window. If it works there, delete the cookies and stored files of the shop in your browser.',
          'zh-Hant': '請以無痕視窗開啟網站。若可以，請在瀏覽器中刪除本店的 Cookie 與暫存檔。',
        },
      },
      {
        key: 'browser-update',
        instruction: {
          en: 'Update the browser, or try another one.',
          'zh-Hant': '請更新瀏覽器，或改用其他瀏覽器。',
        },
      },
    ],
  },
];
