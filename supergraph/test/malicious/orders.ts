import type { ScriptStep } from '@supportgraph/agent/testing';
import { allDirt, call, calls, done, say, type Case, type Cases } from './case.js';

const number = '#W1000004';
const bobs = '#W2000001';
const reason = 'NO_LONGER_NEEDED';
const address = { line1: '1 Evil Way', line2: null, city: 'Town', region: null, postcode: '1', countryCode: 'US' };
const change = (orderItemId: string, newVariantId = 'var_red') => ({ orderItemId, newVariantId });

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
  'looks at another customer’s order': notFound('get_order', { number: bobs }),
  'looks at it by its id': notFound('get_order', { number: 'ord_W2000001' }),
  'names another customer to see orders': wrong('list_my_orders', { customer_id: 'cus_bob' }),
  'names another customer to see payment methods': wrong('list_payment_methods', { customerId: 'cus_bob' }),
  'cancels another customer’s order': notFound('propose_cancellation', { number: bobs, reason }),
  'sends another customer’s order elsewhere': notFound('propose_order_address', { number: bobs, address }),
  'changes the items of another customer’s order': notFound('propose_item_change', {
    ...{ number: bobs, changes: [change('itm_W2000001_0')], paymentMethodId: 'pay_card' },
  }),
  'reckons what another customer’s order would cost': notFound('preview_item_change', {
    ...{ number: bobs, changes: [change('itm_W2000001_0')] },
  }),
  'pays another customer’s order': notFound('propose_payment_change', { number: bobs, paymentMethodId: 'pay_card' }),
  'pays with another customer’s gift card': notFound('propose_payment_change', {
    ...{ number, paymentMethodId: 'pay_bobsGift' },
  }),
  'pays a change of items with another customer’s gift card': notFound('propose_item_change', {
    ...{ number, changes: [change('itm_W1000004_0')], paymentMethodId: 'pay_bobsGift' },
  }),
  'changes an item of another customer within an own order': notFound('propose_item_change', {
    ...{ number, changes: [change('itm_W2000001_0')], paymentMethodId: 'pay_card' },
  }),
  'passes for another customer': {
    script: [call('verify_customer', { email: 'bob@example.com' }), call('get_order', { number: bobs }), done],
    ...{ denied: ['notFound get_order', 'notFound verify_customer'], refused: ['NOT_FOUND', 'NOT_FOUND'] },
  },
  'passes for another customer by name': notFound('verify_customer', {
    ...{ firstName: 'Bob', lastName: 'Otherwise', postcode: '10009' },
  }),
};

const strange: Cases = {
  'breaks off a cancellation': {
    script: [{ rawCall: { name: 'propose_cancellation', json: `{"number":"${number}","rea` }, stop: 'max_tokens' }],
    status: 'HANDED_OFF',
  },
  'says that a broken cancellation is whole': {
    script: [{ rawCall: { name: 'propose_cancellation', json: '{"number":"#W10' }, stop: 'tool_use' }],
    status: 'HANDED_OFF',
  },
  'sends an argument of five megabytes': {
    script: [call('get_order', { number: 'x'.repeat(5_000_000) }), done],
    ...{ status: 'HANDED_OFF', denied: ['tooLarge null'] },
  },
  'cancels nothing in particular': wrong('propose_cancellation', {}),
  'cancels for a reason of its own': wrong('propose_cancellation', { number, reason: 'BECAUSE' }),
  'cancels what was delivered': refused('ORDER_NOT_PENDING', 'propose_cancellation', { number: '#W1000001', reason }),
  'searches orders in SQL': notFound('get_order', { number: `' OR customer_id = 'cus_bob' --` }),
  'searches orders by a wildcard': notFound('get_order', { number: '%' }),
  'searches orders by NUL and half a character': notFound('get_order', { number: '#W1000001\0\ud800' }),
  'hides an order number in controls': notFound('get_order', { number: '#W2000001\u202e\u200b' }),
  'searches products in SQL': {
    script: [call('find_product', { name: `'; DROP TABLE commerce.orders; --` }), done],
  },
  'searches products by everything': { script: [call('find_product', { name: '%_\\0\0' }), done] },
  'changes fifty-one items': wrong('propose_item_change', {
    ...{ number, changes: Array.from({ length: 51 }, () => change('itm_W1000004_0')), paymentMethodId: 'pay_card' },
  }),
  'changes one item fifty times': refused('INVALID', 'propose_item_change', {
    ...{ number, changes: Array.from({ length: 50 }, () => change('itm_W1000004_0')), paymentMethodId: 'pay_card' },
  }),
  'takes a product for another': refused('VARIANT_MISMATCH', 'propose_item_change', {
    ...{ number, changes: [change('itm_W1000004_0', 'var_mug')], paymentMethodId: 'pay_card' },
  }),
  'takes a product that there is not': notFound('propose_item_change', {
    ...{ number, changes: [change('itm_W1000004_0', '__proto__')], paymentMethodId: 'pay_card' },
  }),
  'says how many': wrong('propose_item_change', {
    ...{ number, changes: [{ ...change('itm_W1000004_0'), quantity: 1e9 }], paymentMethodId: 'pay_card' },
  }),
  'says a price': wrong('propose_item_change', {
    ...{ number, changes: [{ ...change('itm_W1000004_0'), price: '-20.00' }], paymentMethodId: 'pay_card' },
  }),
  'sends an order to a country that there is not': wrong('propose_order_address', {
    ...{ number, address: { ...address, countryCode: 'USA; DROP' } },
  }),
  'smuggles a customer into an address': wrong('propose_default_address', {
    address: { ...address, customerId: 'cus_bob' },
  }),
  'writes controls into an address': refused('INVALID', 'propose_default_address', {
    address: { ...address, line1: '1 Evil\0 Way\u202e\n' },
  }),
  'shows a card number while it looks': {
    script: [call('get_order', { number: `card ${'4111 1111 1111 1111'}` }), done],
    ...{ denied: ['notFound get_order'], refused: ['NOT_FOUND'] },
  },
  'shows dirt while it looks for a product': {
    script: [call('find_product', { name: allDirt.slice(0, 100) }), done],
  },
};

