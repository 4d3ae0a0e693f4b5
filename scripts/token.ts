/**
 * Prints a token as the shop would sign it, for trying out what customers, staff and operators may do:
 * `npm run --silent token -- --role staff --sub stf_sam --expires 1h`.
 */
import { parseArgs } from 'node:util';
import { isId } from '@supportgraph/kernel';
import { SignJWT } from 'jose';
import { environment, readConfig } from '../supergraph/src/config.js';
import { openSecrets } from '../supergraph/src/secrets.js';
import { Refusal, runCommand } from './command.js';

const usage = 'npm run --silent token -- --role customer|staff|operator --sub ID [--expires 30m|1h|7d]';
const roles = ['customer', 'staff', 'operator'] as const;
type Role = (typeof roles)[number];

interface Claims {
  role: Role;
  sub: string;
  expires: string;
}

function readClaims(args: readonly string[]): Claims {
  const { values } = parseArgs({
    args: [...args],
    options: { role: { type: 'string' }, sub: { type: 'string' }, expires: { type: 'string', default: '1h' } },
  });
  const role = roles.find((each) => each === values.role);
  if (!role) throw new Refusal(`--role must be one of ${roles.join(', ')}.\n${usage}`);
  if (!/^[1-9]\d{0,5}[smhd]$/.test(values.expires))
    throw new Refusal(`--expires must be a whole number and s, m, h or d, for example 30m.\n${usage}`);
  return { role, sub: subjectOf(role, values.sub), expires: values.expires };
}

/** An operator needs no name; the others are who their id says. */
function subjectOf(role: Role, sub: string | undefined): string {
  if (role === 'operator') return sub ?? 'operator';
  const [prefix, example] = role === 'customer' ? (['cus', 'cus_mara'] as const) : (['stf', 'stf_sam'] as const);
  if (sub && isId(prefix, sub)) return sub;
  throw new Refusal(
    `--sub must be the id of a ${role === 'customer' ? role : 'member of the staff'}, for example ${example}.\n${usage}`,
  );
}

await runCommand(async () => {
  const { role, sub, expires } = readClaims(process.argv.slice(2));
  const config = readConfig(environment(), []);
  const { jwtSecret } = await openSecrets(config);
  if (!jwtSecret)
    throw new Refusal(
      'AUTH_JWKS_URL is set: tokens are signed by whoever has the private key, which Supportgraph has not.',
    );
  const { issuer, audience } = config.auth;
  const token = new SignJWT({ role, ...(issuer && { iss: issuer }), ...(audience && { aud: audience }) })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(sub)
    .setIssuedAt()
    .setExpirationTime(expires);
  console.log(await token.sign(new TextEncoder().encode(jwtSecret)));
});
