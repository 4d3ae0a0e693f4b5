import { isId, type Viewer } from '@supportgraph/kernel';
import { visibilityValues, visibleWhere } from '../access.js';
import type { Deps } from '../deps.js';

const known = `
  SELECT customer.id FROM unnest($1::text[]) customer(id)
    WHERE EXISTS (SELECT FROM conversation.sessions s WHERE s.customer_id = customer.id AND ${visibleWhere(2)})`;

/** Of these customers those who were verified or asserted in a session that the viewer may see. */
export async function customersKnown({ db }: Deps, viewer: Viewer, customerIds: readonly string[]): Promise<string[]> {
  const asked = customerIds.filter((id) => isId('cus', id));
  if (asked.length === 0) return [];
  const values = [asked, ...visibilityValues(viewer)];
  const rows = await db.query<{ id: string }>(known, values, 'conversation-customers-known');
  return rows.map(({ id }) => id);
}
