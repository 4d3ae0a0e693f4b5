import { buildSchema } from 'graphql';
import { expect, test } from 'vitest';
import { openPrices } from '../src/guard/cost.js';
import { openDocuments } from '../src/guard/documents.js';
import { defaultLimits } from '../src/guard/limits.js';

const sdl = 'type Query { name: String }';
const schema = buildSchema(sdl);

test('small documents weigh what is kept for them: a flood of them pushes out older ones', () => {
  const documents = openDocuments({
    contracts: { public: schema, staff: schema, operator: schema },
    prices: openPrices({ supergraphSdl: sdl, schema, waitingFields: [] }),
    limits: defaultLimits,
    isTrusted: () => false,
    over: () => true,
    rememberedBytes: 30_000,
  });
  const read = (text: string) => {
    const reading = documents.read(text, null, 'public');
    return reading.ok ? reading.operation : null;
  };
  const first = read('{ name }');
  expect(first).not.toBeNull();
  expect(read('{ name }')).toBe(first);
  for (let n = 0; n < 3; n++) read(`{ name } # ${n}`);
  expect(read('{ name }')).not.toBe(first);
});
