import { expect, test } from 'vitest';
import { newId, signSessionToken, verifySessionToken } from '../src/index.js';

const secret = 'a secret of at least thirty-two characters';

test('a signed token names its session', () => {
  const sessionId = newId('ses');
  expect(verifySessionToken(secret, signSessionToken(secret, sessionId))).toBe(sessionId);
});

test('a token for one session cannot be turned into one for another', () => {
  const token = signSessionToken(secret, 'ses_mine');
  expect(verifySessionToken(secret, token.replace('mine', 'yours'))).toBeNull();
});

test('a token made with another secret is refused', () => {
  expect(verifySessionToken(secret, signSessionToken('another secret', 'ses_mine'))).toBeNull();
});

test.each([
  '',
  'sgs_',
  'sgs_ses_mine',
  `sgs_${'_'.repeat(60)}`,
  `${signSessionToken(secret, 'ses_mine')}x`,
  'é'.repeat(80),
])('the malformed token %j is refused', (token) => {
  expect(verifySessionToken(secret, token)).toBeNull();
});
