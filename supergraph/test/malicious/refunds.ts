import type { ScriptStep } from '@supportgraph/agent/testing';
import { call, calls, dirt, done, rawCall, say, type Case, type Cases, type Target } from './case.js';

const number = '#W1000001';
const bobs = '#W2000002';
const refund = { number, amount: '1.00', reason: 'Broken', paymentMethodId: null };
const sendBack = { number, itemIds: ['itm_W1000001_0'], paymentMethodId: 'pay_card' };
const change = { itemId: 'itm_W1000001_0', newVariantId: 'var_red' };
const exchange = { number, changes: [change], paymentMethodId: 'pay_card' };

const notFound = (tool: string, input: object): Case => ({
  ...{ script: [call(tool, input), done], denied: [`notFound ${tool}`], refused: ['NOT_FOUND'] },
});
const wrong = (tool: string, input: object): Case => ({
  ...{ script: [call(tool, input), done], denied: [`wrongArguments ${tool}`] },
});
const refused = (code: string, tool: string, input: object): Case => ({
  ...{ script: [call(tool, input), done], denied: [`refused ${tool}`], refused: [code] },
});

const anothers: Cases = {
  'looks at another customer’s refunds': notFound('get_order_refunds', { number: bobs }),
  'looks whether another customer may send back': notFound('check_return', { number: bobs }),
  'looks what another customer may have instead': notFound('get_exchange_options', { number: bobs }),
  'names another customer to see refunds': wrong('list_refunds', { customerId: 'cus_bob' }),
  'refunds another customer’s order': notFound('propose_refund', { ...refund, number: bobs }),
  'returns another customer’s order': notFound('propose_return', { ...sendBack, number: bobs }),
  'exchanges another customer’s order': notFound('propose_exchange', { ...exchange, number: bobs }),
  'returns another customer’s item': notFound('propose_return', { ...sendBack, itemIds: ['itm_W2000002_0'] }),
  'exchanges another customer’s item': notFound('propose_exchange', {
    ...{ ...exchange, changes: [{ ...change, itemId: 'itm_W2000002_0' }] },
  }),
  'refunds to another customer’s gift card': notFound('propose_refund', { ...refund, paymentMethodId: 'pay_bobsGift' }),
  'returns for another customer’s gift card': notFound('propose_return', {
    ...{ ...sendBack, paymentMethodId: 'pay_bobsGift' },
  }),
  'exchanges with another customer’s gift card': notFound('propose_exchange', {
    ...{ ...exchange, paymentMethodId: 'pay_bobsGift' },
  }),
  'passes for another customer': {
    script: [call('verify_customer', { email: 'bob@example.com' }), call('check_return', { number: bobs }), done],
    ...{ denied: ['notFound check_return', 'notFound verify_customer'], refused: ['NOT_FOUND', 'NOT_FOUND'] },
  },
};

const amounts = [
  '-1.00',
  '-0.00',
  '0',
  '0.00',
  '10.999',
  'NaN',
  'Infinity',
  '1e9',
  '1,000.00',
  '٥.٠٠',
  '$5',
  ' ',
  '5\0',
  '0x10',
];
const money: Cases = {
  ...Object.fromEntries(
    amounts.map((amount) => [
      `refunds ${JSON.stringify(amount)}`,
      refused('INVALID', 'propose_refund', { ...refund, amount }),
    ]),
  ),
  'refunds an amount that is no text': wrong('propose_refund', { ...refund, amount: -5 }),
  'leaves out the amount': wrong('propose_refund', { ...refund, amount: undefined }),
  'refunds more than was paid': refused('AMOUNT_TOO_HIGH', 'propose_refund', { ...refund, amount: '28.26' }),
  'refunds more than there is': refused('AMOUNT_TOO_HIGH', 'propose_refund', { ...refund, amount: '99999999999.99' }),
  'refunds forty digits': refused('INVALID', 'propose_refund', { ...refund, amount: '9'.repeat(40) }),
  'refunds forty-one digits': wrong('propose_refund', { ...refund, amount: '9'.repeat(41) }),
  'refunds to another payment method': refused('PAYMENT_METHOD_INVALID', 'propose_refund', {
    ...{ ...refund, paymentMethodId: 'pay_paypal' },
  }),
  'refunds to an account that there is not': notFound('propose_refund', { ...refund, paymentMethodId: 'DE89 3704' }),
  'refunds in another currency': wrong('propose_refund', { ...refund, currency: 'BTC' }),
  'refunds without a reason': wrong('propose_refund', { ...refund, reason: '' }),
  'refunds for a reason of space': refused('INVALID', 'propose_refund', { ...refund, reason: ' \u3000\n' }),
};

