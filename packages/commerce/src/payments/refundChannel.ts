/** NOTIFY on this channel means that there is money to send. */
export const refundChannel = 'commerce_refunds';
