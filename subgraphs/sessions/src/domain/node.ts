import { idPrefix, type IdPrefix } from '@supportgraph/kernel';

/** The types that `Query.node` fetches, by the prefix of their ids. */
const nodeTypes = {
  ses: 'Session',
  msg: 'Message',
  trn: 'Turn',
  tlc: 'ToolCall',
  prp: 'ActionProposal',
  hof: 'Handoff',
  api: 'ApiClient',
  aud: 'AuditEvent',
  cus: 'Customer',
  ord: 'Order',
  prd: 'Product',
  ref: 'Refund',
  ret: 'OrderReturn',
  exc: 'OrderExchange',
  faq: 'Faq',
  gde: 'Guide',
} as const satisfies Partial<Record<IdPrefix, string>>;

export type NodeType = (typeof nodeTypes)[keyof typeof nodeTypes];

/** A reference to an object, by its type and id. */
export interface Reference<Type extends NodeType = NodeType> {
  __typename: Type;
  id: string;
}

/** What an id refers to; null if it is malformed or of a kind that cannot be fetched. */
export function nodeOf(id: string): Reference | null {
  const prefix = idPrefix(id);
  return prefix && prefix in nodeTypes ? { __typename: nodeTypes[prefix as keyof typeof nodeTypes], id } : null;
}
