import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isListType,
  isNonNullType,
  isTypeDefinitionNode,
  Kind,
  parse,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { fragmentBody, fragmentsOf, type Operation, type Variables } from '../execute/operation.js';

/*
 * What an operation costs, by the schema's own `@cost` and `@listSize`. A field costs its weight once (a mutation 10 if it
 * says nothing), and for each object that it may give 1 and what is selected on it. It is compiled once per operation to
 * a number, or to a function of the variables where a page's size depends on them.
 */

/** A number, or how it follows from the variables. */
type Amount = number | ((variables: Variables) => number);

/** What is known of prices from the schema. */
export interface Prices {
  price(operation: Operation): Price;
}

/** What one operation costs. */
export interface Price {
  /** The most that it can cost. */
  estimate(variables: Variables): number;
  /** What its answer did cost. */
  actual(data: unknown): number;
  /** The largest page it asks for; 0 if it asks for none. */
  largestPage(variables: Variables): number;
  /** How many fields it has that wait on purpose, list items counted. */
  waits(variables: Variables): number;
  /** Messages that it sends. */
  messages: number;
}

interface ListRule {
  assumedSize: number | undefined;
  slicing: readonly string[];
  sized: readonly string[];
}

const usualListSize = 10;
const mutationWeight = 10;
const sendMessage = 'Mutation.sendMessage';

export interface PricesOptions {
  supergraphSdl: string;
  schema: GraphQLSchema;
  /** Fields that wait on purpose, as `Type.field`. */
  waitingFields: readonly string[];
}

/** Reads the prices of a supergraph. */
export function openPrices({ supergraphSdl, schema, waitingFields }: PricesOptions): Prices {
  const { weights, lists } = readRules(parse(supergraphSdl, { noLocation: true }));
  const cost: Weights = {
    field: (coordinate) => weights.get(coordinate) ?? (coordinate.startsWith('Mutation.') ? mutationWeight : 0),
    object: (typeName) => weights.get(typeName) ?? 1,
  };
  const waiting: Weights = { field: (coordinate) => (waitingFields.includes(coordinate) ? 1 : 0), object: () => 0 };

  return {
    price(operation) {
      const compiler = new Compiler(schema, lists, operation);
      const estimate = compiler.amount(cost);
      const waits = compiler.amount(waiting);
      const pages = compiler.pages();
      return {
        estimate: (variables) => at(estimate, variables),
        actual: compiler.actual(cost),
        largestPage: (variables) => Math.max(0, ...pages.map((page) => at(page, variables))),
        waits: (variables) => at(waits, variables),
        messages: operation.fields.has(sendMessage) ? compiler.rootCount('sendMessage') : 0,
      };
    },
  };
}

/** What a field and an object count. */
interface Weights {
  field(coordinate: string): number;
  object(typeName: string): number;
}

function at(amount: Amount, variables: Variables): number {
  return typeof amount === 'number' ? amount : amount(variables);
}

function sum(amounts: readonly Amount[]): Amount {
  const open = amounts.filter((amount) => typeof amount === 'function');
  const fixed = amounts.reduce<number>((total, amount) => (typeof amount === 'number' ? total + amount : total), 0);
  if (!open.length) return fixed;
  return (variables) => open.reduce((total, amount) => total + amount(variables), fixed);
}

function times(a: Amount, b: Amount): Amount {
  if (typeof a === 'number' && typeof b === 'number') return a * b;
  return (variables) => at(a, variables) * at(b, variables);
}

/** Walks the selections of one operation, which was validated and measured before. */
class Compiler {
  readonly #schema: GraphQLSchema;
  readonly #lists: ReadonlyMap<string, ListRule>;
  readonly #operation: Operation;
  readonly #fragments: ReturnType<typeof fragmentsOf>;

  constructor(schema: GraphQLSchema, lists: ReadonlyMap<string, ListRule>, operation: Operation) {
    this.#schema = schema;
    this.#lists = lists;
    this.#operation = operation;
    this.#fragments = fragmentsOf(operation.document);
  }

  get #root() {
    const { operation, selectionSet } = this.#operation.definition;
    return { type: this.#schema.getRootType(operation)!, selectionSet };
  }

