import { describe, expect, test } from 'vitest';
import { claimIn, claimOfTurn } from '../src/index.js';

const mara = { firstName: 'Mara', lastName: 'Quillby' };

describe('unasked, names and postcodes are found where nothing else can be meant', () => {
  test.each([
    ['Mara Quillby 97201', { ...mara, postcode: '97201' }],
    ['MARA QUILLBY 97201', { firstName: 'MARA', lastName: 'QUILLBY', postcode: '97201' }],
    ['im mara quillby 97201', { firstName: 'mara', lastName: 'quillby', postcode: '97201' }],
    ['我是 mara quillby 邮编97201', { firstName: 'mara', lastName: 'quillby', postcode: '97201' }],
    ['我是 Mara Quillby，郵遞區號 ９７２０１', { ...mara, postcode: '97201' }],
    ['hi its mara quillby zip 97201', { firstName: 'mara', lastName: 'quillby', postcode: '97201' }],
    ['my name is Mara Quillby and my postcode is 97201', { ...mara, postcode: '97201' }],
    ['My name is Mara Quillby', mara],
    ['I am Mara Quillby, 97201. Where is my refund for #W1000002?', { ...mara, postcode: '97201' }],
    ['Where is my refund for #W1000002. Mara Quillby, 97201', { ...mara, postcode: '97201' }],
    ['Where is #W1000002. mara.quillby@example.com', { email: 'mara.quillby@example.com' }],
    ['我叫王小明，邮编 106', { firstName: '小明', lastName: '王', postcode: '106' }],
    ['I want a refund for the lamp, Mara Quillby 97201', { ...mara, postcode: '97201' }],
    ["i'm upset, my name is Mara Quillby", mara],
    ["it's been days and the mug, spoon 10005", {}],
    ['I am looking for order 1000526', {}],
    ['im waiting for 10000', {}],
    ['Where is my refund?', {}],
    ['refund 15 for W1000498, arrived late', {}],
    ['我是來退貨的', {}],
    ['The blue shirt', {}],
    ['Frying pan', {}],
  ])('%s', (text, claim) => expect(claimIn(text, false)).toEqual(claim));
});

describe('after the question who is asking', () => {
  test.each([
    ['mara quillby', { firstName: 'mara', lastName: 'quillby' }],
    ['ok, Mara Quillby', mara],
    ['first name Mara, last name Quillby', mara],
    ['mara, quillby, 97201', { firstName: 'mara', lastName: 'quillby', postcode: '97201' }],
    ['97201', { postcode: '97201' }],
    ['postcode 02110', { postcode: '02110' }],
    ['my zip is SW1A 1AA', { postcode: 'SW1A 1AA' }],
    ['王小明 106', { firstName: '小明', lastName: '王', postcode: '106' }],
    ['姓氏 Quillby，名字 Mara', mara],
    ['can i get my money, please', {}],
    ['the blue shirt, red mug', {}],
    ['名字是 Mara，姓氏 Quillby', mara],
    ['why do you need it', {}],
    ['thank you', {}],
    ['i want 150 dollars back', {}],
    ['謝謝你', {}],
    ['order 1000526', {}],
    ['W1000526', {}],
  ])('%s', (text, claim) => expect(claimIn(text, true)).toEqual(claim));

  test('parts of several messages come together, and the last word counts', () => {
    const asked = { en: 'Who are you?', 'zh-Hant': '請問您是哪位？' };
    const history = [
      { author: 'CUSTOMER' as const, text: 'blue shirt' },
      { author: 'ASSISTANT' as const, text: `I need to know. ${asked.en}` },
      { author: 'CUSTOMER' as const, text: 'mara quilby' },
      { author: 'ASSISTANT' as const, text: asked['zh-Hant'] },
      { author: 'CUSTOMER' as const, text: '97201' },
      { author: 'ASSISTANT' as const, text: asked.en },
    ];
    expect(claimOfTurn({ text: 'last name Quillby', history }, [asked])).toEqual({
      ...{ firstName: 'mara', lastName: 'Quillby', postcode: '97201' },
    });
  });
});
