import { exportJWK, generateKeyPair, jwtVerify, SignJWT } from 'jose';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { openIdentity } from '../src/guard/identity.js';
import { merchantKeys, type MerchantKeysOptions } from '../src/guard/jwks.js';
import { secrets } from './shop.js';

async function keyPair(kid: string) {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  const sign = (header: object = {}) =>
    new SignJWT({ role: 'staff' })
      .setProtectedHeader({ alg: 'ES256', kid, ...header })
      .setSubject('stf_1')
      .setExpirationTime('1h')
      .sign(privateKey);
  return { jwk: { ...(await exportJWK(publicKey)), kid, alg: 'ES256' }, publicKey, sign };
}

/** A merchant whose keys can be changed, and whose server can be away. */
async function openMerchant(options: Partial<MerchantKeysOptions> = {}) {
  const first = await keyPair('one');
  const merchant = { answer: JSON.stringify({ keys: [first.jwk] }), status: 200, asked: 0 };
  const server = createServer((_request, response) => {
    merchant.asked += 1;
    response.writeHead(merchant.status).end(merchant.answer);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close().closeAllConnections());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`;
  const keys = merchantKeys({ url, ...options });
  const verify = (token: string) => jwtVerify(token, keys, { algorithms: ['ES256'] });
  return Object.assign(merchant, { first, url, verify });
}

const away = { extensions: { code: 'SERVICE_UNAVAILABLE', retryable: true } };

test('keys are read once for any number of tokens, also for those that come at the same time', async () => {
  const merchant = await openMerchant();
  const token = await merchant.first.sign();
  await Promise.all(Array.from({ length: 20 }, () => merchant.verify(token)));
  await merchant.verify(token);
  expect(merchant.asked).toBe(1);
});

test('a new key is found by its id, and made-up ids do not make us ask again and again', async () => {
  const merchant = await openMerchant({ pauseMs: 0 });
  await merchant.verify(await merchant.first.sign());
  const second = await keyPair('two');
  merchant.answer = JSON.stringify({ keys: [second.jwk] });
  await merchant.verify(await second.sign());
  expect(merchant.asked).toBe(2);
  await expect(merchant.verify(await merchant.first.sign())).rejects.toMatchObject({
    code: 'ERR_JWKS_NO_MATCHING_KEY',
  });

  const flooded = await openMerchant({ pauseMs: 60_000 });
  await flooded.verify(await flooded.first.sign());
  for (let n = 0; n < 20; n++) {
    const madeUp = await flooded.first.sign({ kid: `made-up-${n}` });
    await expect(flooded.verify(madeUp)).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
  }
  expect(flooded.asked).toBe(1);
});

test('while the merchant is away, keys that are known stay good for a while', async () => {
  const merchant = await openMerchant({ freshMs: 0, pauseMs: 0 });
  const token = await merchant.first.sign();
  await merchant.verify(token);
  merchant.status = 500;
  await merchant.verify(token);
  expect(merchant.asked).toBeGreaterThan(1);
  const strict = await openMerchant({ freshMs: 0, pauseMs: 0, staleMs: 0 });
  strict.status = 500;
  await expect(strict.verify(await strict.first.sign())).rejects.toMatchObject(away);
});

test.each([
  ['an error', 500, '{}'],
  ['a redirect', 302, ''],
  ['no JSON', 200, '<html>'],
  ['no keys', 200, '{"keys":"none"}'],
  ['too much', 200, JSON.stringify({ keys: [], padding: 'x'.repeat(70_000) })],
])(
  'with %s in place of keys nobody is judged, and the merchant is not asked for each token',
  async (_what, status, answer) => {
    const merchant = await openMerchant({ firstPauseMs: 60_000 });
    Object.assign(merchant, { status, answer });
    const token = await merchant.first.sign();
    for (let n = 0; n < 5; n++) await expect(merchant.verify(token)).rejects.toMatchObject(away);
    expect(merchant.asked).toBe(1);
  },
);

test('a public key is never taken for a shared secret', async () => {
  const merchant = await openMerchant();
  const identity = openIdentity({ ...secrets, jwksUrl: merchant.url });
  const confused = await new SignJWT({ role: 'operator' })
    .setProtectedHeader({ alg: 'HS256', kid: 'one' })
    .setSubject('stf_1')
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(JSON.stringify(merchant.first.jwk)));
  await expect(identity({ authorization: `Bearer ${confused}` })).rejects.toMatchObject({
    extensions: { code: 'UNAUTHENTICATED' },
  });
});
