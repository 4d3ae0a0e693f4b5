/** Names of countries in lower case, in the ways that customers write them, to their ISO codes. */
const codes: ReadonlyMap<string, string> = new Map([...named(), ...aliases()]);

function named(): [string, string][] {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const pairs = letters.flatMap((first) => letters.map((second) => first + second));
  return ['en', 'zh-Hant', 'zh-Hans'].flatMap((language) => {
    const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
    return pairs.flatMap((code): [string, string][] => {
      const name = names.of(code);
      // Exceptional and private codes have names too, but nobody lives there.
      return name && !/^(?:EU|EZ|QO|UN|X.|ZZ)$/.test(code) ? [[name.toLowerCase(), code]] : [];
    });
  });
}

function aliases(): [string, string][] {
  const also: Readonly<Record<string, string>> = {
    US: 'us|usa|u.s.|u.s.a.|united states of america|the united states|america|美国|美國',
    GB: 'uk|u.k.|great britain|england|scotland|wales',
    TW: '臺灣|台灣|台湾|taiwan r.o.c.|中華民國',
    CN: 'china|prc|中国大陆|中國大陸|大陸|大陆',
    HK: 'hong kong|香港',
    MO: 'macau|macao|澳門|澳门',
    KR: 'korea|south korea|韓國|韩国',
  };
  return Object.entries(also).flatMap(([code, names]) => names.split('|').map((name): [string, string] => [name, code])); // prettier-ignore
}

/** The code of a country that is named in words; null if it is none. */
export function countryNamed(text: string): string | null {
  return codes.get(text.trim().toLowerCase()) ?? null;
}

const abbreviated = 'AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC'; // prettier-ignore
const stateCodes = new Set(abbreviated.split(' '));

/** Whether this is the abbreviation of one of the United States. */
export const isState = (text: string) => stateCodes.has(text);

const taiwan = /[台臺]北市|新北市|桃園[市縣]|桃园市|[台臺]中市|[台臺]南市|高雄市|基隆市|新竹[市縣县]|苗栗[縣县]|彰化[縣县]|南投[縣县]|[雲云]林[縣县]|嘉[義义][市縣县]|屏[東东][縣县]|宜[蘭兰][縣县]|花[蓮莲][縣县]|[台臺][東东][縣县]|澎湖[縣县]|金[門门][縣县]|[連连]江[縣县]/u; // prettier-ignore
const mainland = /(?:北京|上海|天津|重[慶庆])市|\p{Script=Han}{2,3}省|自治[區区]/u;

/** The country that a Chinese address can only be in, by its province, county or city; null if that is open. */
export function countryOfPlace(text: string): string | null {
  if (taiwan.test(text)) return 'TW';
  return mainland.test(text) ? 'CN' : null;
}

/** Where a Chinese address begins, and its city; null if no such place is named. */
export function placeIn(text: string): { start: number; region: string | null; city: string } | null {
  const county = taiwan.exec(text);
  if (county) return { start: county.index, region: null, city: county[0] };
  const city =
    /(?:((?:(?![到在往至寄送為为成])\p{Script=Han}){2,3}(?:省|自治[區区]))\s*)?((?:(?![到在往至寄送為为成])\p{Script=Han}){2,4}?市)/u.exec(
      text,
    );
  return city ? { start: city.index, region: city[1] ?? null, city: city[2]! } : null;
}
