const method = String.raw`paypal|gift ?cards?|(?:credit |debit )?cards?|visa|master(?:card)?|amex|信用卡|禮[物品]卡|礼[物品]卡`;
const english = String.raw`(?:\bplease )?\b(?:pay(?:ing)?|charge|charged|use|using|bill|with|by|via|from|on)\b(?:(?!\b(?:to|into|for|change|switch)\b)[^,;.，；。\n]){0,40}?\b(?:${method})\b(?: (?:ending )?(?:in )?\d{4})?`;
const chinese = String.raw`(?:並|并|再)?(?:請|请)?(?:從|从|用|以|刷|改用)[^,;，；。、\n]{0,20}?(?:${method})(?:（?末四碼 ?\d{4}）?|\d{4})?\s*(?:付款|支付|付差額|付差额|付|扣款|扣)?`;
const howPaid = new RegExp(`${english}|${chinese}`, 'giu');

/** What a text says of how something is to be paid: “pay with PayPal”, “on my Visa”; empty if nothing. */
export function paymentIn(text: string): string {
  return (text.match(howPaid) ?? []).join(' ');
}

/** A text without that. */
export function withoutPayment(text: string): string {
  return text.replace(howPaid, ' ');
}
