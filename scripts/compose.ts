/**
 * `npm run compose` composes the subgraphs that supergraph.yaml names into supergraph/schema.graphql.
 * `npm run compose -- --check` writes nothing: it fails if the committed file differs, or if a second, independent
 * composer understands the subgraphs differently.
 */
import { composeServices } from '@apollo/composition';
import { Supergraph } from '@apollo/federation-internals';
import { composeServices as composeIndependently } from '@theguild/federation-composition';
import type { GraphQLError } from 'graphql';
import {
  type ConstDirectiveNode,
  type DocumentNode,
  Kind,
  lexicographicSortSchema,
  parse,
  printSchema,
  valueFromASTUntyped,
} from 'graphql';
import { readFile, writeFile } from 'node:fs/promises';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';

const root = new URL('../', import.meta.url);
const target = new URL('supergraph/schema.graphql', root);

const supergraphConfig = z.object({
  federation_version: z.string(),
  subgraphs: z.record(
    z.string().regex(/^[a-z]+$/),
    z.object({ routing_url: z.url(), schema: z.object({ file: z.string() }) }),
  ),
});

/** A subgraph as a composer takes it. */
interface SubgraphSource {
  name: string;
  url: string;
  typeDefs: DocumentNode;
}

/** The subgraphs of supergraph.yaml by name, so that the result does not depend on their order in the file. */
async function readSubgraphs(): Promise<SubgraphSource[]> {
  const config = supergraphConfig.parse(parseYaml(await readFile(new URL('supergraph.yaml', root), 'utf8')));
  const entries = Object.entries(config.subgraphs).sort(([a], [b]) => (a < b ? -1 : 1));
  return Promise.all(
    entries.map(async ([name, { routing_url: url, schema }]) => ({
      name,
      url,
      typeDefs: parse(await readFile(new URL(schema.file, root), 'utf8')),
    })),
  );
}

/** Composes with Apollo's composer; refuses what our gateway could not load. */
function compose(subgraphs: SubgraphSource[]): string {
  const { supergraphSdl, errors } = composeServices(subgraphs);
  if (errors) throw new AggregateError(errors, `The subgraphs do not compose:\n${listed(errors)}`);
  Supergraph.build(supergraphSdl);
  return `${supergraphSdl.trim()}\n`;
}

/** Composes with the Guild's composer. */
function composeAgain(subgraphs: SubgraphSource[]): string {
  const { supergraphSdl, errors } = composeIndependently(subgraphs);
  if (errors) throw new AggregateError(errors, `The second composer refuses the subgraphs:\n${listed(errors)}`);
  return supergraphSdl;
}

function listed(errors: readonly GraphQLError[]): string {
  return errors.map((error) => `  ${error.extensions.code ?? ''} ${error.message}`).join('\n');
}

/** The schema that clients see, in an order of its own. */
function apiSchema(supergraphSdl: string): string {
  return printSchema(lexicographicSortSchema(Supergraph.build(supergraphSdl).apiSchema().toGraphQLJSSchema()));
}

/** Directives that say which subgraph answers what; whatever else a composer writes is its own bookkeeping. */
const ownershipDirectives = new Set(['join__type', 'join__field', 'join__implements', 'tag', 'cost', 'listSize']);

/** One line for each statement of ownership, sorted: `Order.total @join__field {"graph":"ORDERS"}`. */
function ownership(supergraphSdl: string): string {
  const lines = parse(supergraphSdl).definitions.flatMap((definition) => {
    if (!('fields' in definition) || !definition.name || definition.name.kind !== Kind.NAME) return [];
    const type = definition.name.value;
    if (/^(join|link|core)__/.test(type)) return [];
    const fields = (definition.fields ?? []).flatMap((field) => statements(`${type}.${field.name.value}`, field));
    return [...statements(type, definition), ...fields];
  });
  return [...new Set(lines)].sort().join('\n');
}

function statements(owner: string, { directives = [] }: { directives?: readonly ConstDirectiveNode[] }): string[] {
  return directives
    .filter(({ name }) => ownershipDirectives.has(name.value))
    .map((directive) => `${owner} @${directive.name.value} ${JSON.stringify(argumentsOf(directive))}`);
}

/** Arguments in the order of their names: the composers write them in orders of their own. */
function argumentsOf(directive: ConstDirectiveNode): Record<string, unknown> {
  const entries = (directive.arguments ?? []).map(
    ({ name, value }) => [name.value, valueFromASTUntyped(value)] as const,
  );
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The first lines in which two texts differ, for a person to start from. */
function difference(ours: string, theirs: string, limit = 10): string {
  const [a, b] = [ours.split('\n'), theirs.split('\n')];
  const only = (mark: string, lines: string[], others: Set<string>) =>
    lines.filter((line) => !others.has(line)).map((line) => `  ${mark} ${line}`);
  return [...only('-', a, new Set(b)), ...only('+', b, new Set(a))].slice(0, limit).join('\n');
}

function assertSame(what: string, ours: string, theirs: string): void {
  if (ours !== theirs) throw new Error(`${what}\n${difference(ours, theirs)}`);
}

async function check(subgraphs: SubgraphSource[]): Promise<void> {
  const composed = compose(subgraphs);
  const committed = await readFile(target, 'utf8').catch(() => '');
  assertSame('supergraph/schema.graphql is out of date, run `npm run compose`.', committed, composed);
  const second = composeAgain(subgraphs);
  assertSame('The second composer makes another API.', apiSchema(composed), apiSchema(second));
  assertSame('The second composer lets other subgraphs answer.', ownership(composed), ownership(second));
}

try {
  const subgraphs = await readSubgraphs();
  if (process.argv.includes('--check')) await check(subgraphs);
  else await writeFile(target, compose(subgraphs));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
