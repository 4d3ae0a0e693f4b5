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
  /** Errors told about one document. @default 5 */
  errors: number;
}

export const defaultLimits: Limits = {
  bodyBytes: 100 * 1024,
  tokens: 2_000,
  depth: 10,
  aliases: 30,
  rootFields: 10,
  mutations: 3,
  directives: 20,
  errors: 5,
};

/** How large a selection is when all of its fragments are unfolded. */
interface Size {
  depth: number;
  aliases: number;
  rootFields: number;
}

const nothing: Size = { depth: 0, aliases: 0, rootFields: 0 };

/** Why a parsed document is too large, or uses what there is not; empty if it may go on to validation. */
export function exceeded(document: DocumentNode, limits: Limits): GraphQLError[] {
  const measure = measurer(document);
  const errors: GraphQLError[] = [];
  const check = (what: string, size: number, limit: number) => {
    if (size > limit) errors.push(tooMuch(what, limit));
  };

  const directives = countDirectives(document);
  check('directives', directives.count, limits.directives);
  if (directives.incremental) errors.push(unsupported(`@${directives.incremental} is not supported.`));
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const size = measure(definition.selectionSet);
    const isMutation = definition.operation === OperationTypeNode.MUTATION;
    check('levels of fields', size.depth, limits.depth);
    check('aliases', size.aliases, limits.aliases);
    check(isMutation ? 'mutations' : 'root fields', size.rootFields, isMutation ? limits.mutations : limits.rootFields);
    if (definition.operation === OperationTypeNode.SUBSCRIPTION)
      errors.push(...conditionalRoots(definition.selectionSet));
  }
  return errors;
}

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
        return { depth, aliases: inner.aliases + (selection.alias ? 1 : 0), rootFields: 1 };
      }
      case Kind.INLINE_FRAGMENT:
        return ofSelections(selection.selectionSet);
      case Kind.FRAGMENT_SPREAD:
        return ofFragment(selection.name.value);
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

function add(a: Size, b: Size): Size {
  return {
    depth: Math.max(a.depth, b.depth),
    aliases: a.aliases + b.aliases,
    rootFields: a.rootFields + b.rootFields,
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

function tooMuch(what: string, limit: number): GraphQLError {
  return codedError('OPERATION_TOO_LARGE', `The document has more than ${limit} ${what}.`);
}

function unsupported(message: string): GraphQLError {
  return codedError('GRAPHQL_VALIDATION_FAILED', message);
}