  amount(weights: Weights): Amount {
    const ofSelections = (parent: GraphQLNamedType, selectionSet: SelectionSetNode, sizes: Sizes): Amount =>
      sum(
        this.#fields(parent, selectionSet).map(({ node, coordinate, field }) => {
          const type = getNamedType(field.type);
          const inherited = sizes.get(node.name.value);
          const { size, ofChildren } = this.#sizesOf(node, coordinate, field, inherited);
          const inner = node.selectionSet ? ofSelections(type, node.selectionSet, ofChildren) : 0;
          const object = isCompositeType(type) ? weights.object(type.name) : 0;
          return sum([weights.field(coordinate), times(size, sum([object, inner]))]);
        }),
      );
    return ofSelections(this.#root.type, this.#root.selectionSet, noSizes);
  }

  /** The same as {@link amount}, of the objects that an answer really has. */
  actual(weights: Weights): (data: unknown) => number {
    type Measure = (object: Readonly<Record<string, unknown>>) => number;
    const ofSelections = (parent: GraphQLNamedType, selectionSet: SelectionSetNode): Measure => {
      const parts = this.#fields(parent, selectionSet).map(({ node, coordinate, field }) => {
        const type = getNamedType(field.type);
        const inner = node.selectionSet && ofSelections(type, node.selectionSet);
        const own = weights.field(coordinate);
        if (!inner && !own) return null;
        const object = weights.object(type.name);
        const ofValue = (value: unknown): number => {
          if (value === null || typeof value !== 'object') return 0;
          if (Array.isArray(value)) return value.reduce<number>((total, item) => total + ofValue(item), 0);
          // Neither null nor a list, so a record of the answer.
          return inner ? object + inner(value as Readonly<Record<string, unknown>>) : 0;
        };
        const key = node.alias?.value ?? node.name.value;
        return (record: Readonly<Record<string, unknown>>) => {
          const value = record[key];
          return value === undefined ? 0 : own + ofValue(value);
        };
      });
      const counting = parts.filter((part) => part !== null);
      return (record) => counting.reduce((total, part) => total + part(record), 0);
    };
    const measure = ofSelections(this.#root.type, this.#root.selectionSet);
    // The data of an answer is a record.
    return (data) => (data ? measure(data as Readonly<Record<string, unknown>>) : 0);
  }

  /** The sizes of all pages that are asked for by an argument. */
  pages(): Amount[] {
    const ofSelections = (parent: GraphQLNamedType, selectionSet: SelectionSetNode): Amount[] =>
      this.#fields(parent, selectionSet).flatMap(({ node, coordinate, field }) => [
        ...(this.#pageOf(node, coordinate, field) ?? []),
        ...(node.selectionSet ? ofSelections(getNamedType(field.type), node.selectionSet) : []),
      ]);
    return ofSelections(this.#root.type, this.#root.selectionSet);
  }

  rootCount(name: string): number {
    return this.#fields(this.#root.type, this.#root.selectionSet).filter(({ node }) => node.name.value === name).length;
  }

  /** The fields of a selection, its fragments unfolded; introspection is free. */
  #fields(parent: GraphQLNamedType, { selections }: SelectionSetNode): SelectedField[] {
    return selections.flatMap((selection) => {
      if (selection.kind !== Kind.FIELD) {
        const { typeName, selectionSet } = fragmentBody(selection, this.#fragments);
        return this.#fields(typeName ? this.#schema.getType(typeName)! : parent, selectionSet);
      }
      const field = 'getFields' in parent ? parent.getFields()[selection.name.value] : undefined;
      if (!field || !('args' in field)) return [];
      return [{ node: selection, coordinate: `${parent.name}.${field.name}`, field }];
    });
  }

  /** How many objects a field gives, and how many the fields on it that `sizedFields` names. */
  #sizesOf(
    node: FieldNode,
    coordinate: string,
    field: GraphQLField<unknown, unknown>,
    inherited: Amount | undefined,
  ): { size: Amount; ofChildren: Sizes } {
    const rule = this.#lists.get(coordinate);
    const asked = rule && this.#askedFor(node, field, rule);
    const ofChildren: Sizes = rule?.sized.length && asked !== undefined ? sizesOf(rule.sized, asked) : noSizes;
    if (!isList(field.type)) return { size: 1, ofChildren };
    return { size: inherited ?? (rule?.sized.length ? undefined : asked) ?? usualListSize, ofChildren };
  }

  #askedFor(node: FieldNode, field: GraphQLField<unknown, unknown>, rule: ListRule): Amount {
    const given = rule.slicing.map((name) => this.#argument(node, field, name)).filter((amount) => amount !== null);
    const usual = rule.assumedSize ?? usualListSize;
    if (!given.length) return usual;
    if (given.every((value) => typeof value === 'number')) return Math.max(0, ...given);
    return (variables) => {
      const sizes = given.map((value) => at(value, variables)).filter((size) => size >= 0);
      return sizes.length ? Math.max(...sizes) : usual;
    };
  }

  #pageOf(node: FieldNode, coordinate: string, field: GraphQLField<unknown, unknown>): Amount[] {
    const names = this.#lists.get(coordinate)?.slicing ?? [];
    return names.map((name) => this.#argument(node, field, name)).filter((amount) => amount !== null);
  }

  /** The value of a slicing argument; null if it is not given, -1 if a variable is not. */
  #argument(node: FieldNode, field: GraphQLField<unknown, unknown>, name: string): Amount | null {
    const value = node.arguments?.find((argument) => argument.name.value === name)?.value;
    const usual = field.args.find((argument) => argument.name === name)?.defaultValue;
    if (!value) return typeof usual === 'number' ? usual : null;
    if (value.kind !== Kind.VARIABLE) return numberOf(value);
    const variable = value.name.value;
    const definitions = this.#operation.definition.variableDefinitions ?? [];
    const ofVariable = definitions.find((each) => each.variable.name.value === variable)?.defaultValue;
    const otherwise = (ofVariable && numberOf(ofVariable)) ?? (typeof usual === 'number' ? usual : -1);
    return (variables) => {
      const given = Object.hasOwn(variables, variable) ? variables[variable] : undefined;
      if (given === undefined) return otherwise;
      return typeof given === 'number' ? given : -1;
    };
  }
}

