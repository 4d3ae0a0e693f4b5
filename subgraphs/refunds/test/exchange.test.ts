import { describe, expect, test } from 'vitest';
import { exchangeStep } from '../src/agent/offline/exchange.js';
import type { ExchangeOptions } from '../src/agent/shown.js';

const variant = (newVariantId: string, ...options: string[]) => ({ newVariantId, options, difference: 'USD 0.00' });
const options: ExchangeOptions = {
  number: '#W1000003',
  items: [
    {
      ...{ itemId: 'boots', name: 'Hiking Boots (brown, 40)', options: ['brown', '40'], soldOut: [['brown', '40']] },
      variants: [variant('b42', 'brown', '42'), variant('g40', 'grey', '40'), variant('g42', 'grey', '42'), variant('g44', 'grey', '44')],
    },
    {
      ...{ itemId: 'speaker', name: 'Bluetooth Speaker (black, large)', options: ['black', 'large'], soldOut: [['red', 'large']] },
      variants: [variant('kl', 'black', 'large'), variant('bl', 'blue', 'large'), variant('rs', 'red', 'small')],
    },
    {
      ...{ itemId: 'jacket', name: 'Rain Jacket (navy, M)', options: ['navy', 'M'], soldOut: [['navy', 'L']] },
      variants: [variant('nm', 'navy', 'M'), variant('yl', 'yellow', 'L'), variant('nxl', 'navy', 'XL')],
    },
  ],
  paidWith: [{ paymentMethodId: 'card', label: 'Visa ending 4242', kind: 'CREDIT_CARD' }],
}; // prettier-ignore

describe('what comes instead, from all that was said', () => {
  test.each([
    [['exchange the boots for size 42'], 'boots', 'b42'],
    [['exchange the boots for size 42', 'grey please'], 'boots', 'g42'],
    [['exchange the boots for size 42', 'grey please', 'no, 44'], 'boots', 'g44'],
    [['wrong size boots', 'can i get 42 instead'], 'boots', 'b42'],
    [['exchange the boots for grey ones in size 42'], 'boots', 'g42'],
    [["I'd like grey boots in exchange for the brown boots. they are too small in 40, need 44"], 'boots', 'g44'],
    [['我要退靴子', '改成換貨，換 42 號', '灰色的'], 'boots', 'g42'],
    [['把藍牙喇叭換成紅色大的', '那小的好了'], 'speaker', 'rs'],
    [["it's my jacket that I'd like to exchange for XL"], 'jacket', 'nxl'],
    [['exchange the boots for size 42', 'actually exchange the jacket for a large yellow one'], 'jacket', 'yl'],
  ] as [string[], string, string][])('%j', (said, itemId, newVariantId) => {
    expect(exchangeStep([], 'en', said, options)).toMatchObject({
      call: [{ name: 'propose_exchange', input: { changes: [{ itemId, newVariantId }] } }],
    });
  });

  test.each([
    [['exchange the bluetooth speaker for red large'], 'Bluetooth Speaker (red, large) is sold out.'],
    [['exchange the boots for size 46'], 'Hiking Boots (46) is not on offer.'],
    [['exchange the boots for purple ones in size 42'], 'Hiking Boots (purple) is not on offer.'],
    [['exchange the jacket for L'], 'Rain Jacket (navy, L) is sold out.'],
    [["exchange the jacket, it's too small"], 'What the items of #W1000003 can be exchanged for:'],
    [['exchange the boots for 42 or 44'], 'What the items of #W1000003 can be exchanged for:'],
    [['exchange the jacket for navy M'], 'Rain Jacket (navy, M) is what you have.'],
  ] as [string[], string][])('%j proposes nothing', (said, told) => {
    expect(exchangeStep([], 'en', said, options)).toEqual({ say: expect.stringMatching(`^${told.replace(/[()]/g, '\\$&')}`) }); // prettier-ignore
  });
});
