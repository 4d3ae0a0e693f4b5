import type { GraphQLResponse } from '@supportgraph/subgraph';
import {
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { fragmentBody, fragmentsOf, type Operation } from './operation.js';

/*
 * A consumer who lags gets fewer, longer deltas: adjacent `TextDelta`s of one part become one. It has the `seq` and
 * `cursor` of the last and the `firstSeq` and `offset` of the first, so that a client sees neither a hole nor a repeat.
 * Deltas of two parts that take turns stay as they are: joining them would change the order of the events.
 */

/** Text of one joined delta, in UTF-16 code units: a bound on the memory that one consumer can hold. */
const maxJoinedText = 16_384;

type Event = Record<string, unknown>;

/** Under which name each field of an event is found in the subgraph's answer. */
interface EventNames {
  root: string;
  cursor: string | undefined;
  seq: string | undefined;
  firstSeq: string | undefined;
  partId: string | undefined;
  offset: string | undefined;
  text: string | undefined;
}

/** What the gateway must understand of a subscription's events. */
export interface EventReader {
  /** One event for two, or null if they cannot be joined. */
  join(last: GraphQLResponse, next: GraphQLResponse): GraphQLResponse | null;
  /** Where to go on after this event, if the client asked for that. */
  cursor(event: GraphQLResponse | undefined): string | null;
}

/** Reads the events of one subscription as its selection names them. */
export function eventReader(schema: GraphQLSchema, operation: Operation): EventReader {
  const names = namesOf(schema, operation);
  const eventOf = (response: GraphQLResponse | undefined) => response?.data?.[names.root] as Event | null | undefined;
  return {
    cursor(response) {
      const cursor = names.cursor && eventOf(response)?.[names.cursor];
      return typeof cursor === 'string' ? cursor : null;
    },
    join(last, next) {
      const [a, b] = [eventOf(last), eventOf(next)];
      if (!a || !b || last.errors || next.errors) return null;
      const joined = joinDeltas(names, a, b);
      return joined && { data: { [names.root]: joined } };
    },
  };
}

function joinDeltas({ seq, firstSeq, partId, offset, text }: EventNames, a: Event, b: Event): Event | null {
  // Without part, offset and text two deltas cannot be told to be adjacent; without `firstSeq` a joined one looks like a hole.
  if (!partId || !offset || !text || (seq && !firstSeq)) return null;
  const [before, after] = [a[text], b[text]];
  if (a.__typename !== 'TextDelta' || b.__typename !== 'TextDelta' || a[partId] !== b[partId]) return null;
  if (typeof before !== 'string' || typeof after !== 'string') return null;
  if (before.length + after.length > maxJoinedText || b[offset] !== Number(a[offset]) + before.length) return null;
  return { ...b, [text]: before + after, [offset]: a[offset], ...(firstSeq && { [firstSeq]: a[firstSeq] }) };
}

function namesOf(schema: GraphQLSchema, { document, definition }: Operation): EventNames {
  const fragments = fragmentsOf(document);
  const delta = schema.getType('TextDelta');
  const names = new Map<string, string>();
  const applies = (typeName: string | undefined, type: GraphQLObjectType) => {
    const condition = typeName && schema.getType(typeName);
    return !condition || condition === type || (isAbstractType(condition) && schema.isSubType(condition, type));
  };
  const collect = ({ selections }: SelectionSetNode, type: GraphQLObjectType | null): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD)
        names.set(selection.name.value, selection.alias?.value ?? selection.name.value);
      else {
        const { typeName, selectionSet } = fragmentBody(selection, fragments);
        if (!type || applies(typeName, type)) collect(selectionSet, type);
      }
    }
  };
  const root = rootField(definition.selectionSet, fragments);
  if (root?.selectionSet) collect(root.selectionSet, isObjectType(delta) ? delta : null);
  return {
    root: root?.alias?.value ?? root?.name.value ?? '',
    cursor: names.get('cursor'),
    seq: names.get('seq'),
    firstSeq: names.get('firstSeq'),
    partId: names.get('partId'),
    offset: names.get('offset'),
    text: names.get('text'),
  };
}

/** The one root field of a subscription, be it in a fragment. */
function rootField(
  { selections }: SelectionSetNode,
  fragments: ReturnType<typeof fragmentsOf>,
): Extract<SelectionSetNode['selections'][number], { kind: Kind.FIELD }> | undefined {
  for (const selection of selections) {
    const field =
      selection.kind === Kind.FIELD ? selection : rootField(fragmentBody(selection, fragments).selectionSet, fragments);
    if (field) return field;
  }
  return undefined;
}
