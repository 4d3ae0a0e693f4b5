import { emailKey, nameKey } from '../domain/customer.js';
import { amountOf, once } from './importing.js';
import type { ImportContext, Placed } from './importShop.js';
import type { CustomerRecord } from './records.js';
import { refuse } from './refusal.js';

/**
 * Writes customers and their ways to pay; those that are there already are updated, gift cards to the balance that the
 * file says. A way to pay that the record no longer has is taken off file, as old transactions still name it.
 */
export async function importCustomers(
  context: ImportContext,
  placed: readonly Placed<CustomerRecord>[],
): Promise<void> {
  const customers = placed.map((each) => customerRow(context, each));
  const methods = placed.flatMap((each) => methodRows(context, each));
  await refuseTaken(context, placed, methods);
  const { tx, now } = context;
  await tx.$executeRaw`
    INSERT INTO commerce.customers (id, email, email_key, first_name, last_name, name_key, search_text,
      line1, line2, city, region, postcode, country_code, created_at, updated_at)
    SELECT id, email, email_key, first_name, last_name, name_key, search_text,
      line1, line2, city, region, postcode, country_code, COALESCE(created_at, ${now}), ${now}
    FROM jsonb_to_recordset(${JSON.stringify(customers)}::jsonb) AS record (id text, email text, email_key text,
      first_name text, last_name text, name_key text, search_text text, line1 text, line2 text, city text, region text,
      postcode text, country_code text, created_at timestamptz)
    ON CONFLICT (id) DO UPDATE SET email = EXCLUDED.email, email_key = EXCLUDED.email_key,
      first_name = EXCLUDED.first_name, last_name = EXCLUDED.last_name, name_key = EXCLUDED.name_key,
      search_text = EXCLUDED.search_text, line1 = EXCLUDED.line1, line2 = EXCLUDED.line2, city = EXCLUDED.city,
      region = EXCLUDED.region, postcode = EXCLUDED.postcode, country_code = EXCLUDED.country_code,
      updated_at = EXCLUDED.updated_at`;
  // In the order of their ids, as everybody who locks several gift cards does.
  await tx.$executeRaw`
    INSERT INTO commerce.payment_methods (id, customer_id, kind, brand, last_four, balance, position, is_on_file)
    SELECT id, customer_id, kind::commerce.payment_method_kind, brand, last_four, balance, position, is_on_file
    FROM jsonb_to_recordset(${JSON.stringify(methods)}::jsonb) AS record (id text, customer_id text, kind text,
      brand text, last_four text, balance bigint, position int, is_on_file boolean)
    ORDER BY id
    ON CONFLICT (id) DO UPDATE SET brand = EXCLUDED.brand, last_four = EXCLUDED.last_four, balance = EXCLUDED.balance,
      position = EXCLUDED.position, is_on_file = EXCLUDED.is_on_file`;
  await tx.paymentMethod.updateMany({
    where: { customerId: { in: customers.map(({ id }) => id) }, id: { notIn: methods.map(({ id }) => id) } },
    data: { isOnFile: false },
  });
}

function customerRow(context: ImportContext, { path, record }: Placed<CustomerRecord>) {
  const { id, email, firstName, lastName, address, createdAt } = record;
  once(context, 'customer', id, [...path, 'id']);
  once(context, 'email', emailKey(email), [...path, 'email']);
  const { countryCode, ...rest } = address;
  return {
    ...{ id: `cus_${id}`, email, email_key: emailKey(email), first_name: firstName, last_name: lastName },
    ...{ name_key: nameKey(firstName, lastName), search_text: `${firstName} ${lastName} ${email}`.toLowerCase() },
    ...{ ...rest, country_code: countryCode, created_at: createdAt ?? null },
  };
}

function methodRows(context: ImportContext, { path, record }: Placed<CustomerRecord>) {
  return record.paymentMethods.map((method, position) => {
    const at = [...path, 'paymentMethods', position];
    once(context, 'paymentMethod', method.id, [...at, 'id']);
    return {
      ...{ id: `pay_${method.id}`, customer_id: `cus_${record.id}`, kind: method.kind, is_on_file: method.onFile },
      ...{ position, at },
      brand: method.kind === 'CREDIT_CARD' ? method.brand : null,
      last_four: method.kind === 'CREDIT_CARD' ? method.lastFour : null,
      balance: method.kind === 'GIFT_CARD' ? amountOf(context, [...at, 'balance'], method.balance) : null,
    };
  });
}

/** Refuses an e-mail address of somebody else, and a way to pay of somebody else or of another kind. */
async function refuseTaken(
  { tx }: ImportContext,
  placed: readonly Placed<CustomerRecord>[],
  methods: readonly ReturnType<typeof methodRows>[number][],
): Promise<void> {
  const emails = placed.map(({ record }) => emailKey(record.email));
  const owners = await tx.customer.findMany({
    where: { emailKey: { in: emails } },
    select: { id: true, emailKey: true },
  });
  const ownerOf = new Map(owners.map((owner) => [owner.emailKey, owner.id]));
  for (const { path, record } of placed) {
    const owner = ownerOf.get(emailKey(record.email));
    if (owner && owner !== `cus_${record.id}`) refuse([...path, 'email'], 'belongs to another customer');
  }
  const ids = methods.map(({ id }) => id);
  const known = new Map(
    (await tx.paymentMethod.findMany({ where: { id: { in: ids } } })).map((method) => [method.id, method]),
  );
  for (const { id, customer_id, kind, at } of methods) {
    const there = known.get(id);
    if (there && (there.customerId !== customer_id || there.kind !== kind))
      refuse([...at, 'id'], 'is a payment method of another customer or kind');
  }
}
