import { createHmac } from 'node:crypto';
import { formatMoney } from '@supportgraph/kernel';
import { z } from 'zod';
import type { PaymentProvider, ProviderAnswer, ProviderRefund } from './provider.js';

export interface HttpProviderOptions {
  /** Where refunds are posted to. */
  url: string;
  /** Signs what is posted. */
  secret: string;
  /** How long an answer may take, in ms. @default the worker's deadline */
  timeoutMs?: number;
}

const accepted = z.object({ status: z.literal('accepted'), reference: z.string().min(1).max(255) });
const refused = z.object({ status: z.literal('refused'), code: z.string().regex(/^\w{1,64}$/) });
const longestAnswer = 10_000;

/** A provider behind an endpoint of the shop's; docs/payment-provider.md says what it is asked and must answer. */
export function httpProvider({ url, secret, timeoutMs }: HttpProviderOptions): PaymentProvider {
  return {
    async refund(wish, { signal }) {
      const body = JSON.stringify(bodyOf(wish));
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'idempotency-key': wish.idempotencyKey,
          'supportgraph-signature': signatureOf(secret, Math.floor(Date.now() / 1_000), body),
        },
        body,
        redirect: 'error',
        signal: timeoutMs === undefined ? signal : AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      });
      return answerOf(response.status, await readAnswer(response));
    },
  };
}

/** `t=<seconds since 1970>,v1=<HMAC-SHA256 over the seconds, a dot and the body, in hexadecimal>` */
export function signatureOf(secret: string, seconds: number, body: string): string {
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}

function bodyOf({ idempotencyKey, orderId, paymentMethodId, amount, currency }: ProviderRefund) {
  return { refundId: idempotencyKey, orderId, paymentMethodId, amount: formatMoney(amount, currency), currency };
}

/** Only what the document says counts; all else is a fault, after which the same is asked again. */
function answerOf(status: number, body: unknown): ProviderAnswer {
  const yes = accepted.safeParse(body);
  if (status === 200 && yes.success) return { kind: 'accepted', reference: yes.data.reference };
  const no = refused.safeParse(body);
  if (status === 422 && no.success) return { kind: 'refused', code: no.data.code };
  return { kind: 'failed', reason: `The payment provider answered ${status} without a verdict.` };
}

async function readAnswer(response: Response): Promise<unknown> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > longestAnswer) return null;
  }
  try {
    return JSON.parse(text);
  } catch {
    return null; // No JSON is no verdict.
  }
}
