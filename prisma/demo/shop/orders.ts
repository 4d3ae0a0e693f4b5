import * as draft from './draft.js';
import type { Draft, Surroundings } from './draft.js';
import { dayMs, type DemoCustomer, hourMs } from './shopParts.js';

/** What happened to an order after it was placed. */
type Story = (surroundings: Surroundings, order: Draft) => void;

interface Plot {
  count: number;
  /** How long ago such an order was placed, in hours: from, to. */
  age: readonly [number, number];
  /** What it costs at least, in cents. */
  minTotal?: number;
  /** Ways to pay that its customer has at least. */
  minMethods?: number;
  tell: Story;
}

const days = (from: number, to: number) => [from * 24, to * 24] as const;
const reasons = [
  'The parcel came a week late.',
  'One of the two things was scratched.',
  'The price went down the day after I ordered.',
  'It never arrived, although it is marked as delivered.',
] as const;

/** A thing that is no longer sold. */
const retired = { productId: null, variantId: null, name: 'Cassette Player', price: '24.00', options: {} };

const returned =
  (hasArrived: boolean): Story =>
  (surroundings, order) => {
    const requestedAt = draft.deliver(surroundings, order) + surroundings.random.whole(4, 40) * hourMs;
    const orderReturn = draft.requestReturn(surroundings, order, requestedAt);
    if (hasArrived) draft.receiveReturn(surroundings, order, orderReturn, requestedAt + 3 * dayMs);
  };
const exchanged =
  (hasArrived: boolean): Story =>
  (surroundings, order) => {
    const requestedAt = draft.deliver(surroundings, order) + surroundings.random.whole(4, 40) * hourMs;
    const exchange = draft.requestExchange(surroundings, order, requestedAt);
    if (hasArrived) draft.receiveExchange(surroundings, order, exchange, requestedAt + 3 * dayMs);
  };
const calledOff =
  (kind: 'return' | 'exchange'): Story =>
  (surroundings, order) => {
    (kind === 'return' ? returned : exchanged)(false)(surroundings, order);
    order[kind]!.status = 'CANCELLED';
    order.order.status = 'DELIVERED';
  };
const refunded =
  (decision: draft.Request['decision'], amount: readonly [number, number]): Story =>
  (surroundings, order) => {
    const { random } = surroundings;
    const at = draft.deliver(surroundings, order) + random.whole(2, 20) * hourMs;
    const request = { amount: random.whole(amount[0], amount[1]), at, reason: random.pick(reasons), decision };
    draft.requestRefund(surroundings, order, request);
  };

/** Every way that an order can go. The first four are most of them, as in a real shop. */
const plots: readonly Plot[] = [
  { count: 110, age: [1, 40], tell: () => undefined },
  { count: 170, age: days(2, 5), tell: draft.ship },
  { count: 341, age: days(6, 120), tell: draft.deliver },
  { count: 80, age: days(1, 90), tell: draft.cancel },
  { count: 10, age: [1, 40], tell: (surroundings, order) => draft.changeItem(surroundings, order, 0) },
  {
    ...{ count: 10, age: [1, 40], minMethods: 2 },
    tell(surroundings, order) {
      const other = order.customer.paymentMethods.find(({ id }) => id !== order.methodId)!;
      draft.changePayment(surroundings, order, other.id);
    },
  },
  {
    ...{ count: 24, age: days(40, 120) },
    tell(surroundings, order) {
      order.order.items.push(retired);
      order.order.transactions![0]!.amount = draft.totalOf(order);
      draft.deliver(surroundings, order);
    },
  },
  { count: 6, age: days(10, 60), tell: calledOff('return') },
  { count: 4, age: days(10, 60), tell: calledOff('exchange') },
  { count: 25, age: days(6, 60), minTotal: 20_00, tell: refunded('AUTOMATIC', [5_00, 20_00]) },
  { count: 12, age: days(6, 9), minTotal: 80_00, tell: refunded(null, [55_00, 80_00]) },
  { count: 6, age: days(6, 60), minTotal: 80_00, tell: refunded('APPROVED', [55_00, 80_00]) },
  { count: 6, age: days(10, 60), minTotal: 80_00, tell: refunded('REJECTED', [55_00, 80_00]) },
  { count: 38, age: days(6, 14), tell: returned(false) },
  { count: 32, age: days(6, 14), tell: exchanged(false) },
  { count: 70, age: days(10, 100), tell: returned(true) },
  { count: 48, age: days(10, 100), tell: exchanged(true) },
];