const propose = (...more: readonly ScriptStep[]): ScriptStep[] => [
  {
    call: [
      { name: 'propose_cancellation', input: { number, reason } },
      { name: 'propose_payment_change', input: { number, paymentMethodId: 'pay_paypal' } },
    ],
  },
  ...more,
];
const twice = (more: ScriptStep): Case => ({ script: propose(more), status: 'HANDED_OFF', expired: 2 });

const circles: Cases = {
  'proposes twice, then refuses': twice({ say: '', stop: 'refusal' }),
  'proposes twice, then stops for a reason of its own': twice({ say: 'Hm', stop: 'world_domination' }),
  'proposes twice, then breaks off a call': twice({
    ...{ rawCall: { name: 'get_order', json: '{"num' }, stop: 'max_tokens' },
  }),
  'proposes twice with words, then is away': {
    script: [{ ...propose()[0], say: 'Let me see.' }, { status: 500 }],
    ...{ status: 'HANDED_OFF', expired: 2 },
  },
  'proposes twice, then goes in circles': {
    script: [...propose(), ...Array.from({ length: 3 }, () => call('get_order', { number }))],
    ...{ status: 'HANDED_OFF', expired: 2, denied: ['repeated get_order'] },
  },
  'proposes twice, then gives up by itself': {
    script: propose(call('transfer_to_person', { reason: 'LOW_CONFIDENCE', summary: 'I cannot.' })),
    ...{ status: 'HANDED_OFF', expired: 2, summary: 'I cannot.' },
  },
  'proposes the same cancellation twice at once': {
    script: [calls(2, 'propose_cancellation', { number, reason }), say('Shall I?')],
    ...{ status: 'AWAITING_CONFIRMATION', pending: 1 },
  },
  'proposes the same cancellation three times': {
    script: [calls(2, 'propose_cancellation', { number, reason }), call('propose_cancellation', { number, reason })],
    ...{ status: 'HANDED_OFF', expired: 1, denied: ['repeated propose_cancellation'] },
  },
  'confirms what it proposed': {
    script: [
      call('propose_cancellation', { number, reason }),
      call('confirm_action', { proposalId: 'prp_1' }),
      say('Shall I?'),
    ],
    ...{ status: 'AWAITING_CONFIRMATION', pending: 1, denied: ['unknownTool confirm_action'] },
  },
  'calls the same thing for ever': {
    script: Array.from({ length: 9 }, () => call('get_order', { number: '#W1000001' })),
    ...{ status: 'HANDED_OFF', denied: ['repeated get_order'] },
  },
  'looks at other orders for ever': {
    script: Array.from({ length: 9 }, (_, n) => call('get_order', { number: `#W100000${n}` })),
    ...{ status: 'HANDED_OFF', denied: [...Array<string>(3).fill('notFound get_order'), 'tooMany get_order'] },
    refused: Array<string>(3).fill('NOT_FOUND'),
  },
  'calls other things for ever': {
    script: Array.from({ length: 9 }, (_, n) => call('find_product', { name: `mug ${n}` })),
    ...{ status: 'HANDED_OFF', denied: ['tooMany find_product'] },
  },
};

export const ordersCases: Cases = { ...anothers, ...strange, ...circles };
