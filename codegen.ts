import type { CodegenConfig } from '@graphql-codegen/cli';
import { existsSync, readdirSync } from 'node:fs';

/**
 * What a resolver's parent is where it is not the GraphQL type itself: for each subgraph, a type of the schema and
 * `path#TypeName`, the path seen from `src/generated/`. For example `orders: { Order: '../domain/order.js#Order' }`.
 */
const mappers: Record<string, Record<string, string>> = {};

/** Own scalars are texts on the wire; dates may be given as `Date` by resolvers and are written as RFC 3339. */
const scalars = {
  ID: 'string',
  DateTime: { input: 'string', output: 'Date | string' },
  Decimal: 'string',
  CurrencyCode: 'string',
  LanguageTag: 'string',
  URL: 'string',
  JSON: 'unknown',
};

const subgraphs = readdirSync(new URL('./subgraphs', import.meta.url)).filter((name) =>
  existsSync(new URL(`./subgraphs/${name}/schema.graphql`, import.meta.url)),
);

const config: CodegenConfig = {
  silent: true,
  errorsOnly: true,
  generates: Object.fromEntries(
    subgraphs.map((name) => [
      `subgraphs/${name}/src/generated/resolvers.ts`,
      {
        schema: `subgraphs/${name}/schema.graphql`,
        plugins: ['typescript', 'typescript-resolvers'],
        config: {
          federation: true,
          contextType: '../context.js#Context',
          mappers: mappers[name] ?? {},
          scalars,
          enumsAsTypes: true,
          useTypeImports: true,
          defaultScalarType: 'unknown',
          emitLegacyCommonJSImports: false,
        },
      },
    ]),
  ),
};

export default config;
