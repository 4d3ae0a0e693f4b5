import type { ApiScope, Viewer } from '@supportgraph/kernel';
import { codedError } from '@supportgraph/subgraph';
import type { GraphQLError } from 'graphql';
import type { Operation } from '../execute/operation.js';

/*
 * What an API key needs for each field of Query, Mutation and Subscription: one of the scopes, or none. A key may use no
 * field that is not in this table, so a new one is closed to partners until somebody decides. The services check the
 * scopes again, and whose objects they are.
 */

const anyKey: readonly ApiScope[] = [];
const reading: readonly ApiScope[] = ['sessions:read', 'sessions:write'];
const talking: readonly ApiScope[] = ['sessions:write'];
const orders: readonly ApiScope[] = ['orders:read', 'orders:write'];
const changingOrders: readonly ApiScope[] = ['orders:write'];
const faqs: readonly ApiScope[] = ['faq:read'];

export const scopesOfRootFields: Readonly<Record<string, readonly ApiScope[]>> = {
  'Query.viewer': anyKey,
  'Query.node': anyKey,
  'Query.nodes': anyKey,

  'Query.session': reading,
  'Query.turn': reading,
  'Query.handoff': reading,
  'Query.ticket': reading,
  'Query.tickets': reading,
  'Mutation.startSession': talking,
  'Mutation.verifyCustomer': talking,
  'Mutation.createUpload': talking,
  'Mutation.rateMessage': talking,
  'Mutation.rateSession': talking,
  'Mutation.closeSession': talking,
  'Mutation.sendMessage': talking,
  'Mutation.cancelTurn': talking,
  'Mutation.retryTurn': talking,
  'Mutation.confirmAction': talking,
  'Mutation.declineAction': talking,
  'Mutation.setTyping': talking,
  'Mutation.requestHandoff': talking,
  'Mutation.openTicket': talking,
  'Mutation.addTicketComment': talking,
  'Mutation.startGuide': talking,
  'Mutation.answerGuideStep': talking,
  'Subscription.sessionEvents': reading,
  'Subscription.turnEvents': reading,

  'Query.faq': faqs,
  'Query.faqBySlug': faqs,
  'Query.faqs': faqs,
  'Query.searchFaqs': faqs,
  'Query.faqCategories': faqs,
  'Mutation.rateFaq': faqs,
  'Query.guide': faqs,
  'Query.searchGuides': faqs,
  'Query.incidents': faqs,

  'Query.shop': anyKey,
  'Query.product': anyKey,
  'Query.products': anyKey,
  'Query.order': orders,
  'Query.orderByNumber': orders,
  'Query.refund': orders,
  'Query.orderReturn': orders,
  'Query.orderExchange': orders,
  'Mutation.cancelOrder': changingOrders,
  'Mutation.updateOrderAddress': changingOrders,
  'Mutation.updateOrderItems': changingOrders,
  'Mutation.updateOrderPayment': changingOrders,
  'Mutation.updateCustomerAddress': changingOrders,
  'Mutation.requestReturn': changingOrders,
  'Mutation.requestExchange': changingOrders,
  'Mutation.requestRefund': changingOrders,
};

const rootField = /^(?:Query|Mutation|Subscription)\.[^.(]+$/;

/** Why an API key's scopes do not allow an operation; empty if they do, or the caller has no key. */
export function missingScopes({ fields }: Operation, { role, scopes }: Viewer): GraphQLError[] {
  if (role !== 'PARTNER') return [];
  const isAllowed = (needed: readonly ApiScope[] | undefined) =>
    needed !== undefined && (needed.length === 0 || needed.some((scope) => scopes.includes(scope)));
  const closed = [...fields].filter((field) => isAsked(field) && !isAllowed(scopesOfRootFields[field]));
  return closed.map((field) => codedError('FORBIDDEN', sentence(field)));
}

/** Introspection has a rule of its own. */
function isAsked(field: string): boolean {
  return rootField.test(field) && !field.includes('.__');
}

function sentence(field: string): string {
  const needed = scopesOfRootFields[field];
  const name = field.slice(field.indexOf('.') + 1);
  return needed
    ? `"${name}" needs an API key with the scope ${needed.join(' or ')}.`
    : `"${name}" is not open to API keys.`;
}
