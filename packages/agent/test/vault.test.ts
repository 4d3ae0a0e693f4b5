import { describe, expect, test } from 'vitest';
import { openVault } from '../src/index.js';

describe('a vault hides', () => {
  test.each([
    ['email', 'ann@mail.example'],
    ['email', 'user＠example.com'],
    ['email', 'ａｎｎ＠ｍａｉｌ．ｅｘａｍｐｌｅ'],
    ['phone', '(555) 010-9999'],
    ['phone', '+1 (555) 010-9999'],
    ['phone', '+1 555-010-9999'],
    ['phone', '(02) 2345-6789'],
    ['phone', '02 2345 6789'],
    ['phone', '+886 2 2345 6789'],
    ['phone', '0912-345-678'],
    ['phone', '0912345678'],
    ['phone', '０９１２３４５６７８'],
    ['phone', '555.010.9999'],
    ['phone', '5550109999'],
    ['phone', '13812345678'],
    ['id', 'A123456789'],
    ['id', '123-45-6789'],
    ['address', '12 Oak Street'],
    ['address', '12 oak street'],
    ['address', '12 OAK STREET'],
    ['address', '123 NW 5th St'],
    ['address', '7 Elm Drive, Apt 4B'],
    ['address', '世纪大道100号3楼'],
    ['address', '信義路五段７號１２樓'],
    ['address', '民生東路三段12巷5弄8號'],
    ['address', '民生東路 3段 12巷'],
  ])('the %s %s', (kind, data) => {
    for (const text of [`It is ${data}, ok?`, `我的是：${data}。`, data]) {
      const vault = openVault();
      const hidden = vault.hide(text);
      expect(hidden).toContain(`⟦${kind}_1⟧`);
      expect(hidden).toBe(text.replace(data, `⟦${kind}_1⟧`));
      expect(vault.reveal(hidden)).toBe(text);
    }
  });

  test.each([
    'Orders #W1234567, W2378156 and #W123456789012',
    'Parcel 396768801953, tracking number 5550109999',
    '單號 5550109999',
    'Serial number 5550109999, IMEI 3550109999 and invoice 4550109999',
    '產品序號 5550109999、發票 4550109999',
    'It cost USD 1,299.00, $5550109999, 19.90 or 12.345.678',
    'On 2026-02-10, 10.02.2026, 2026/02/10 or 2024-2026',
    'At 12:30-14:00, or 12:30:00',
    'Sizes 36-38-40, 36/38/40/42 and 120x200',
    'The 2 items are on the way, and 1 usb hard drive too',
    '3 of the items from 1 st of May',
    'Z123456789 and A123456780',
    '1.2.3.4, 192.168.100.200',
    '12号开始，12樓',
  ])('nothing of: %s', (text) => {
    expect(openVault().hide(text)).toBe(text);
  });

  test.each(['my order, call 0912-345-678', 'for this order phone 5550109999', 'the parcel 0912345678'])(
    'a phone after words of other numbers: %s',
    (text) => expect(openVault().hide(text)).toContain('⟦phone_1⟧'),
  );

  test.each([
    ['上海市浦东新区', '世纪大道100号3楼'],
    ['臺北市信義區', '信義路五段7號12樓'],
    ['臺北市大安區', '市民大道四段100號'],
    ['屏東縣恆春鎮', '鎮南路12巷5號'],
  ])('the street, and not the city and district before it, which a tool is given apart: %s%s', (city, street) => {
    const vault = openVault();
    expect(vault.hide(`地址：${city}${street}`)).toBe(`地址：${city}⟦address_1⟧`);
    expect(vault.revealIn({ line1: '⟦address_1⟧', city })).toEqual({ line1: street, city });
  });

  test('what stands beside personal data is left', () => {
    expect(openVault().hide('in 2026 0912 345 678; card 4111 1111 1111 1111 123')).toBe(
      'in 2026 ⟦phone_1⟧; card •••• 123',
    );
  });
});

test.each(['⟦email_1⟧', '⟦EMAIL_1⟧', '⟦ Email 1 ⟧', '⟦email-1⟧'])(
  'a token is known however a model writes it: %s',
  (written) => {
    const vault = openVault();
    vault.hide('ann@mail.example');
    expect(vault.reveal(`It is ${written}, and ⟦email_2⟧.`)).toBe('It is ann@mail.example, and .');
  },
);

describe('in what tools answer', () => {
  const order = {
    number: '#W1000001',
    items: [{ id: '5550109999', name: 'Oak shelf', variantId: '9523456873' }],
    address: 'Seaview Cottage, Harbour Hill, Dingle, KY V92 X0A1, IE',
    trackingNumbers: ['5550109999'],
  };

  test('an address is hidden as a whole, and ids and numbers are not', () => {
    const vault = openVault();
    const hidden = vault.hideIn(order);
    expect(hidden).toEqual({ ...order, address: '⟦address_1⟧' });
    expect(vault.revealIn(hidden)).toEqual(order);
  });

  test('all parts of an address, a name, a phone and an e-mail are', () => {
    const customer = {
      shippingAddress: { line1: 'Cottage', line2: null, city: 'Dingle' },
      firstName: 'Ann',
      recipient: 'A. Bell',
      phoneNumber: '12 34',
      emailAddress: 'ann at mail',
    };
    expect(openVault().hideIn({ customer })).toEqual({
      customer: {
        shippingAddress: { line1: '⟦address_1⟧', line2: null, city: '⟦address_2⟧' },
        firstName: '⟦name_1⟧',
        recipient: '⟦name_2⟧',
        phoneNumber: '⟦phone_1⟧',
        emailAddress: '⟦email_1⟧',
      },
    });
  });

  test('so is the new address of a proposal', () => {
    const vault = openVault();
    expect(vault.hideIn({ details: ['New address: Cottage, Dingle', '新地址: 農舍', 'Total: USD 1.00'] })).toEqual({
      details: ['New address: ⟦address_1⟧', '新地址: ⟦address_2⟧', 'Total: USD 1.00'],
    });
  });

  test('an empty address stays one, and a card in it is not kept', () => {
    const vault = openVault();
    const hidden = vault.hideIn({ address: '', recipient: 'Ann ⟦x⟧ 4111111111111111' });
    expect(vault.revealIn(hidden)).toEqual({ address: '', recipient: 'Ann x ••••' });
  });
});
