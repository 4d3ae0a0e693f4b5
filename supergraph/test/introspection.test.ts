import { expect, test } from 'vitest';
import { type OpenGateway, openGateway, token } from './shop.js';

const query = `{
  __schema { types { name fields { name } } }
  audit: __type(name: "Audit") { name }
}`;

interface Told {
  __schema: { types: { name: string; fields: { name: string }[] | null }[] };
  audit: { name: string } | null;
}

/** What somebody is told: the names of types, and of their fields as `Type.field`. */
async function told({ post }: OpenGateway, headers: Record<string, string>): Promise<{ names: string[]; of: Told }> {
  const { body } = await post({ query }, headers);
  // As the query above asks.
  const of = body.data as unknown as Told;
  const names = of.__schema.types.flatMap(({ name, fields }) => [name, ...(fields ?? []).map((field) => `${name}.${field.name}`)]); // prettier-ignore
  return { names, of };
}

const bearer = async (role: string, sub: string) => ({ authorization: `Bearer ${await token(role, sub)}` });
const forStaff = ['Audit', 'Audit.by', 'Session.audit', 'Query.notes'];

test('introspection tells nobody and customers nothing of what is for staff', async () => {
  const shop = await openGateway({ introspection: true });
  for (const headers of [{}, await bearer('customer', 'cus_ann')]) {
    const { names, of } = await told(shop, headers);
    expect(names).toContain('Query.session');
    expect(names.filter((name) => [...forStaff, 'Turn.cost'].includes(name))).toEqual([]);
    expect(of.audit).toBeNull();
  }
});

test('introspection tells staff and operators what is for them, whoever asked the same before', async () => {
  const shop = await openGateway({ introspection: true });
  await told(shop, {});
  const staff = await told(shop, await bearer('staff', 'stf_sam'));
  expect(staff.names).toEqual(expect.arrayContaining(forStaff));
  expect(staff.names).not.toContain('Turn.cost');
  expect(staff.of.audit).toEqual({ name: 'Audit' });
  const operator = await told(shop, await bearer('operator', 'stf_olga'));
  expect(operator.names).toEqual(expect.arrayContaining([...forStaff, 'Turn.cost']));
});

test('introspection beside other fields tells as little, over server-sent events too', async () => {
  const { url } = await openGateway({ introspection: true });
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query: '{ me { role } __type(name: "Query") { fields { name } } }' }),
  });
  const text = await response.text();
  expect(text).toContain('{"role":"ANONYMOUS"}');
  expect(text).toContain('"session"');
  expect(text).not.toContain('"notes"');
});
