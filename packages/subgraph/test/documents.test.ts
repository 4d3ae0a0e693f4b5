import { buildSchema } from 'graphql';
import { expect, test } from 'vitest';
import { checkedDocuments } from '../src/documents.js';

const schema = buildSchema('type Query { name: String }');

test('a document is checked once, until so many or so long ones have come that it is forgotten', () => {
  const check = checkedDocuments(schema, 2, 100);
  const first = check('{ name }');
  expect(check('{ name }')).toBe(first);
  check('{ a: name }');
  check('{ b: name }');
  const second = check('{ name }');
  expect(second).not.toBe(first);
  check(`{ name } # ${'x'.repeat(95)}`);
  expect(check('{ name }')).not.toBe(second);
});
