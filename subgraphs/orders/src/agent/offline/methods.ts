import type { OfflineStep } from '@supportgraph/agent';
import { namesOption } from '@supportgraph/commerce';
import type { ShownMethod } from '../shown.js';
import { call, failedStep, used, type Scene } from './steps.js';

/** The customer's ways to pay, or the step that finds them out. */
export function methodsOf(scene: Scene): ShownMethod[] | OfflineStep {
  const listed = used(scene, 'list_payment_methods');
  if (!listed) return call('list_payment_methods');
  // Our own tool's answer.
  return listed.failed ? failedStep(scene) : (listed.output as { methods: ShownMethod[] }).methods;
}

/** One line for each way to pay. */
export function listMethods(methods: readonly ShownMethod[]): string {
  return methods.map(({ label, balance }) => `- ${label}${balance ? ` (${balance})` : ''}`).join('\n');
}

const kinds: readonly (readonly [ShownMethod['kind'], RegExp])[] = [
  ['PAYPAL', /paypal/i],
  ['GIFT_CARD', /gift ?card|禮物卡|礼物卡|禮品卡|礼品卡/i],
  ['CREDIT_CARD', /(?:credit|debit) ?card|(?<!gift )\bcard\b|visa|master|amex|信用卡|刷卡/i],
];

/** The one way to pay that a text names, of those that it could be; null if none or several fit. */
export function methodNamed(methods: readonly ShownMethod[], text: string): ShownMethod | null {
  const ofText = kinds.filter(([, pattern]) => pattern.test(text)).map(([kind]) => kind);
  const ofKind = methods.filter(({ kind }) => ofText.includes(kind));
  const byDigits = methods.filter(({ label }) => (label.match(/\d{4}/) ?? []).some((digits) => text.includes(digits)));
  const byBalance = ofKind.filter(({ balance }) => balance && text.includes(balance.split(' ').at(-1)!));
  const byBrand = ofKind.filter(({ label }) => namesOption(text, label.split(/[ （]/)[0]!));
  const [found, ...more] = [byDigits, byBalance, byBrand, ofKind].find(({ length }) => length > 0) ?? [];
  return found && more.length === 0 ? found : null;
}

/** Whether a text names a kind of payment that is not among these. */
export function namesOtherKind(methods: readonly ShownMethod[], text: string): boolean {
  return kinds.some(([kind, pattern]) => pattern.test(text) && methods.every((method) => method.kind !== kind));
}
