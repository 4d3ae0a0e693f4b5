import type { CodegenConfig } from '@graphql-codegen/cli';
import { existsSync, readdirSync } from 'node:fs';

/** The events of a session's stream, and their interfaces. */
const events = [
  ...['SessionEvent', 'TurnEvent', 'TurnStarted', 'TurnRouted', 'PartStarted', 'TextDelta', 'ToolCallUpdated'],
  ...['PartCompleted', 'PartRemoved', 'TurnFinished', 'MessageAdded', 'SessionUpdated', 'HandoffUpdated'],
  ...['ActionUpdated', 'TypingChanged', 'StreamReset'],
];

/**
 * What a resolver's parent is where it is not the GraphQL type itself: for each subgraph, a type of the schema and
 * `path#TypeName`, the path seen from `src/generated/`. For example `orders: { Order: '../domain/order.js#Order' }`.
 */
const mappers: Record<string, Record<string, string>> = {
  sessions: {
    Viewer: '@supportgraph/kernel#Viewer as ViewerRecord',
    ApiClient: '../domain/apiClient.js#ApiClientRecord',
    AuditEvent: '@supportgraph/data#AuditRecord',
    Session: '@supportgraph/conversation#SessionRecord',
    Message: '@supportgraph/conversation#MessageRecord',
    TextPart: '@supportgraph/conversation#TextPart as TextPartRecord',
    OrderPart: '@supportgraph/conversation#OrderPart as OrderPartRecord',
    ActionPart: '@supportgraph/conversation#ActionPart as ActionPartRecord',
    Citation: '@supportgraph/conversation#Citation as CitationRecord',
    Customer: '../domain/node.js#Reference',
  },
  router: {
    Turn: '@supportgraph/conversation#TurnRecord',
    ToolCall: '@supportgraph/conversation#ToolCallRecord',
    ActionProposal: '@supportgraph/conversation#ProposalRecord',
    RoutingDecision: '@supportgraph/conversation#RoutingRecord',
    RoutePreview: '@supportgraph/conversation#Decision',
    Usage: '../domain/usage.js#UsageRecord',
    UsageReport: '../domain/usage.js#UsageWish',
    CostForecast: '../domain/forecast.js#Forecast',
    Budget: '../domain/budget.js#BudgetRecord',
    Money: '../domain/usd.js#NanoUsd',
    Session: '../domain/reference.js#Reference',
    Message: '../domain/reference.js#Reference',
    ...Object.fromEntries(events.map((event) => [event, '../events.js#ShownEvent'])),
  },
  handoff: {
    Handoff: '@supportgraph/conversation#HandoffRecord',
    Session: '../context.js#Reference',
  },
  refunds: {
    Customer: '../context.js#Reference',
    Order: '@supportgraph/commerce#Order as OrderRecord',
    Refund: '@supportgraph/commerce#Refund as RefundRecord',
    OrderReturn: '@supportgraph/commerce#OrderReturn as ReturnRecord',
    OrderExchange: '@supportgraph/commerce#OrderExchange as ExchangeRecord',
    ExchangeLine: '@supportgraph/commerce#ExchangeLine as ExchangeLineRecord',
    ReturnEligibility: '@supportgraph/commerce#ReturnEligibility as ReturnEligibilityRecord',
    ReturnWindowError: '@supportgraph/subgraph#ShownUserError',
    RefundEligibility: '@supportgraph/commerce#RefundEligibility as RefundEligibilityRecord',
    Money: 'number',
  },
  faq: {
    Faq: '../domain/faq.js#FaqRecord',
    FaqCategory: '../domain/faq.js#FaqCategoryRecord',
  },
  orders: {
    Customer: '@supportgraph/commerce#Customer as CustomerRecord',
    Product: '@supportgraph/commerce#Product as ProductRecord',
    ProductVariant: '@supportgraph/commerce#Variant',
    Order: '@supportgraph/commerce#Order as OrderRecord',
    OrderItem: '@supportgraph/commerce#OrderItem as OrderItemRecord',
    OrderTransaction: '@supportgraph/commerce#Transaction',
    PaymentMethod: '@supportgraph/commerce#PaymentMethod as PaymentMethodRecord',
    CreditCard: '../domain/paymentMethod.js#CreditCardRecord',
    PaypalAccount: '../domain/paymentMethod.js#PaypalRecord',
    GiftCard: '../domain/paymentMethod.js#GiftCardRecord',
    PriceChange: '@supportgraph/commerce#PriceChange as PriceChangeRecord',
    Shop: '@supportgraph/commerce#Shop as ShopRecord',
    Money: 'number',
    OrderStateError: '@supportgraph/subgraph#ShownUserError',
    InsufficientBalanceError: '@supportgraph/subgraph#ShownUserError',
  },
  techsupport: {
    Guide: '../domain/guide.js#GuideRecord',
    GuideStep: '../domain/guide.js#GuideStepRecord',
    GuideChoice: '../domain/guide.js#GuideChoiceRecord',
  },
};

/** Every payload shows user errors by `showUserError`. */
const userErrors = {
  UserError: '@supportgraph/subgraph#ShownUserError',
  InputError: '@supportgraph/subgraph#ShownUserError',
};

/** Own scalars are texts on the wire; dates may be given as `Date` by resolvers and are written as RFC 3339. */
const scalars = {
  ID: 'string',
  DateTime: { input: 'Date', output: 'Date | string' },
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
          mappers: { ...userErrors, ...mappers[name] },
          avoidOptionals: { defaultValue: true },
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
