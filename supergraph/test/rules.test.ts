import { type GraphQLObjectType, isObjectType, parse, validateSchema } from 'graphql';
import { describe, expect, test } from 'vitest';
import supergraphSdl from '../schema.graphql';
import { openPlanner } from '../src/execute/planner.js';
import { contractNames, makeContracts, readTags } from '../src/guard/contracts.js';
import { scopesOfRootFields } from '../src/guard/scopes.js';

const { schema } = openPlanner(supergraphSdl);
const tags = readTags(parse(supergraphSdl, { noLocation: true }));
const contracts = makeContracts(supergraphSdl, schema);
const objects = Object.values(schema.getTypeMap()).filter(
  (type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith('__'),
);
const roots = ['Query', 'Mutation', 'Subscription'];
const words = (text: string) => text.trim().split(/\s+/);

/** Who sees an object that has no tag. A type that stands nowhere here and has no tag is one that nobody has thought of. */
const seenBy: Readonly<Record<string, readonly string[]>> = {
  everybody: words(`
    Faq FaqCategory FaqConnection FaqEdge FaqHit Guide GuideChoice GuideHit GuideStep Incident Shop BusinessDays
    BusinessHours BusinessSpan Team Product ProductConnection ProductEdge ProductOption ProductVariant`),
  'who sees the session': words(`
    Session SessionConnection SessionEdge SessionRating Message MessageConnection MessageEdge MessageAuthor TextPart
    OrderPart ActionPart AttachmentPart Attachment Citation Turn TurnConnection TurnEdge TurnFailure TurnRoute ToolCall
    ActionProposal ActionLine Handoff Ticket TicketComment TicketConnection TicketEdge GuideRun StaffMember TurnStarted
    TurnRouted PartStarted TextDelta ToolCallUpdated ActionUpdated PartCompleted PartRemoved TurnFinished MessageAdded
    SessionUpdated HandoffUpdated TypingChanged StreamReset`),
  'the customer, and who sees one of their sessions': words(`
    Customer Address Order OrderConnection OrderEdge OrderItem OrderTransaction Fulfillment CreditCard GiftCard
    PaypalAccount ItemChangePreview PriceChange Refund RefundConnection RefundEdge RefundEligibility OrderReturn
    OrderReturnLine ReturnLine OrderExchange ExchangeLine ReturnEligibility`),
  'the caller, as it is about them': words('Viewer ApiClient'),
  'who may see what it is a part of': words('Money PageInfo InputError HttpHeader'),
};
/** Types of user errors: they tell the caller about the caller's own wish. */
const isError = (type: GraphQLObjectType) => type.getInterfaces().some(({ name }) => name === 'UserError');
/** What a mutation answers: whoever may call it. */
const isPayload = ({ name }: GraphQLObjectType) => name.endsWith('Payload');

test('every field of Query, Mutation and Subscription has a tag, or says what an API key needs for it', () => {
  const fields = roots.flatMap((root) =>
    Object.keys(objects.find(({ name }) => name === root)!.getFields()).map((field) => `${root}.${field}`),
  );
  const withoutRule = fields.filter((field) => !tags.has(field) && !(field in scopesOfRootFields));
  expect(withoutRule).toEqual([]);
  expect(fields.filter((field) => tags.has(field) && field in scopesOfRootFields)).toEqual([]);
});

test('every other field has a tag, or belongs to a type of which it is written down who sees it', () => {
  const known = new Set(Object.values(seenBy).flat());
  const withoutRule = objects
    .filter((type) => !roots.includes(type.name) && !tags.has(type.name) && !known.has(type.name))
    .filter((type) => !isError(type) && !isPayload(type))
    .flatMap((type) => Object.keys(type.getFields()).map((field) => `${type.name}.${field}`))
    .filter((field) => !tags.has(field));
  expect(withoutRule).toEqual([]);
});

describe.each(contractNames)('the contract %s', (name) => {
  test('is a valid schema', () => {
    expect(validateSchema(contracts[name])).toEqual([]);
  });

  test('has nothing that its tags keep from it', () => {
    const shown = contracts[name];
    const leaks = [...tags]
      .filter(([, having]) => !having.includes(name))
      .filter(([coordinate]) => {
        const [typeName = '', member, argument] = coordinate.split('.');
        const type = shown.getType(typeName);
        if (!member || !type) return type !== undefined;
        if ('getFields' in type) {
          const field = type.getFields()[member];
          if (!argument) return field !== undefined;
          return field && 'args' in field && field.args.some((each) => each.name === argument);
        }
        return 'getValues' in type && type.getValues().some((value) => value.name === member);
      });
    expect(leaks).toEqual([]);
  });
});

test('operators know of everything', () => {
  expect(Object.keys(contracts.operator.getTypeMap()).sort()).toEqual(Object.keys(schema.getTypeMap()).sort());
});
