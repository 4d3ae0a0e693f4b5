import { expect, test } from 'vitest';
import { nobody } from '../src/explorer/credentials.js';
import { statusOf, statusText } from '../src/explorer/schemaStatus.js';

const refused = (code: string) => statusText(statusOf({ errors: [{ message: 'No.', extensions: { code } }] }), nobody);

test('a schema that was read is told with its size', () => {
  const status = statusOf({ data: { __schema: { types: [{}, {}] } } });
  expect(statusText(status, { kind: 'apiKey', apiKey: 'key' })).toBe(
    'The schema as this API key may know it: 2 types.',
  );
});

test('each refusal says what helps', () => {
  expect(refused('UNAUTHENTICATED')).toContain('Check them, or empty the field.');
  expect(refused('GRAPHQL_VALIDATION_FAILED')).toContain('Paste an API key with the scope “explorer”');
  expect(refused('PERSISTED_QUERY_ONLY')).toContain('only with an API key');
  expect(refused('SERVICE_UNAVAILABLE')).toBe('The schema could not be read: No.');
  expect(statusText(statusOf({}), nobody)).toBe('The schema could not be read: no reason was given');
});
