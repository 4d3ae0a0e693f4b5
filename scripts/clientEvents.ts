/**
 * Writes packages/client/src/events.ts anew from the client's documents and the composed schema: `npm run client:events`.
 * A test compares the two.
 */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Supergraph } from '@apollo/federation-internals';
import {
  getNamedType,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  type FragmentDefinitionNode,
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql';
import { format } from 'prettier';
import { followSession } from '../packages/client/src/documents.js';

export const clientEventsFile = fileURLToPath(new URL('../packages/client/src/events.ts', import.meta.url));
const schemaFile = fileURLToPath(new URL('../supergraph/schema.graphql', import.meta.url));

/** The file as it should be. */
export async function clientEvents(): Promise<string> {
  const schema = Supergraph.build(await readFile(schemaFile, 'utf8'))
    .apiSchema()
    .toGraphQLJSSchema();
  const { definitions } = parse(followSession);
  const fragments = new Map(
    definitions
      .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );
  const operation = definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION)!;
  const [root] = operation.selectionSet.selections;
  if (root?.kind !== Kind.FIELD || !root.selectionSet) throw new Error('The document has no root field.');
  return format(printer(schema, fragments).print(root.selectionSet), {
    parser: 'typescript',
    printWidth: 120,
    singleQuote: true,
  });
}

/** A field of an answer, under the name that the document gives it. */
interface Selected {
  type: GraphQLOutputType;
  description: string;
  selections: SelectionSetNode[];
}

function printer(schema: GraphQLSchema, fragments: ReadonlyMap<string, FragmentDefinitionNode>) {
  const enums = new Set<string>();
  const named = new Map<string, FragmentDefinitionNode>();
  const typeNamed = (name: string) => schema.getType(name) as GraphQLCompositeType;

  return {
    print(events: SelectionSetNode): string {
      const kinds = schema.getPossibleTypes(schema.getType('SessionEvent') as never);
      const ofTurns = schema.getPossibleTypes(schema.getType('TurnEvent') as never).map(({ name }) => name);
      const interfaces = kinds.map((kind) => interfaceOf(kind.name, kind, kind.description, [events]));
      const shapes = [...named].map(([name, { typeCondition, selectionSet }]) => {
        const type = typeNamed(typeCondition.name.value) as GraphQLObjectType;
        return interfaceOf(name, type, type.description, [selectionSet]);
      });
      return [
        '/* Written by `npm run client:events` from documents.ts and the schema. */',
        `/** Everything that happens in a session. New kinds may be added: ignore one that you do not know. */
        export type SessionEvent = ${kinds.map(({ name }) => name).join(' | ')};`,
        `/** What happens in one turn. */\nexport type TurnEvent = ${ofTurns.join(' | ')};`,
        ...interfaces,
        ...shapes,
        ...[...enums].map(enumOf),
      ].join('\n\n');
    },
  };

  function interfaceOf(
    name: string,
    type: GraphQLObjectType,
    description: string | null | undefined,
    selections: SelectionSetNode[],
  ): string {
    return `/** ${description ?? ''} */\nexport interface ${name} ${objectOf(type, selections)}`;
  }

  function enumOf(name: string): string {
    const type = schema.getType(name);
    if (!isEnumType(type)) throw new Error(`${name} is no enum.`);
    const values = type.getValues().map((value) => `'${value.name}'`);
    return `/** ${type.description ?? ''} New values may be added. */\nexport type ${name} = ${values.join(' | ')};`;
  }

  function objectOf(type: GraphQLObjectType, selections: SelectionSetNode[]): string {
    const fields = new Map<string, Selected | 'typename'>();
    for (const selection of selections) collect(type, selection, fields);
    const lines = [...fields].map(([name, field]) =>
      field === 'typename'
        ? `__typename: '${type.name}';`
        : `/** ${field.description} */\n${name}: ${typeOf(field.type, field.selections)};`,
    );
    return `{\n${lines.join('\n')}\n}`;
  }

  function collect(
    type: GraphQLObjectType,
    { selections }: SelectionSetNode,
    fields: Map<string, Selected | 'typename'>,
  ): void {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const name = selection.alias?.value ?? selection.name.value;
        const field = type.getFields()[selection.name.value];
        const before = fields.get(name);
        if (!field) fields.set(name, 'typename');
        else if (before && before !== 'typename') before.selections.push(...nested(selection.selectionSet));
        else {
          const description = (field.description ?? '').replaceAll('\n', ' ');
          fields.set(name, { type: field.type, description, selections: nested(selection.selectionSet) });
        }
        continue;
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value)!;
      const condition = fragment.typeCondition?.name.value ?? type.name;
      if (covers(condition, type)) collect(type, fragment.selectionSet, fields);
    }
  }

  function covers(condition: string, type: GraphQLObjectType): boolean {
    const wanted = typeNamed(condition);
    return wanted === type || (isAbstractType(wanted) && schema.isSubType(wanted, type));
  }

  function typeOf(type: GraphQLOutputType, selections: SelectionSetNode[], isNullable = true): string {
    if (isNonNullType(type)) return typeOf(type.ofType, selections, false);
    const text = isListType(type) ? `readonly (${typeOf(type.ofType, selections)})[]` : plain(type, selections);
    return isNullable ? `${text} | null` : text;
  }

  function plain(type: GraphQLOutputType, selections: SelectionSetNode[]): string {
    const { name } = getNamedType(type);
    if (isObjectType(type)) return nameOf(selections) ?? objectOf(type, selections);
    if (isAbstractType(type)) {
      return schema
        .getPossibleTypes(type)
        .map((possible) => objectOf(possible, selections))
        .join(' | ');
    }
    if (isEnumType(type)) {
      enums.add(name);
      return name;
    }
    return name === 'Boolean' ? 'boolean' : name === 'Int' || name === 'Float' ? 'number' : 'string';
  }

  /** The name of a shape that is one fragment and nothing else. */
  function nameOf(selections: readonly SelectionSetNode[]): string | null {
    const [only, ...others] = selections.flatMap((each) => each.selections);
    if (only?.kind !== Kind.FRAGMENT_SPREAD || others.length > 0) return null;
    const fragment = fragments.get(only.name.value)!;
    const name = only.name.value.replace(/Fields$/, '');
    named.set(name, fragment);
    return name;
  }
}

const nested = (selection: SelectionSetNode | undefined) => (selection ? [selection] : []);

if (path.resolve(process.argv[1] ?? '') === fileURLToPath(import.meta.url))
  await writeFile(clientEventsFile, await clientEvents());
