import type { OfflineStep } from '@supportgraph/agent';
import type { Text } from '@supportgraph/kernel';
import type { ShownOrder } from '../shown.js';
import { addressStep } from './addressStep.js';
import { itemsStep } from './items.js';
import { listMethods, methodNamed, methodsOf, namesOtherKind } from './methods.js';
import { proposing } from './proposing.js';
import { actions, questions, sentences, statuses } from './sentences.js';
import { ask, say, type Scene } from './steps.js';
import type { Change } from './changeOf.js';

/** Proposes a change of an order, once all that it needs is known. */
export function changeStep(scene: Scene, change: Change, order: ShownOrder): OfflineStep {
  if (!order.possible.includes(change)) return impossible(scene, change, order);
  switch (change) {
    case 'CANCEL':
      return cancelStep(scene, order);
    case 'UPDATE_ADDRESS':
      return addressStep(scene, 'propose_order_address', { number: order.number }, order.address.split(', ').at(-1));
    case 'UPDATE_PAYMENT':
      return paymentStep(scene, order);
    case 'UPDATE_ITEMS':
      return itemsStep(scene, order);
  }
}

/** Proposes another default address. */
export function defaultAddressStep(scene: Scene): OfflineStep {
  return addressStep(scene, 'propose_default_address', {});
}

function impossible(scene: Scene, change: Change, order: ShownOrder): OfflineStep {
  const refusal = refusalOf(change, order);
  // What has arrived is exchanged, which is for another agent to prepare.
  if (change === 'UPDATE_ITEMS' && order.possible.includes('EXCHANGE'))
    return say(scene, refusal, howToExchange(order));
  const others = order.possible.map((action) => actions[action][scene.language]);
  const instead = { en: `What is possible: ${others.join(', ')}.`, 'zh-Hant': `目前可以：${others.join('、')}。` };
  return say(scene, refusal, ...(others.length ? [instead] : []), questions.offerPerson);
}

function howToExchange({ number }: ShownOrder): Text {
  return {
    en: `It can be exchanged instead. Write for example “I want to exchange the item of ${number} for size 42”, with the item and what you would like, and I prepare it for you to confirm.`,
    'zh-Hant': `您可以改為換貨：請回覆「我要換貨 ${number}」，我會列出可更換的款式。`,
  };
}

/** Why a change is not possible. */
function refusalOf(change: Change, { number, status }: ShownOrder): Text {
  const what = actions[change];
  if (status !== 'PENDING')
    return {
      en: `Order ${number} is ${statuses[status].en}, so it is no longer possible to ${what.en}.`,
      'zh-Hant': `訂單 ${number} 目前狀態：${statuses[status]['zh-Hant']}，因此無法再${what['zh-Hant']}。`,
    };
  // A pending order is closed to a change only by an earlier one.
  if (change === 'UPDATE_PAYMENT')
    return {
      en: `More than one payment was already booked for order ${number}, so it is no longer possible to ${what.en}.`,
      'zh-Hant': `訂單 ${number} 已有一筆以上的付款紀錄，因此無法再${what['zh-Hant']}。`,
    };
  return {
    en: `The items of order ${number} were changed before, so it is no longer possible to ${what.en}.`,
    'zh-Hant': `訂單 ${number} 的商品已變更過，因此無法再${what['zh-Hant']}。`,
  };
}

/** What tells a mistake, and what tells that it is no longer needed; an order stops for no other reason. */
const mistake = /mistake|accident|wrong (?:item|order|one|size|colou?r|product|model|thing|address)|didn['’]?t mean|(?:ordered|bought|placed|clicked)(?: it| this| them| the same(?: thing)?)? (?:twice|two times|again|double)|\bduplicate|double[- ]order|誤下|误下|誤|误|[下訂订點点選选拍買买按寫写][錯错]|(?:尺寸|尺碼|尺码|顏色|颜色|款式|型號|型号)[^，。]{0,4}[錯错]|重[複复]|[買买下訂订](?:了)?(?:兩|两|2)[次筆笔]/i; // prettier-ignore
const unneeded = /no longer|don['’]?t (?:really |actually )?(?:need|want|like)|do not (?:need|want)|not need|no need|need(?:ed)? (?:it |this |them )?any ?more|unneeded|chang(?:ed?|ing) my mind|cheaper|(?:too|very|so) (?:expensive|pricey|costly|slow|late|long)|(?:takes?|taking) (?:too |so |very )?(?:long|forever)|can['’]?t afford|(?:bought|found|got|have) (?:it|one|another|something|a better)|better (?:price|deal|one|offer)|not (?:interested|worth)|too much|不再需要|不需要|不想[要買买]|不要了|用不[到著着]|改[變变]主意|改[變变]心意|太[貴贵慢久]|便宜|等不及|等太久|買不起|买不起|已[經经]有|[找買买]到(?:了)?(?:別|别|更|其他)|後悔|后悔|不喜[歡欢]|不適合|不适合/i; // prettier-ignore

function cancelStep(scene: Scene, { number }: ShownOrder): OfflineStep {
  const text = scene.thread.said.join('\n');
  const isMistake = mistake.test(text);
  if (!isMistake && !unneeded.test(text)) return ask(scene, questions.whyCancel);
  return proposing(scene, 'propose_cancellation', {
    number,
    reason: isMistake ? 'ORDERED_BY_MISTAKE' : 'NO_LONGER_NEEDED',
  });
}

/** “Paid by card” tells what is in use, and “instead of” what is not wanted. */
const inUseNow =
  /\b(?:paid (?:by|with|using|via)|instead of|from)\s+(?:my |the |a )?[\w ]{0,20}?(?:paypal|card|visa|mastercard|amex)s?\b|(?:原本|原來|原来|目前|現在|现在)(?:是)?用?[^，。,]{0,6}(?:paypal|信用卡|禮品卡|礼品卡|禮物卡|礼物卡)/giu;

function paymentStep(scene: Scene, { number, paidWith }: ShownOrder): OfflineStep {
  const methods = methodsOf(scene);
  if (!Array.isArray(methods)) return methods;
  const others = methods.filter(({ id }) => id !== paidWith?.id);
  const chosen = scene.thread.said.map((text) => methodNamed(others, text.replace(inUseNow, ' '))).findLast(Boolean);
  if (chosen) return proposing(scene, 'propose_payment_change', { number, paymentMethodId: chosen.id });
  if (others.length === 0) return say(scene, sentences.noOtherMethod, questions.offerPerson);
  const isUnknown = namesOtherKind(methods, scene.thread.now);
  return ask(scene, questions.whichMethod, listMethods(others), ...(isUnknown ? [sentences.notOnFile[scene.language]] : [])); // prettier-ignore
}