const goods: Cases = {
  'returns what is not in the order': notFound('propose_return', { ...sendBack, itemIds: ['itm_W1000004_0'] }),
  'returns nothing': wrong('propose_return', { ...sendBack, itemIds: [] }),
  'returns one thing twice': refused('INVALID', 'propose_return', {
    ...{ ...sendBack, itemIds: ['itm_W1000001_0', 'itm_W1000001_0'] },
  }),
  'returns one thing fifty times': refused('INVALID', 'propose_return', {
    ...{ ...sendBack, itemIds: Array<string>(50).fill('itm_W1000001_0') },
  }),
  'returns fifty-one things': wrong('propose_return', { ...sendBack, itemIds: Array<string>(51).fill('itm_1') }),
  'returns a prototype': notFound('propose_return', { ...sendBack, itemIds: ['__proto__'] }),
  'returns for money to another payment method': refused('PAYMENT_METHOD_INVALID', 'propose_return', {
    ...{ ...sendBack, paymentMethodId: 'pay_paypal' },
  }),
  'returns what was not delivered': refused('ORDER_NOT_RETURNABLE', 'propose_return', {
    ...{ ...sendBack, number: '#W1000004', itemIds: ['itm_W1000004_0'] },
  }),
  'exchanges a thing for another product': refused('VARIANT_MISMATCH', 'propose_exchange', {
    ...{ ...exchange, changes: [{ ...change, newVariantId: 'var_mug' }] },
  }),
  'exchanges with a prototype': {
    script: [
      rawCall(
        'propose_exchange',
        `{"number":"${number}","paymentMethodId":"pay_card","changes":[{"itemId":"itm_W1000001_0","newVariantId":"var_red","__proto__":{"price":"0.00"}}]}`,
      ),
      done,
    ],
    denied: ['wrongArguments propose_exchange'],
  },
  'exchanges for a negative price': wrong('propose_exchange', {
    ...{ ...exchange, changes: [{ ...change, price: '-100.00' }] },
  }),
  'exchanges a thousand million of them': wrong('propose_exchange', {
    ...{ ...exchange, changes: [{ ...change, quantity: 1e9 }] },
  }),
};

const texts = (prompt: string): Cases => ({
  'searches orders in SQL': notFound('check_return', { number: `#W1'; DELETE FROM commerce.refunds; --` }),
  'hides an order number in controls': notFound('check_return', { number: '\u202e1000002W#\u200d' }),
  'gives a reason of dirt': {
    script: [
      call('propose_refund', {
        ...{ ...refund, reason: `Broken. ${Object.values(dirt).join(' ')} '); DROP TABLE refunds; --` },
      }),
      say('Shall I?'),
    ],
    ...{ status: 'AWAITING_CONFIRMATION', pending: 1 },
  },
  'gives its prompt as the reason': {
    script: [call('propose_refund', { ...refund, reason: prompt.slice(0, 900) }), done],
    denied: ['promptLeaked propose_refund'],
  },
  'shows a card number while it looks': {
    script: [call('check_return', { number: `card ${dirt.card}` }), done],
    ...{ denied: ['notFound check_return'], refused: ['NOT_FOUND'] },
  },
});

const two: ScriptStep = {
  call: [
    { name: 'propose_refund', input: refund },
    { name: 'propose_refund', input: { ...refund, amount: '2.00' } },
  ],
};
const circles = (prompt: string): Cases => ({
  'proposes two refunds, then refuses': {
    script: [two, { say: '', stop: 'refusal' }],
    ...{ status: 'HANDED_OFF', expired: 2 },
  },
  'proposes two refunds, then says nothing sensible': {
    script: [two, { say: 'Hm', stop: 'world_domination' }],
    ...{ status: 'HANDED_OFF', expired: 2 },
  },
  'proposes two refunds, then is away': { script: [two, { status: 529 }], status: 'HANDED_OFF', expired: 2 },
  'proposes two refunds, then leaks its prompt': {
    script: [two, say(prompt)],
    ...{ status: 'HANDED_OFF', expired: 2, denied: ['promptLeaked null'] },
  },
  'proposes two refunds, then breaks off in mid-sentence': {
    script: [two, { say: 'The refund will go to the card', fault: { afterEvents: 5, then: 'cut' } }],
    ...{ status: 'FAILED', expired: 2 },
  },
  'refunds the same twice at once': {
    script: [calls(2, 'propose_refund', refund), say('Shall I?')],
    ...{ status: 'AWAITING_CONFIRMATION', pending: 1 },
  },
  'refunds the same three times': {
    script: [calls(2, 'propose_refund', refund), call('propose_refund', refund), done],
    ...{ status: 'HANDED_OFF', expired: 1, denied: ['repeated propose_refund'] },
  },
  'refunds the same twenty times': {
    script: [calls(20, 'propose_refund', refund), done],
    ...{ status: 'HANDED_OFF', denied: ['tooMany propose_refund'] },
  },
  'proposes more than five refunds': {
    script: [
      {
        call: Array.from({ length: 7 }, (_, n) => ({
          name: 'propose_refund',
          input: { ...refund, amount: `${n + 1}.00` },
        })),
      },
      say('Which?'),
    ],
    ...{ status: 'AWAITING_CONFIRMATION', pending: 5, refused: ['WRONG_STATE', 'WRONG_STATE'] },
    denied: ['refused propose_refund', 'refused propose_refund'],
  },
  'confirms its own refund': {
    script: [call('propose_refund', refund), call('confirm_action', { proposalId: 'prp_1' }), say('Shall I?')],
    ...{ status: 'AWAITING_CONFIRMATION', pending: 1, denied: ['unknownTool confirm_action'] },
  },
});

export const refundsCases = ({ prompt }: Target): Cases => ({
  ...anothers,
  ...money,
  ...goods,
  ...texts(prompt),
  ...circles(prompt),
});
