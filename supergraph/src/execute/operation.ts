import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** An operation that the guard let through: it is parsed, valid and within the limits. */
export interface Operation {
  document: DocumentNode;
  definition: OperationDefinitionNode;
  /** Fields it selects, as `Type.field`. */
  fields: ReadonlySet<string>;
  /** The schema as its caller may know it, of which introspection tells. */
  contract: GraphQLSchema;
}

/** Values of variables as the caller sent them. */
export type Variables = Readonly<Record<string, unknown>>;

/** The fragments of a document by name. */
export function fragmentsOf(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  const definitions = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  return new Map(definitions.map((definition) => [definition.name.value, definition]));
}

/** What a fragment selects, be it inline or named. Validation has made sure that a named one exists. */
export function fragmentBody(
  selection: Exclude<SelectionNode, { kind: Kind.FIELD }>,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): { typeName: string | undefined; selectionSet: SelectionSetNode } {
  const body = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value)!;
  return { typeName: body.typeCondition?.name.value, selectionSet: body.selectionSet };
}
