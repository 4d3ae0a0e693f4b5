/** Money to be sent back to where a customer paid with. */
export interface ProviderRefund {
  /** The refund's id: however often it is asked with it, the money is sent once. */
  idempotencyKey: string;
  orderId: string;
  paymentMethodId: string;
  /** Minor units of `currency`. */
  amount: number;
  currency: string;
}

/** That the money was sent. */
export interface Receipt {
  idempotencyKey: string;
  /** The provider's own name for it. */
  reference: string;
}

/** What came of asking. Whatever is neither accepted nor refused is asked again with the same key. */
export type ProviderAnswer =
  | { kind: 'accepted'; reference: string }
  /** It will not be sent. Why, in the provider's words for programs. */
  | { kind: 'refused'; code: string }
  /** It was not sent, or nobody knows. */
  | { kind: 'failed'; reason: string };

export interface ProviderCall {
  /** Aborted at the deadline of the call: the answer is no longer waited for. */
  signal: AbortSignal;
  /** For a provider that tells of what it sent by itself: at any time, also after the deadline, and any number of times. */
  settled(receipt: Receipt): Promise<void>;
}

/** Who sends money back to cards and accounts. */
export interface PaymentProvider {
  refund(wish: ProviderRefund, call: ProviderCall): Promise<ProviderAnswer>;
}
