import { readFile } from 'node:fs/promises';
import { Supergraph } from '@apollo/federation-internals';
import { parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import * as documents from '../src/api/documents.js';
import { trustedDocuments } from '../trustedDocuments.js';

const sdl = await readFile(new URL('../../supergraph/schema.graphql', import.meta.url), 'utf8');
const schema = Supergraph.build(sdl).apiSchema().toGraphQLJSSchema();

test.each(Object.entries(documents))('%s asks for what the supergraph has', (_, text) => {
  expect(validate(schema, parse(text)).map(({ message }) => message)).toEqual([]);
});

test('the gateway is told of each document under its hash', () => {
  expect(Object.values(trustedDocuments)).toEqual(Object.values(documents));
  expect(Object.keys(trustedDocuments)[0]).toMatch(/^sha256:[0-9a-f]{64}$/);
});
