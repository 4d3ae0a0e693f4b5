import { fail, ok, parseMoney, userError, type Result } from '@supportgraph/kernel';
import { verificationMethods, type BusinessSpan, type Shop } from './shop.js';

/** What is to change of a shop's settings; what is left out stays. */
export interface ShopChange {
  name?: string | null;
  /** Null: no limit. */
  returnWindowDays?: number | null;
  timeZone?: string | null;
  businessSpans?: readonly BusinessSpan[] | null;
  linkHosts?: readonly string[] | null;
  /** Decimal text. */
  automaticRefundLimit?: string | null;
  verification?: string | null;
}

/** The shop as it will be, or which settings cannot be right. */
export function changeShop(shop: Shop, change: ShopChange): Result<Shop> {
  const limit = change.automaticRefundLimit ?? null;
  const next: Shop = {
    ...shop,
    name: change.name?.trim() ?? shop.name,
    returnWindowDays: change.returnWindowDays === undefined ? shop.returnWindowDays : change.returnWindowDays,
    timeZone: change.timeZone ?? shop.timeZone,
    businessSpans: change.businessSpans ?? shop.businessSpans,
    linkHosts: change.linkHosts?.map((host) => host.toLowerCase()) ?? shop.linkHosts,
    automaticRefundLimit: limit === null ? shop.automaticRefundLimit : (parseMoney(limit, shop.currency) ?? -1),
    verification: verificationMethods.find((method) => method === change.verification) ?? shop.verification,
  };
  const [first, ...rest] = wrongIn(next).map((field) =>
    userError('INVALID', 'This setting is malformed or out of range.', '這項設定的格式或範圍不正確。', [
      'input',
      field,
    ]),
  );
  return first ? fail(first, ...rest) : ok(next);
}

function wrongIn(shop: Shop): (keyof ShopChange)[] {
  const checks: [keyof ShopChange, boolean][] = [
    ['name', shop.name !== '' && shop.name.length <= 200],
    [
      'returnWindowDays',
      shop.returnWindowDays === null || (shop.returnWindowDays >= 0 && shop.returnWindowDays <= 3_650),
    ],
    ['timeZone', isTimeZone(shop.timeZone)],
    ['businessSpans', shop.businessSpans.every(isSpan)],
    ['linkHosts', shop.linkHosts.every((host) => /^(?=.{1,253}$)[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?$/.test(host))],
    ['automaticRefundLimit', shop.automaticRefundLimit >= 0],
  ];
  return checks.filter(([, isRight]) => !isRight).map(([field]) => field);
}

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false; // How Intl says that it knows no such zone.
  }
}

function isSpan({ weekday, opens, closes }: BusinessSpan): boolean {
  const time = /^([01]\d|2[0-3]):[0-5]\d$/;
  return (
    Number.isInteger(weekday) &&
    weekday >= 1 &&
    weekday <= 7 &&
    time.test(opens) &&
    (time.test(closes) || closes === '24:00') &&
    opens < closes
  );
}
