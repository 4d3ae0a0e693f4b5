import { nobody, type Viewer } from '@supportgraph/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { goodsShop } from './goodsShop.js';
import { talkIn, talkToVisitorIn } from './talk.js';
import { startWorld, type World } from './world.js';

let world: World;
beforeAll(async () => {
  world = await startWorld(goodsShop());
});
afterAll(() => world.close());

const cora: Viewer = { ...nobody, role: 'CUSTOMER', customerId: 'cus_cora' };
const austin = { line1: '5 Oak Lane', city: 'Austin', region: 'TX', postcode: '78701', countryCode: 'US' };

describe('a new address', () => {
  test.each([
    ['77 Sunset Road, Apt 4, Houston, TX 77072', { line1: '77 Sunset Road', line2: 'Apt 4', city: 'Houston', region: 'TX', postcode: '77072', countryCode: 'US' }],
    ['5 Oak Lane, Austin, TX 78701', austin],
    ['5 Oak Lane, Austin, TX, 78701, USA', austin],
    ['it is 5 Oak Lane Austin TX 78701, thanks', { ...austin, line2: null }],
    ['10 Mill Street, London SW1A 2AA, UK', { line1: '10 Mill Street', city: 'London', postcode: 'SW1A 2AA', countryCode: 'GB' }],
    ['22 Elm Avenue, Toronto, ON M5V 2T6, Canada', { city: 'Toronto', region: 'ON', postcode: 'M5V 2T6', countryCode: 'CA' }],
    ['上海市浦东新区世纪大道100号，200120，中国', { line1: '浦东新区世纪大道100号', city: '上海市', postcode: '200120', countryCode: 'CN' }],
    ['北京市朝阳区建国路88号 邮编100022', { line1: '朝阳区建国路88号', city: '北京市', postcode: '100022', countryCode: 'CN' }],
    ['106臺北市大安區和平東路二段50號3樓，臺灣', { line1: '大安區和平東路二段50號3樓', city: '臺北市', postcode: '106', countryCode: 'TW' }],
    ['中山北路二段 50 號, 台北市, 104, Taiwan', { line1: '中山北路二段 50 號', city: '台北市', postcode: '104', countryCode: 'TW' }],
  ] as const)('“%s” is whole', async (text, address) => {
    const say = talkIn(world, cora);
    await say('change the address of W5000003');
    const { job } = await say(text);
    expect(job.proposals).toMatchObject([{ kind: 'UPDATE_ORDER_ADDRESS', orderId: 'ord_W5000003', wish: { address } }]);
  }); // prettier-ignore

  test('is read from a message that says everything at once', async () => {
    const { say } = await talkToVisitorIn(world);
    const { job } = await say(
      'Change the delivery address of order #W5000003 to 5 Oak Lane, Austin, TX, 78701, USA. cora@example.com',
    );
    expect(job.proposals).toMatchObject([{ orderId: 'ord_W5000003', wish: { address: austin } }]);
  });

  test('is kept while what is missing is asked for, by name', async () => {
    const say = talkIn(world, cora);
    await say('我要改 W5000003 的地址');
    const { text, job } = await say('台北市大安區和平東路二段50號3樓');
    expect(text).toBe('請補充新地址還缺少的部分：\n\n- 郵遞區號\n\n目前已有：大安區和平東路二段50號3樓, 台北市, TW。');
    expect(job.proposals).toEqual([]);
    expect((await say('10663')).job.proposals).toMatchObject([
      { wish: { address: { line1: '大安區和平東路二段50號3樓', city: '台北市', postcode: '10663', countryCode: 'TW' } } },
    ]); // prettier-ignore
  });

  test('is asked for bit by bit in English too', async () => {
    const say = talkIn(world, cora);
    await say('change the address of W5000003');
    expect((await say('5 Oak Lane')).text).toMatch(
      /still missing of the new address:\n\n- the town\n- the postcode\n\nSo far I have: 5 Oak/,
    );
    expect((await say('Austin')).text).toMatch(/still missing of the new address:\n\n- the postcode\n/);
    expect((await say('TX 78701')).job.proposals).toMatchObject([{ wish: { address: austin } }]);
  });

  test.each([
    ['sorry, 8 Oak Lane', { ...austin, line1: '8 Oak Lane' }],
    ['no wait, to number 7', { ...austin, line1: '7 Oak Lane' }],
    ['the postcode is 78702', { ...austin, postcode: '78702' }],
    ['12 Elm Street, Dallas, TX 75201', { line1: '12 Elm Street', city: 'Dallas', postcode: '75201' }],
  ])('that waits is corrected by “%s”, and the rest stays', async (text, address) => {
    const say = talkIn(world, cora);
    await say('change the address of W5000003 to 5 Oak Lane, Austin, TX 78701');
    expect((await say(text)).job.proposals).toMatchObject([{ orderId: 'ord_W5000003', wish: { address } }]);
  });
});
