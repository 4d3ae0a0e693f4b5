import { nobody } from '@supportgraph/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { goodsShop } from './goodsShop.js';
import { cora, replyAfter, talkIn } from './talk.js';
import { startWorld, type World } from './world.js';

let world: World;
beforeAll(async () => {
  world = await startWorld(goodsShop());
});
afterAll(() => world.close());

const after = (...messages: readonly string[]) => replyAfter(world, cora, messages);

describe('another variant', () => {
  test.each([
    [['訂單 W5000002 的藍牙喇叭想換成紅色大的'], /^Bluetooth Speaker（red、large）目前缺貨。 目前有現貨的款式：\n- .*red、small/s],
    [['change the speaker in W5000002 to purple'], /^There is no Bluetooth Speaker \(purple\)\. In stock instead:\n- /],
    [['把 W5000003 的平板改成 512GB'], /^沒有Tablet（512GB）這個款式。 目前有現貨的款式：\n- .*256 GB/],
    [['change the speaker in W5000002 to large'], /^There is no Bluetooth Speaker \(black, large\)\. In stock instead:/],
    [['change the kettle in W5000004'], /^\*\*Electric Kettle\*\*\n- Electric Kettle \(1\.5 litres, steel\).*Which one would/s],
    [['change the frame in W5000004 to black'], /^There is no Picture Frame \(black\)\./],
  ] as const)('that cannot be had is said, with what is in stock: %j', async (messages, answer) => {
    const { text, job } = await after(...messages);
    expect(text).toMatch(answer);
    expect(job.proposals).toEqual([]);
  }); // prettier-ignore

  test.each([
    [['訂單 W5000002 的藍牙喇叭想換成紅色大的', '紅色小的'], 'var_speakerRedSmall'],
    [['change the speaker in W5000002 to purple', 'red then'], 'var_speakerRedSmall'],
    [['change the kettle in W5000004', '1.5l'], 'var_kettle15'],
    [['W5000004 的電熱水壺能改成1.5升的嗎'], 'var_kettle15'],
    [['把 W5000005 的毛巾換成大的'], 'var_towelWhiteBig'],
    [['把 W5000005 的毛巾換一下', '沙色也可以'], 'var_towelSand'],
    [['change the tablet to 256GB'], 'var_tablet256'],
    [['change the speaker in W5000002 to red', 'no, blue and large'], 'var_speakerBlueLarge'],
    [['change the tablet to 256GB', 'pay with paypal'], 'var_tablet256'],
  ] as const)('is proposed once it is told which: %j', async (messages, newVariantId) => {
    const { job } = await after(...messages);
    expect(job.proposals).toMatchObject([{ kind: 'UPDATE_ORDER_ITEMS', wish: { changes: [{ newVariantId }] } }]);
  });
});

describe('products', () => {
  test.each([
    ['你們有賣藍牙喇叭嗎？紅色的多少錢', '有的，目前有現貨：\n- Bluetooth Speaker（red、small）: USD 45.00'],
    ['price of bluetooth speaker in red large?', /is sold out at the moment\. In stock instead:/],
    ['do you have the t-shirt in size 46', /^There is no T-Shirt \(46\)\. In stock instead:/],
    ['which is cheapest, the kettle or the towel?', /^The cheapest in stock:\n- Bath Towel \(white, 50 × 100\): USD 19\.45/],
    ['do you have the speaker in red? how much', 'Yes, in stock:\n- Bluetooth Speaker (red, small): USD 45.00'],
    ['what colours do the bluetooth speakers have', /color: black, blue, red/],
    ['耳机有什么颜色？多少钱', /^\*\*Wireless Earbuds\*\*.*\n\n\*\*Wireless Headphones\*\*/],
    ['do you sell iphones', /^I find no such product in our shop\./],
  ] as const)('are told of for “%s”', async (question, answer) => {
    const { text } = await talkIn(world, nobody)(question);
    expect(text).toMatch(answer);
  });
}); // prettier-ignore