interface KnownOrder {
  customerId: string;
  methodId: string;
  /** How long ago it was placed, in hours. */
  age: number;
  variantIds: readonly string[];
  tell: Story;
}

/** The orders of the known customers; `demoShop.ts` says which is which. */
const knownOrders: readonly KnownOrder[] = [
  { customerId: 'mara', methodId: 'mara-card', age: 3, variantIds: ['t-shirt-2', 'desk-lamp-1'], tell: () => undefined },
  { customerId: 'mara', methodId: 'mara-paypal', age: 60, variantIds: ['wireless-earbuds-3'], tell: draft.ship },
  { customerId: 'mara', methodId: 'mara-card', age: 8 * 24, variantIds: ['hiking-boots-2', 'coffee-mug-2'], tell: draft.deliver },
  { customerId: 'tobin', methodId: 'tobin-paypal', age: 75 * 24, variantIds: ['backpack-1'], tell: draft.deliver },
  { customerId: 'tobin', methodId: 'tobin-paypal', age: 9 * 24, variantIds: ['smart-watch-2'], tell: returned(false) },
  { customerId: 'yuhan', methodId: 'yuhan-card', age: 9 * 24, variantIds: ['hoodie-3'], tell: exchanged(false) },
  { customerId: 'yuhan', methodId: 'yuhan-card', age: 5, variantIds: ['bluetooth-speaker-1'], tell: (surroundings, order) => draft.changeItem(surroundings, order, 0) },
  { customerId: 'yuhan', methodId: 'yuhan-card', age: 20 * 24, variantIds: ['yoga-mat-1', 'water-bottle-2'], tell: draft.cancel },
]; // prettier-ignore

const firstNumber = 1_000_001;
const numberAt = (index: number) => `#W${firstNumber + index}`;

/** The orders of the demo shop: the known ones, then all others in the order in which they were placed. */
export function makeOrders(surroundings: Surroundings): Draft[] {
  const known = knownOrders.map(({ customerId, methodId, age, variantIds, tell }, index) => {
    const customer = surroundings.customers.find(({ id }) => id === customerId)!;
    const items = draft.itemsOf(surroundings, variantIds);
    const placedAt = surroundings.now - age * hourMs;
    const order = draft.place(surroundings, { number: numberAt(index), customer, placedAt, items, methodId });
    tell(surroundings, order);
    return order;
  });
  const others = timesOf(surroundings).map(({ plot, placedAt }, index) => {
    const number = numberAt(known.length + index);
    return tellOf(surroundings, plot, number, placedAt);
  });
  return [...known, ...others];
}

/** When each order was placed, the oldest first. */
function timesOf({ random, now }: Surroundings): { plot: Plot; placedAt: number }[] {
  const minuteMs = hourMs / 60;
  const times = plots.flatMap((plot) =>
    Array.from({ length: plot.count }, () => ({
      plot,
      placedAt: now - random.whole(plot.age[0] * 60, plot.age[1] * 60) * minuteMs,
    })),
  );
  return times.sort((a, b) => a.placedAt - b.placedAt);
}

function tellOf(surroundings: Surroundings, plot: Plot, number: string, placedAt: number): Draft {
  const { random } = surroundings;
  const { minMethods = 1, minTotal, tell } = plot;
  const isFit = ({ paymentMethods }: DemoCustomer) => paymentMethods.length >= minMethods;
  const customer = random.pick(surroundings.customers.filter((each) => isFit(each) && !isKnown(each)));
  const methodId = random.pick(customer.paymentMethods).id;
  const items = draft.pickItems(surroundings, minTotal);
  const order = draft.place(surroundings, { number, customer, placedAt, items, methodId });
  tell(surroundings, order);
  return order;
}

const isKnown = ({ id }: DemoCustomer) => knownOrders.some(({ customerId }) => customerId === id);
