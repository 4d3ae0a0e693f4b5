/**
 * What records of others keep of a session, inside a bigger statement of theirs: a `SELECT` of its `channel`,
 * `customer_id` and `api_client_id`, with no row if there is no such session. `id` is SQL too.
 */
export function sessionSql(id: string): string {
  return `SELECT s.channel, s.customer_id, s.api_client_id FROM conversation.sessions s WHERE s.id = ${id}`;
}