interface SelectedField {
  node: FieldNode;
  coordinate: string;
  field: GraphQLField<unknown, unknown>;
}

/** How many items the lists on an object have, by field. */
type Sizes = ReadonlyMap<string, Amount>;
const noSizes: Sizes = new Map();

function sizesOf(fields: readonly string[], size: Amount): Sizes {
  return new Map(fields.map((field) => [field, size]));
}

function isList(type: GraphQLOutputType): boolean {
  return isListType(isNonNullType(type) ? type.ofType : type);
}

function numberOf(value: ValueNode): number | null {
  return value.kind === Kind.INT ? Number(value.value) : null;
}

/** Weights of `Type` and `Type.field`, and what is said of the lists of `Type.field`. */
function readRules(supergraph: DocumentNode): { weights: Map<string, number>; lists: Map<string, ListRule> } {
  const weights = new Map<string, number>();
  const lists = new Map<string, ListRule>();
  const note = (coordinate: string, { directives = [] }: { directives?: readonly ConstDirectiveNode[] }) => {
    for (const directive of directives) {
      const argument = (name: string) => directive.arguments?.find((each) => each.name.value === name)?.value;
      if (directive.name.value === 'cost') weights.set(coordinate, numberIn(argument('weight')) ?? 1);
      if (directive.name.value !== 'listSize') continue;
      const texts = (name: string) => textsIn(argument(name));
      lists.set(coordinate, {
        assumedSize: numberIn(argument('assumedSize')),
        slicing: texts('slicingArguments'),
        sized: texts('sizedFields'),
      });
    }
  };
  for (const type of supergraph.definitions.filter(isTypeDefinitionNode)) {
    note(type.name.value, type);
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION && type.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    for (const field of type.fields ?? []) note(`${type.name.value}.${field.name.value}`, field);
  }
  return { weights, lists };
}

function numberIn(value: ValueNode | undefined): number | undefined {
  return value?.kind === Kind.INT ? Number(value.value) : undefined;
}

function textsIn(value: ValueNode | undefined): string[] {
  if (value?.kind !== Kind.LIST) return [];
  return value.values.flatMap((item) => (item.kind === Kind.STRING ? item.value : []));
}
