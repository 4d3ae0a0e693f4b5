import { readFile } from 'node:fs/promises';
import { Supergraph } from '@apollo/federation-internals';
import { parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { clientEvents, clientEventsFile } from '../../../scripts/clientEvents.js';
import supergraphSdl from '../../../supergraph/schema.graphql';
import * as documents from '../src/documents.js';

const schema = Supergraph.build(supergraphSdl).apiSchema().toGraphQLJSSchema();

test.each(Object.entries(documents))('the document %s fits the schema', (_, document) => {
  expect(validate(schema, parse(document))).toEqual([]);
});

test('the types of the events are those of the schema (`npm run client:events` writes them)', async () => {
  expect(await readFile(clientEventsFile, 'utf8')).toBe(await clientEvents());
});
