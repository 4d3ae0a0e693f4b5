import {
  type FieldNode,
  getDirectiveValues,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { fragmentBody, fragmentsOf, type Operation, type Variables } from './operation.js';

/*
 * What a subgraph answers holds more than was asked for (keys, type names) and in another order. A projection picks
 * exactly what the operation selects. It is compiled once, as nearly every event of a reply goes through it.
 */

/** What was asked for, or null if the data does not fit the schema. */
export type Projection = (data: Readonly<Record<string, unknown>>) => Record<string, unknown> | null;

/** Marks data that does not fit: a null that may not be one, an unknown type. */
const misfit = Symbol('misfit');
type Project = (value: unknown) => unknown;

/** Compiles the projection of an operation for the given values of the variables that `@skip` and `@include` use. */
export function compileProjection(schema: GraphQLSchema, operation: Operation, variables: Variables): Projection {
  const root = schema.getRootType(operation.definition.operation)!;
  const project = new Compiler(schema, operation, variables).object(root, [operation.definition.selectionSet]);
  return (data) => {
    const projected = project(data);
    // The root projects records to records.
    return projected === misfit ? null : (projected as Record<string, unknown>);
  };
}

/** Names of the variables that decide whether something is selected. */
export function conditionVariables({ document }: Operation): string[] {
  const names = new Set<string>();
  const look = (selections: readonly SelectionNode[]): void => {
    for (const selection of selections) {
      for (const directive of selection.directives ?? []) {
        const value = directive.arguments?.find((argument) => argument.name.value === 'if')?.value;
        if (value?.kind === Kind.VARIABLE) names.add(value.name.value);
      }
      if ('selectionSet' in selection && selection.selectionSet) look(selection.selectionSet.selections);
    }
  };
  for (const definition of document.definitions)
    if ('selectionSet' in definition) look(definition.selectionSet.selections);
  return [...names];
}

class Compiler {
  readonly #schema: GraphQLSchema;
  readonly #fragments: ReturnType<typeof fragmentsOf>;
  readonly #variables: Record<string, unknown>;

  constructor(schema: GraphQLSchema, { document, definition }: Operation, variables: Variables) {
    this.#schema = schema;
    this.#fragments = fragmentsOf(document);
    this.#variables = { ...defaultsOf(definition), ...variables };
  }

  object(type: GraphQLObjectType, selectionSets: readonly SelectionSetNode[]): Project {
    const fields = [...this.#collect(type, selectionSets)].map(([key, nodes]) => this.#field(type, key, nodes));
    return (value) => {
      // Without a prototype, so that an alias like `__proto__` is a key like any other.
      const out: Record<string, unknown> = Object.create(null);
      for (const { key, project } of fields) {
        // A subgraph's object is plain JSON; `undefined` stands for what it left out.
        const picked = project((value as Record<string, unknown>)[key]);
        if (picked === misfit) return misfit;
        out[key] = picked;
      }
      return out;
    };
  }

  #field(type: GraphQLObjectType, key: string, nodes: readonly FieldNode[]): { key: string; project: Project } {
    const name = nodes[0]!.name.value;
    if (name === '__typename') return { key, project: () => type.name };
    return { key, project: this.#value(type.getFields()[name]!.type, nodes) };
  }

  #value(type: GraphQLOutputType, nodes: readonly FieldNode[]): Project {
    if (isNonNullType(type)) {
      const project = this.#value(type.ofType, nodes);
      return (value) => (value == null ? misfit : project(value));
    }
    const project = this.#nonNull(type, nodes);
    return (value) => (value == null ? null : project(value));
  }

  #nonNull(type: Exclude<GraphQLOutputType, { ofType: never }>, nodes: readonly FieldNode[]): Project {
    if (isLeafType(type)) return (value) => value;
    if (isListType(type)) return this.#list(this.#value(type.ofType, nodes));
    const selectionSets = nodes.map((node) => node.selectionSet!);
    if (isObjectType(type)) return this.object(type, selectionSets);
    return this.#abstract(selectionSets);
  }

  #list(project: Project): Project {
    return (value) => {
      if (!Array.isArray(value)) return misfit;
      const items = value.map(project);
      return items.includes(misfit) ? misfit : items;
    };
  }

  #abstract(selectionSets: readonly SelectionSetNode[]): Project {
    const byType = new Map<unknown, Project>();
    const compile = (typeName: unknown): Project => {
      const type = typeof typeName === 'string' ? this.#schema.getType(typeName) : undefined;
      return isObjectType(type) ? this.object(type, selectionSets) : () => misfit;
    };
    return (value) => {
      // The planner always asks for the type name of an abstract type.
      const { __typename } = value as { __typename?: unknown };
      let project = byType.get(__typename);
      if (!project) byType.set(__typename, (project = compile(__typename)));
      return project(value);
    };
  }

  /** The selected fields of a type by response name, in order. */
  #collect(
    type: GraphQLObjectType,
    selectionSets: readonly SelectionSetNode[],
    into = new Map<string, FieldNode[]>(),
  ): Map<string, FieldNode[]> {
    for (const selection of selectionSets.flatMap((set) => set.selections).filter((node) => this.#isIncluded(node))) {
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        into.set(key, [...(into.get(key) ?? []), selection]);
      } else {
        const { typeName, selectionSet } = fragmentBody(selection, this.#fragments);
        if (this.#applies(typeName, type)) this.#collect(type, [selectionSet], into);
      }
    }
    return into;
  }

  #applies(typeName: string | undefined, type: GraphQLObjectType): boolean {
    if (!typeName || typeName === type.name) return true;
    const condition = this.#schema.getType(typeName);
    return isAbstractType(condition) && this.#schema.isSubType(condition, type);
  }

  #isIncluded(node: SelectionNode): boolean {
    if (!node.directives?.length) return true;
    if (getDirectiveValues(GraphQLSkipDirective, node, this.#variables)?.if === true) return false;
    return getDirectiveValues(GraphQLIncludeDirective, node, this.#variables)?.if !== false;
  }
}

/** Defaults of the boolean variables; others do not decide what is selected. */
function defaultsOf(definition: OperationDefinitionNode): Record<string, boolean> {
  const entries = (definition.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
    defaultValue?.kind === Kind.BOOLEAN ? [[variable.name.value, defaultValue.value] as const] : [],
  );
  return Object.fromEntries(entries);
}
