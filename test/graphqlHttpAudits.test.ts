import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Platform } from '../supergraph/src/platform.js';
import { openSite, type Site, startPart } from './support/hosting.js';

const noForeignPage =
  'A GET must show that it is from no foreign page, by a header or credentials, which the audit does not.';
const asApolloServer =
  'A document that is refused is answered with 400 whatever is accepted, as Apollo Server does: clients read the body, and whatever lies between sees that nothing was done.';

/** What of GraphQL over HTTP is not met, and why. */
const notMet: Readonly<Record<string, string>> = {
  'notice MAY accept application/x-www-form-urlencoded formatted GET requests': noForeignPage,
  'notice MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/graphql-response+json':
    noForeignPage,
  'notice MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/json':
    noForeignPage,
  'warn SHOULD use 200 status code on document parsing failure when accepting application/json': asApolloServer,
  'warn SHOULD use 200 status code on document validation failure when accepting application/json': asApolloServer,
  'warn SHOULD use a status code of 200 on variable coercion failure when accepting application/json': asApolloServer,
};

let site: Site;
let platform: Platform;
beforeAll(async () => {
  site = await openSite([]);
  platform = await startPart({ ...site.settings, REDIS_URL: '' });
});
afterAll(async () => {
  await platform.stop();
  await site.close();
});

test('the gateway keeps GraphQL over HTTP, but for what is listed with its reason', async () => {
  const audits = serverAudits({ url: `${platform.gatewayUrl}/graphql` });
  const results = await Promise.all(audits.map((audit) => audit.fn()));
  expect(results.length).toBeGreaterThan(50);
  const unmet = results.flatMap((result) => (result.status === 'ok' ? [] : [`${result.status} ${result.name}`]));
  expect(unmet.sort()).toEqual(Object.keys(notMet).sort());
});
