type Words = readonly (readonly [RegExp, string])[];

/** Chinese words for things, longer ones first, with the English that the shop's data is written in. */
const goods: Words = [
  [/T恤|Ｔ恤|短袖/gi, 't-shirt'],
  [/連帽(?:上衣|衫)|连帽(?:上衣|衫)|帽T/g, 'hoodie'],
  [/襯衫|衬衫/g, 'shirt'],
  [/毛衣/g, 'sweater'],
  [/雨衣|防水外套/g, 'rain jacket'],
  [/外套|夾克|夹克/g, 'jacket'],
  [/牛仔褲|牛仔裤/g, 'jeans'],
  [/跑鞋|慢跑鞋/g, 'running shoes'],
  [/登山(?:鞋|靴)/g, 'hiking boots'],
  [/運動鞋|运动鞋|球鞋/g, 'sneakers'],
  [/涼鞋|凉鞋/g, 'sandals'],
  [/鞋子?/g, 'shoes'],
  [/毛帽|針織帽|针织帽/g, 'beanie'],
  [/圍巾|围巾/g, 'scarf'],
  [/手套/g, 'gloves'],
  [/郵差包|邮差包/g, 'messenger bag'],
  [/背包|後背包/g, 'backpack'],
  [/行李箱/g, 'suitcase'],
  [/皮夾|錢包|钱包/g, 'wallet'],
  [/太陽眼鏡|墨鏡|太阳镜|墨镜/g, 'sunglasses'],
  [/雨傘|雨伞/g, 'umbrella'],
  [/[電电]?[熱热]水[壺壶]|快煮[壺壶]|煮水[壺壶]/g, 'electric kettle'],
  [/水壺|水瓶|水壶/g, 'water bottle'],
  [/便當盒|饭盒|便当盒/g, 'lunch box'],
  [/馬克杯|马克杯|咖啡杯/g, 'coffee mug'],
  [/盤子|餐盤|盘子/g, 'plates'],
  [/平底鍋|平底锅/g, 'frying pan'],
  [/杯子/g, 'mug'],
  [/靴子?/g, 'boots'],
  [/砧板/g, 'cutting board'],
  [/浴巾|毛巾/g, 'bath towel'],
  [/被套/g, 'duvet cover'],
  [/瑜[珈伽]墊|瑜[珈伽]垫/g, 'yoga mat'],
  [/拼圖|拼图/g, 'jigsaw puzzle'],
  [/相框/g, 'picture frame'],
  [/無線耳機|无线耳机|藍牙耳機|蓝牙耳机/g, 'wireless earbuds headphones'],
  [/耳機|耳机/g, 'headphones earbuds'],
  [/藍牙|蓝牙/g, 'bluetooth'],
  [/喇叭|音箱/g, 'speaker'],
  [/智慧手錶|智能手表/g, 'smart watch'],
  [/手環|手环/g, 'fitness band'],
  [/鍵盤|键盘/g, 'keyboard'],
  [/滑鼠|鼠标/g, 'mouse'],
  [/集線器|集线器/g, 'hub'],
  [/充電線|充电线/g, 'charging cable'],
  [/行動電源|充电宝/g, 'power bank'],
  [/筆電架|电脑支架/g, 'laptop stand'],
  [/平板(?:電腦|电脑)?/g, 'tablet'],
  [/電子書閱讀器|电子书阅读器|電子書/g, 'e-reader'],
  [/攝影機|摄像头|視訊鏡頭/g, 'webcam'],
  [/檯燈|台灯|桌燈/g, 'desk lamp'],
  [/掃地機器人|扫地机器人|吸塵器|吸尘器/g, 'robot vacuum'],
  [/磨豆機|磨豆机/g, 'coffee grinder'],
  [/空氣清淨機|空气净化器/g, 'air purifier'],
  [/燈泡|灯泡/g, 'smart bulb'],
];

/** Chinese words for what can be chosen of things; what a number belongs to keeps its number. */
const options: Words = [
  [/(\d+(?:\.\d+)?)\s*公?升/g, '$1 litres $1 litre'], [/(\d+)\s*毫升/g, '$1 ml'], [/(\d+)\s*(?:公分|厘米)/g, '$1 cm'], [/(\d+)\s*(?:公釐|毫米)/g, '$1 mm'],
  [/(\d+)\s*(?:公尺|米)(?!色)/g, '$1 m'], [/(\d+)\s*(?:英?吋|英寸|寸)/g, '$1 inch'],
  [/米白|奶油色?|米色/g, 'cream oat'], [/沙色/g, 'sand'], [/駝色|驼色|棕褐|卡其/g, 'tan'], [/珊瑚/g, 'coral'], [/藍綠|蓝绿|湖水綠|湖水绿/g, 'teal'],
  [/鼠尾草/g, 'sage'], [/芥末黃?|芥末黄/g, 'mustard'], [/橄欖綠?|橄榄绿?/g, 'olive'], [/萊姆|青檸|青柠/g, 'lime'], [/靛藍?|靛蓝?/g, 'indigo'], [/鏽紅|锈红|鐵鏽/g, 'rust'],
  [/森林綠|森林绿|墨綠|墨绿/g, 'forest'], [/黃銅|黄铜/g, 'brass'], [/透明/g, 'clear'], [/不[鏽锈]鋼|不锈钢|鋼|钢/g, 'steel'], [/真?皮革|皮質|皮质/g, 'leather'],
  [/矽膠|硅胶/g, 'silicone'], [/陶瓷/g, 'ceramic'], [/竹/g, 'bamboo'], [/橡木/g, 'oak'], [/胡桃木?/g, 'walnut'], [/單人|单人/g, 'single'], [/雙人|双人/g, 'double'],
  [/降噪/g, 'noise cancelling'],
  [/深藍|深蓝|藏青|海軍藍/g, 'navy'], [/天藍|天蓝/g, 'sky'], [/藍|蓝/g, 'blue'], [/紅|红/g, 'red'], [/黑/g, 'black'], [/白/g, 'white'], [/灰/g, 'grey'],
  [/綠|绿/g, 'green'], [/黃|黄/g, 'yellow'], [/銀|银/g, 'silver'], [/棕|褐|咖啡色/g, 'brown'], [/粉紅|粉/g, 'pink'], [/紫/g, 'violet purple'], [/橘|橙/g, 'orange'],
  [/特大/g, 'XL'], [/大(?:號|号|的|款|型|尺寸)/g, 'L large'], [/中(?:號|号|的|款|型|尺寸)/g, 'M medium'], [/小(?:號|号|的|款|型|尺寸)/g, 'S small'],
]; // prettier-ignore

/** The text with the Chinese words that we know in English. */
export function goodsInEnglish(text: string): string {
  return [...goods, ...options].reduce((said, [chinese, english]) => said.replace(chinese, ` ${english} `), text);
}

const nouns = new Set(goods.flatMap(([, english]) => english.split(' ').slice(-1)));

/** Whether a text in English speaks of a thing that a shop may sell: “the lamp”. */
export function namesGoods(text: string): boolean {
  const words = text.toLowerCase().match(/[a-z-]+/g) ?? [];
  return words.some((word) => nouns.has(word) || nouns.has(`${word}s`) || nouns.has(word.replace(/s$/, '')));
}
