import { confirmDetails, offerOfPerson } from '@supportgraph/agent';
import type { AgentKind, PendingAction, Said } from '@supportgraph/conversation';
import { describe, expect, test } from 'vitest';
import { answeredProposal, meantProposals, plainAnswer } from '../src/domain/plainAnswer.js';

const yes = [
  'yes', 'Y', 'Yep!', 'sure', 'OK', 'okay', 'ok go ahead', 'Ok, go ahead.', 'please do', 'Confirm', 'Go ahead, please', 'do it', 'yes please 🙏',
  'Yes, thank you!', 'sounds good 👍🏽', 'sure thing, thanks', 'ｏｋ', 'YES YES', 'I confirm.', 'That’s fine',
  '好', '好的', '好的，謝謝', '可以', '確認', '确认', '是', '是的。', '對', '没问题', '沒問題！', '麻煩了', '好，麻煩您', '好喔', 'OK 好的', 'ok謝謝', '同意', '可以了',
  '確定', '确定', '沒錯', '没错', '要', '要的，謝謝', '好啊', '確定要',
  'ok do that', 'alright then', 'good', 'Looks good!', '👍', '👍🏽👍🏽', '👌', '✅', ' 👍! ',
]; // prettier-ignore
const no = [
  'no', 'No.', 'nope', "don't", 'do not', 'Please don’t', 'never mind', 'no thanks', 'No, thank you 😊', 'forget it', "no, don't do it",
  '不', '不要', '不用', '不用了，謝謝', '算了', '先不要', '不用麻煩了', '不需要',
]; // prettier-ignore
const neither = [
  'yes but to the other card', 'yes, and cancel #W1000001 too', 'ok?', 'yes?', 'no problem', 'ok no', 'yes no', 'not sure', 'please', 'thanks', 'why',
  'go ahead and refund my gift card', 'do it tomorrow', 'I said no such thing', 'know', 'yesterday', 'okra', '', '   ', 'y'.repeat(61), '1',
  '可以嗎', '好嗎', '好不好', '是不是', '對不對', '對不起', '好但是換另一張卡', '不好意思', '不客氣', '謝謝', '請', '好，不用了', '行不行', '是誰',
  '對了', '对了', '是喔', '是哦', '好了', '行了', 'ok 🛑', '要 ✋', '沒錯 ✗', 'fine 😡', 'yes 👎', 'OK ❌', '好 🙅', '不確定', '要不要', '確定不要', '要等多久', '要退款', '👍👎', '👎', '😀', 'good morning', 'then', 'no, cancel it',
  'yes return it', '好，換吧', '退貨', 'return it', 'yes return the lamp', '可以退嗎', '好，退到禮物卡',
]; // prettier-ignore

describe('a plain answer', () => {
  test.each(yes)('is a yes: %s', (text) => expect(plainAnswer(text)).toBe('YES'));
  test.each(no)('is a no: %s', (text) => expect(plainAnswer(text)).toBe('NO'));
  test.each(['cancel that', 'Cancel it, please', '取消', '取消，謝謝'])('calls off: %s', (text) =>
    expect(plainAnswer(text)).toBe('CANCEL'),
  );
  test.each(neither)('is not in: %s', (text) => expect(plainAnswer(text)).toBeNull());
  test('is found at once in what is made to be slow', () => {
    const startedAt = performance.now();
    plainAnswer(`${'ok '.repeat(19)}x`);
    plainAnswer(`${'好的'.repeat(29)}x`);
    expect(performance.now() - startedAt).toBeLessThan(200);
  });
});

