import { codedError } from '@supportgraph/subgraph';
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  Kind,
  OperationTypeNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/*
 * What an operation may cost before anybody looks at what it means. Counted with each fragment measured once, so that a
 * document that unfolds to millions of fields is refused in the time it takes to read it.
 */

export interface Limits {
  /** Bytes of a request's body. @default 102_400 */
  bodyBytes: number;
  /** Tokens of a document. @default 2_000 */
  tokens: number;
  /** Fields inside each other, also through fragments. Introspection is not counted. @default 10 */
  depth: number;
  /** Aliases, also through fragments. @default 30 */
  aliases: number;
  /** Fields of `Query` in one operation, also through fragments. @default 10 */
  rootFields: number;
  /** Fields of `Mutation` in one operation, also through fragments. @default 3 */
  mutations: number;
  /** Directives in a document. @default 20 */
  directives: number;
  /** Fields and fragments, each fragment unfolded wherever it is spread. @default 2_000 */
  fields: number;
  /** Items of a page: `first` and `last`, also by variables and defaults. @default 100 */
  pageSize: number;
  /** Cost of one operation, by `@cost` and `@listSize` with its variables. @default 2_000 */
  cost: number;
  /** Fields of one operation that wait on purpose. @default 1 */
  waits: number;
  /** Errors told about one document. @default 5 */
  errors: number;
}

/** Whether what is over a limit is refused, or only counted: for a trial of new limits. Body and tokens are bounded in any mode. */
export const limitsModes = ['enforce', 'measure'] as const;
export type LimitsMode = (typeof limitsModes)[number];

/** What an operation can have too much of. */
export type LimitName = Exclude<keyof Limits, 'bodyBytes' | 'tokens' | 'errors'> | 'rate' | 'messages' | 'reading';

/** A limit that an operation is over. */
export interface Breach {
  limit: LimitName;
  error: GraphQLError;
}

export const defaultLimits: Limits = {
  bodyBytes: 100 * 1024,
  tokens: 2_000,
  depth: 10,
  aliases: 30,
  rootFields: 10,
  mutations: 3,
  directives: 20,
  fields: 2_000,
  pageSize: 100,
  cost: 2_000,
  waits: 1,
  errors: 5,
};

/** How large a selection is when all of its fragments are unfolded. */
interface Size {
  depth: number;
  aliases: number;
  rootFields: number;
  fields: number;
}

const nothing: Size = { depth: 0, aliases: 0, rootFields: 0, fields: 0 };

/** What a parsed document has too much of, and what it uses that there is not. */
export function measureDocument(
  document: DocumentNode,
  limits: Limits,
): { breaches: Breach[]; faults: GraphQLError[] } {
  const measure = measurer(document);
  const breaches: Breach[] = [];
  const faults: GraphQLError[] = [];
  const check = (limit: LimitName, size: number, most: number) => {
    if (size > most) breaches.push({ limit, error: tooMuch(words[limit], most) });
  };

  const directives = countDirectives(document);
  check('directives', directives.count, limits.directives);
  if (directives.incremental) faults.push(unsupported(`@${directives.incremental} is not supported.`));
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const size = measure(definition.selectionSet);
    const isMutation = definition.operation === OperationTypeNode.MUTATION;
    check('depth', size.depth, limits.depth);
    check('aliases', size.aliases, limits.aliases);
    check('fields', size.fields, limits.fields);
    if (isMutation) check('mutations', size.rootFields, limits.mutations);
    else check('rootFields', size.rootFields, limits.rootFields);
    if (definition.operation === OperationTypeNode.SUBSCRIPTION)
      faults.push(...conditionalRoots(definition.selectionSet));
  }
  return { breaches, faults };
}

/** What is counted, in the plural. */
const words: Readonly<Record<LimitName, string>> = {
  depth: 'levels of fields',
  aliases: 'aliases',
  rootFields: 'root fields',
  mutations: 'mutations',
  directives: 'directives',
  fields: 'fields',
  pageSize: 'items on a page',
  cost: 'units of cost',
  waits: 'fields that wait',
  rate: 'units of cost a minute',
  messages: 'messages a minute',
  reading: 'milliseconds of reading a minute',
};

function measurer(document: DocumentNode): (selectionSet: SelectionSetNode) => Size {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  const measured = new Map<string, Size>();

  const ofSelections = ({ selections }: SelectionSetNode): Size => selections.map(ofSelection).reduce(add, nothing);
  const ofSelection = (selection: SelectionNode): Size => {
    switch (selection.kind) {
      case Kind.FIELD: {
        const inner = selection.selectionSet ? ofSelections(selection.selectionSet) : nothing;
        // Introspection is bounded by graphql-js, and deep by nature.
        const depth = selection.name.value.startsWith('__') ? 1 : inner.depth + 1;
        return {
          depth,
          aliases: inner.aliases + (selection.alias ? 1 : 0),
          rootFields: 1,
          fields: inner.fields + 1,
        };
      }
      case Kind.INLINE_FRAGMENT:
        return counted(ofSelections(selection.selectionSet));
      case Kind.FRAGMENT_SPREAD:
        return counted(ofFragment(selection.name.value));
    }
  };
  const ofFragment = (name: string): Size => {
    const known = measured.get(name);
    if (known) return known;
    // Counts as nothing while it is measured: a fragment that leads to itself is refused by validation.
    measured.set(name, nothing);
    const fragment = fragments.get(name);
    const size = fragment ? ofSelections(fragment.selectionSet) : nothing;
    measured.set(name, size);
    return size;
  };
  return ofSelections;
}

/** A fragment counts itself, or one that holds nothing but fragments would be free. */
function counted(size: Size): Size {
  return { ...size, fields: size.fields + 1 };
}

function add(a: Size, b: Size): Size {
  return {
    depth: Math.max(a.depth, b.depth),
    aliases: a.aliases + b.aliases,
    rootFields: a.rootFields + b.rootFields,
    fields: a.fields + b.fields,
  };
}

function countDirectives(document: DocumentNode): { count: number; incremental: 'defer' | 'stream' | null } {
  let count = 0;
  let incremental: 'defer' | 'stream' | null = null;
  const look = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(look);
    if (typeof node !== 'object' || node === null || !('kind' in node)) return;
    if (node.kind === Kind.DIRECTIVE && 'name' in node) {
      const { value } = node.name as { value: string };
      count += 1;
      if (value === 'defer' || value === 'stream') incremental = value;
    }
    for (const [key, child] of Object.entries(node)) if (key !== 'loc') look(child);
  };
  look(document.definitions);
  return { count, incremental };
}

/** The planner cannot leave out the one field of a subscription. */
function conditionalRoots({ selections }: SelectionSetNode): GraphQLError[] {
  const isConditional = selections.some((selection) =>
    selection.directives?.some(
      ({ name, arguments: given }) =>
        (name.value === 'skip' || name.value === 'include') && given?.some(({ value }) => value.kind === Kind.VARIABLE),
    ),
  );
  const message = 'The field of a subscription cannot have @skip or @include with a variable.';
  return isConditional ? [unsupported(message)] : [];
}

export function tooMuch(what: string, limit: number): GraphQLError {
  return codedError('OPERATION_TOO_LARGE', `The document has more than ${limit} ${what}.`);
}

function unsupported(message: string): GraphQLError {
  return codedError('GRAPHQL_VALIDATION_FAILED', message);
}
