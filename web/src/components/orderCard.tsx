import type { Order, OrderStatus } from '../api/types.js';
import { useSpeech } from '../text/speech.js';
import type { Word } from '../text/table.js';

const statusWords: Readonly<Record<OrderStatus, Word>> = {
  PENDING: 'orderPending',
  PROCESSED: 'orderProcessed',
  DELIVERED: 'orderDelivered',
  CANCELLED: 'orderCancelled',
  RETURN_REQUESTED: 'orderReturnRequested',
  EXCHANGE_REQUESTED: 'orderExchangeRequested',
  RETURNED: 'orderReturned',
  EXCHANGED: 'orderExchanged',
};

/** An order; null if it cannot be read. */
export function OrderCard({ order }: { order: Order | null }) {
  const { say, money } = useSpeech();
  if (!order) return <p class="card card-away">{say('orderAway')}</p>;
  const { number, status, items, total } = order;
  return (
    <section class="card" aria-label={say('order', { number })}>
      <header class="card-head">
        <h3>{say('order', { number })}</h3>
        <span class="pill" data-status={status}>
          {say(statusWords[status])}
        </span>
      </header>
      <ul class="card-lines" aria-label={say('orderItems')}>
        {items.map((item) => (
          <li key={item.id}>
            <span class="card-item">
              {item.name}
              {item.options.length > 0 && (
                <span class="card-options">{item.options.map(({ value }) => value).join(' · ')}</span>
              )}
            </span>
            <span class="card-amount">{money(item.price)}</span>
          </li>
        ))}
      </ul>
      <p class="card-total">
        <span>{say('orderTotal')}</span>
        <span class="card-amount">{money(total)}</span>
      </p>
    </section>
  );
}