describe('a message answers', () => {
  const pending = (fields: Partial<PendingAction> = {}): PendingAction => ({
    ...{
      proposalId: 'prp_1',
      agent: 'REFUNDS',
      intent: 'REFUND',
      kind: 'REQUEST_RETURN',
      title: 'Return',
      isAsked: true,
      isLastAsked: true,
    },
    ...fields,
  });

  test('the one proposal that waits', () => {
    expect(answeredProposal('Yes!', [pending()])).toEqual({ proposalId: 'prp_1', isConfirmed: true });
    expect(answeredProposal('不用了', [pending()])).toEqual({ proposalId: 'prp_1', isConfirmed: false });
    expect(answeredProposal('cancel that', [pending()])).toEqual({ proposalId: 'prp_1', isConfirmed: false });
  });

  test('none of two, none that was not asked for yet, and none if there is none', () => {
    expect(answeredProposal('yes', [pending(), pending({ proposalId: 'prp_2' })])).toBeNull();
    expect(answeredProposal('yes', [pending({ isAsked: false })])).toBeNull();
    expect(answeredProposal('yes', [])).toBeNull();
  });

  test('any of two, which has to be asked, unless it says more than yes or no', () => {
    const both = [pending(), pending({ proposalId: 'prp_2' })];
    expect(meantProposals('yes', both)).toEqual(both);
    expect(meantProposals('不用了', both)).toEqual(both);
    expect(meantProposals('yes', [pending()])).toEqual([]);
    expect(meantProposals('yes but to the other card', both)).toEqual([]);
    expect(meantProposals('cancel it', both)).toEqual([]);
  });

  const cancel = pending({ kind: 'CANCEL_ORDER', title: 'Cancel order #W1000921' });
  const saying = (text: string, agent: AgentKind = 'ORDERS'): Said[] => [{ author: 'ASSISTANT', agent, text }];
  const yesTo = (proposal: PendingAction, history: Said[]) => ({
    decides: answeredProposal('ok do that', [proposal], history)?.isConfirmed,
    isAsked: meantProposals('ok do that', [proposal], history).length > 0,
  });

  describe('a yes decides on what was asked last', () => {
    const earlier = { ...cancel, isLastAsked: false };
    const person = 'The size cannot be changed any more. Shall I pass you on to a colleague?';
    test.each<[string, PendingAction, Said[], { decides: boolean | undefined; isAsked: boolean }]>([
      ['the proposal itself', cancel, saying('Shall I?'), { decides: true, isAsked: false }],
      [
        'its lines again, because the customer asked about the money',
        earlier,
        saying(`If you confirm:\n- Refund: USD 20.00\n\n${confirmDetails.en}`),
        { decides: true, isAsked: false },
      ],
      [
        'another proposal',
        earlier,
        saying(`**Return #1**\n\n${confirmDetails.en}`),
        { decides: undefined, isAsked: true },
      ],
      [
        'it and then whether a person is wanted',
        cancel,
        saying(`**${cancel.title}**\n\n${confirmDetails.en}\n\n${offerOfPerson.en}`),
        { decides: undefined, isAsked: false },
      ],
      ['whether a person is wanted', earlier, saying(person), { decides: undefined, isAsked: false }],
      [
        'nothing: an answer from the FAQ',
        earlier,
        saying('It takes 5 days.', 'FAQ'),
        { decides: undefined, isAsked: true },
      ],
      ['nothing: there is no hurry', earlier, saying('Take your time: …'), { decides: undefined, isAsked: true }],
      ['something by a person', cancel, [{ author: 'STAFF', text: 'Shall I?' }], { decides: undefined, isAsked: true }],
    ])('%s', (_, proposal, history, expected) => expect(yesTo(proposal, history)).toEqual(expected));

    test('a no declines what was asked earlier too, unless something else was asked since', () => {
      const declined = { proposalId: 'prp_1', isConfirmed: false };
      expect(answeredProposal('不用了', [earlier], saying('It takes 5 days.', 'FAQ'))).toEqual(declined);
      expect(answeredProposal('no', [earlier], saying(person))).toBeNull();
    });
  });

  test.each<[PendingAction['kind'], string[]]>([
    ['REQUEST_RETURN', ['好，退吧', 'yes return it', 'ok send them back', '好，退貨']],
    ['REQUEST_EXCHANGE', ['好，換吧', '好，换吧', 'ok exchange it']],
    ['REQUEST_REFUND', ['好，退款', 'yes, refund me', '要退款', '好，退吧']],
    ['UPDATE_ORDER_ADDRESS', ['好，改吧', 'yes change it', 'ok update it then']],
    ['UPDATE_ORDER_ITEMS', ['好，換吧', 'yes please change it']],
    ['CANCEL_ORDER', ['確定取消', 'ok cancel it']],
  ])('a proposal by a yes with the word for it: %s', (kind, texts) => {
    for (const text of texts)
      expect([text, answeredProposal(text, [pending({ kind })])?.isConfirmed]).toEqual([text, true]);
  });

  test.each<[PendingAction['kind'], string[]]>([
    [
      'REQUEST_RETURN',
      ['ok exchange it', '好，改吧', 'yes refund it', 'yes return the lamp', '退貨', 'return it', '好，取消吧'],
    ],
    ['CANCEL_ORDER', ['yes return it', '好，退吧', 'no, cancel it', '可以取消嗎', 'yes cancel the other one']],
    ['UPDATE_ORDER_ADDRESS', ['好，換吧', '要改', 'ok, update it to 8 Lake Road', 'yes but change it']],
  ])('no proposal by the word for another, nor by more than that: %s', (kind, texts) => {
    for (const text of texts) expect([text, answeredProposal(text, [pending({ kind })])]).toEqual([text, null]);
  });

  test.each<[PendingAction['kind'], string]>([
    ['REQUEST_RETURN', '不退了'],
    ['REQUEST_EXCHANGE', '算了，不換了'],
    ['CANCEL_ORDER', "please don't cancel it"],
    ['CANCEL_ORDER', '先不要取消'],
    ['UPDATE_ORDER_ADDRESS', '不要改了'],
  ])('a proposal by a no with the word for it: %s, %s', (kind, text) =>
    expect(answeredProposal(text, [pending({ kind })])).toEqual({ proposalId: 'prp_1', isConfirmed: false }),
  );

  test('a proposal to cancel by a yes with the word for it, which to another proposal says nothing', () => {
    for (const text of ['Yes, cancel it please', 'ok cancel my order', '確認取消', '好的，取消訂單']) {
      expect(answeredProposal(text, [cancel])).toEqual({ proposalId: 'prp_1', isConfirmed: true });
      expect(answeredProposal(text, [pending()])).toBeNull();
    }
  });

  test('not a proposal to cancel by the word for it: that may be a yes', () => {
    expect(answeredProposal('取消', [cancel])).toBeNull();
    expect(answeredProposal('cancel it', [cancel])).toBeNull();
    expect(answeredProposal('no', [cancel])).toEqual({ proposalId: 'prp_1', isConfirmed: false });
  });
});
