import type { DemoGuide } from './guide.js';

/** Trouble with things bought in the shop. */
export const deviceGuides: readonly DemoGuide[] = [
  {
    slug: 'device-pairing',
    title: { en: 'My device does not pair by Bluetooth', 'zh-Hant': '裝置無法以藍牙配對' },
    symptoms: {
      en: 'The phone does not find the device, or the connection is lost again and again.',
      'zh-Hant': '手機找不到裝置，或連線一再中斷。',
    },
    keywords: {
      en: [
        'bluetooth',
        'pairing',
        'does not connect',
        'cannot connect to phone',
        'connection drops',
        'not found by phone',
        'earbuds pairing',
        'headphones do not pair',
        'speaker does not pair',
        'watch pairing',
      ],
      'zh-Hant': ['藍牙', '配對', '連不上', '無法連線', '找不到裝置', '連線中斷', '耳機配對', '手錶配對'],
    },
    steps: [
      {
        key: 'near',
        instruction: {
          en: 'Charge the device, put it within one metre of the phone, and switch Bluetooth on the phone off and on again.',
          'zh-Hant': '請先充電，將裝置放在手機一公尺內，並把手機藍牙關閉後再開啟。',
        },
      },
      {
        key: 'forget',
        instruction: {
          en: 'Remove the device from the list of known devices on the phone, and from other phones and computers nearby that it may be connected to.',
          'zh-Hant': '請在手機的已配對清單中移除該裝置；附近可能連著它的其他手機或電腦也請移除。',
        },
      },
      {
        key: 'pairing-mode',
        instruction: {
          en: 'Start pairing mode: hold the power or Bluetooth button until the light blinks quickly. Then choose the device on the phone.',
          'zh-Hant': '請進入配對模式：長按電源鍵或藍牙鍵直到指示燈快速閃爍，再於手機上選擇該裝置。',
        },
      },
    ],
  },
  {
    slug: 'firmware-update',
    title: { en: 'A firmware update does not start or stops half-way', 'zh-Hant': '韌體更新無法開始或中途停止' },
    symptoms: {
      en: 'The update stays at the same percentage, or the device says that it failed.',
      'zh-Hant': '更新停在同一個百分比，或裝置顯示更新失敗。',
    },
    keywords: {
      en: [
        'firmware update',
        'update failed',
        'software update',
        'update stuck',
        'upgrade',
        'new version does not install',
      ],
      'zh-Hant': ['韌體更新', '更新失敗', '更新卡住', '軟體更新', '升級失敗', '無法更新', '固件'],
    },
    steps: [
      {
        key: 'power',
        instruction: {
          en: 'Charge the device to at least half and leave it on its charger. Keep the phone or computer awake and near.',
          'zh-Hant': '請將裝置充電至一半以上並保持連接充電器，手機或電腦請保持開啟並放在附近。',
        },
      },
      {
        key: 'network',
        instruction: {
          en: 'Use a stable Wi-Fi, close other downloads, and start the update again from the app of the manufacturer.',
          'zh-Hant': '請使用穩定的 Wi-Fi，關閉其他下載，再從製造商的 App 重新開始更新。',
        },
      },
      {
        key: 'restart',
        instruction: {
          en: 'If it has not moved for 30 minutes, restart the device by holding its power button for ten seconds, and try once more.',
          'zh-Hant': '若超過 30 分鐘沒有進度，請長按電源鍵十秒重新啟動裝置，再試一次。',
        },
      },
    ],
  },
  {
    slug: 'speaker-no-sound',
    title: { en: 'My speaker or headphones have no sound', 'zh-Hant': '喇叭或耳機沒有聲音' },
    symptoms: {
      en: 'The device is connected, but nothing is heard, or only on one side.',
      'zh-Hant': '裝置已連線，但聽不到聲音，或只有一邊有聲音。',
    },
    keywords: {
      en: [
        'no sound',
        'speaker silent',
        'headphones no audio',
        'only one side',
        'one earbud',
        'cannot hear anything',
        'volume too low',
        'sound is distorted',
      ],
      'zh-Hant': ['沒有聲音', '沒聲音', '喇叭', '耳機', '只有一邊有聲音', '單邊', '音量太小', '聽不到', '音響'],
    },
    steps: [
      {
        key: 'volume',
        instruction: {
          en: 'Turn up the volume on the device **and** on the phone or computer, and check that nothing is muted.',
          'zh-Hant': '請將裝置**以及**手機或電腦的音量調高，並確認未靜音。',
        },
      },
      {
        key: 'output',
        instruction: {
          en: 'Choose the device as audio output in the sound settings; unplug other headphones and screens.',
          'zh-Hant': '請在音效設定中選擇該裝置作為輸出，並拔除其他耳機或螢幕。',
        },
      },
      {
        key: 'other-source',
        instruction: {
          en: 'Play something from another phone or computer. If it works there, pair the first one anew.',
          'zh-Hant': '請以另一支手機或電腦播放。若有聲音，請將原本的裝置重新配對。',
        },
      },
    ],
  },
  {
    slug: 'keyboard-repeats',
    title: { en: 'Keys of my keyboard repeat or do not respond', 'zh-Hant': '鍵盤按鍵重複輸入或沒有反應' },
    symptoms: {
      en: 'A letter is typed twice, a key sticks, or some keys do nothing.',
      'zh-Hant': '字母重複出現、按鍵卡住，或部分按鍵沒有作用。',
    },
    keywords: {
      en: [
        'keyboard',
        'keys repeat',
        'double typing',
        'letters twice',
        'key stuck',
        'keys not working',
        'mechanical keyboard',
      ],
      'zh-Hant': ['鍵盤', '按鍵連擊', '重複輸入', '按鍵卡住', '按鍵沒反應', '打字重複', '機械鍵盤'],
    },
    steps: [
      {
        key: 'clean',
        instruction: {
          en: 'Unplug the keyboard, turn it upside down and tap it gently; blow out dust around the keys with compressed air.',
          'zh-Hant': '請拔除鍵盤，倒置輕拍，並以壓縮空氣清除按鍵周圍的灰塵。',
        },
      },
      {
        key: 'other-port',
        instruction: {
          en: 'Plug it into another port, without a hub; for a wireless one, charge it or change the batteries and keep it near the receiver.',
          'zh-Hant': '請改插其他連接埠，不要透過集線器；無線鍵盤請充電或更換電池，並靠近接收器。',
        },
      },
      {
        key: 'settings',
        instruction: {
          en: 'Set a longer repeat delay in the keyboard settings of your computer, and try the keyboard on another computer.',
          'zh-Hant': '請在電腦的鍵盤設定中延長重複延遲，並在另一台電腦上測試。',
        },
      },
    ],
  },
  {
    slug: 'vacuum-not-charging',
    title: { en: 'My vacuum cleaner does not charge', 'zh-Hant': '吸塵器無法充電' },
    symptoms: {
      en: 'The light of the charger stays off, or the vacuum is empty again after minutes.',
      'zh-Hant': '充電指示燈不亮，或幾分鐘後就沒電。',
    },
    keywords: {
      en: [
        'vacuum',
        'vacuum not charging',
        'robot vacuum',
        'charging station',
        'dock',
        'hoover',
        'battery empty',
        'vacuum battery',
      ],
      'zh-Hant': ['吸塵器', '充不了電', '掃地機器人', '充電座', '沒電', '吸塵器電池', '無法充電', '充電沒反應'],
    },
    steps: [
      {
        key: 'socket',
        instruction: {
          en: 'Plug the charger into another socket that works for sure, and push the plug all the way into the vacuum or its dock.',
          'zh-Hant': '請將充電器插到確定有電的其他插座，並確認插頭完全插入吸塵器或充電座。',
        },
      },
      {
        key: 'contacts',
        instruction: {
          en: 'Wipe the metal contacts of vacuum and dock with a dry cloth, and put the vacuum back until the light comes on.',
          'zh-Hant': '請以乾布擦拭吸塵器與充電座的金屬接點，再放回充電座直到指示燈亮起。',
        },
      },
      {
        key: 'battery',
        instruction: {
          en: 'Take the battery out if it can be removed, wait a minute and put it back. Let it cool down first if it is warm.',
          'zh-Hant': '若電池可拆，請取出等待一分鐘後裝回；若電池發燙，請先放涼。',
        },
      },
    ],
  },
  {
    slug: 'device-not-turning-on',
    title: { en: 'My device does not turn on', 'zh-Hant': '裝置無法開機' },
    symptoms: {
      en: 'Nothing happens when the power button is pressed; the screen stays black.',
      'zh-Hant': '按下電源鍵沒有反應，螢幕一片黑。',
    },
    keywords: {
      en: [
        'does not turn on',
        'will not start',
        'no power',
        'dead device',
        'black screen',
        'does not switch on',
        'tablet',
        'laptop',
      ],
      'zh-Hant': ['無法開機', '開不了機', '沒反應', '不能開機', '黑屏', '螢幕黑的', '平板', '筆電', '沒有電'],
    },
    steps: [
      {
        key: 'charge',
        instruction: {
          en: 'Charge the device for 30 minutes with its own charger and cable, at a socket that works for sure.',
          'zh-Hant': '請以原廠充電器與傳輸線，在確定有電的插座充電 30 分鐘。',
        },
      },
      {
        key: 'hold',
        instruction: {
          en: 'Hold the power button for 20 seconds, let go, and press it once more.',
          'zh-Hant': '請長按電源鍵 20 秒後放開，再按一次。',
        },
        choices: [
          { key: 'on', label: { en: 'It turns on', 'zh-Hant': '可以開機了' }, next: 'solved' },
          { key: 'light', label: { en: 'Only a light is on', 'zh-Hant': '只有指示燈亮' }, next: 'screen' },
          { key: 'nothing', label: { en: 'Nothing happens', 'zh-Hant': '完全沒反應' }, next: 'cable' },
        ],
      },
      {
        key: 'screen',
        instruction: {
          en: 'Turn the brightness up with the keys of the device, and connect another screen if it has a socket for one.',
          'zh-Hant': '請以裝置按鍵調高亮度；若有外接埠，請連接另一個螢幕。',
        },
      },
      {
        key: 'cable',
        instruction: {
          en: 'Try another cable and charger of the same kind.',
          'zh-Hant': '請換一條同規格的線與充電器再試。',
        },
      },
    ],
  },
  {
    slug: 'wifi-setup',
    title: { en: 'My smart device does not connect to Wi-Fi', 'zh-Hant': '智慧裝置無法連上 Wi-Fi' },
    symptoms: {
      en: 'The set-up stops at the network, or the app says that the device is offline.',
      'zh-Hant': '設定停在網路步驟，或 App 顯示裝置離線。',
    },
    keywords: {
      en: [
        'wifi',
        'wi-fi',
        'wireless network',
        'device offline',
        'thermostat offline',
        'no internet',
        'camera offline',
        'network setup',
      ],
      'zh-Hant': ['無線網路', 'WiFi', '連不上網路', '裝置離線', '網路設定', '溫控器離線', '攝影機離線', '連網'],
    },
    steps: [
      {
        key: 'band',
        instruction: {
          en: 'Connect the phone to the 2.4 GHz network of your router: most smart devices cannot use 5 GHz for the set-up.',
          'zh-Hant': '請將手機連到路由器的 2.4 GHz 網路，多數智慧裝置設定時不支援 5 GHz。',
        },
      },
      {
        key: 'password',
        instruction: {
          en: 'Enter the Wi-Fi password again, with capitals as they are, and put the device close to the router for the set-up.',
          'zh-Hant': '請重新輸入 Wi-Fi 密碼（注意大小寫），並將裝置放在路由器附近進行設定。',
        },
      },
      {
        key: 'reset',
        instruction: {
          en: 'Restart the router, reset the device as its manual says, and begin the set-up again.',
          'zh-Hant': '請重新啟動路由器，依說明書重設裝置，再重新設定。',
        },
      },
    ],
  },
];
