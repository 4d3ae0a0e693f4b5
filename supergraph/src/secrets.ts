import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Config } from './config.js';

export interface Secrets {
  /** Shared by the gateway and the subgraphs. */
  internalSecret: string;
  /** Makes the tokens of visitors. */
  sessionSecret: string;
  /** Verifies the merchant's tokens; undefined if public keys do. */
  jwtSecret: string | undefined;
}

const kept = z.object({ internalSecret: z.string(), sessionSecret: z.string(), jwtSecret: z.string() }).partial();
type Kept = z.infer<typeof kept>;

/** The secrets that were given, and for those that were not, ones made once and kept in `DATA_DIR`, for its owner only. */
export async function openSecrets({ dataDir, internalSecret, sessionSecret, auth }: Config): Promise<Secrets> {
  const jwtSecret = auth.jwtSecret;
  if (internalSecret && sessionSecret && (jwtSecret || auth.jwksUrl))
    return { internalSecret, sessionSecret, jwtSecret };
  const own = await keptSecrets(dataDir);
  return {
    internalSecret: internalSecret ?? own.internalSecret,
    sessionSecret: sessionSecret ?? own.sessionSecret,
    jwtSecret: jwtSecret ?? (auth.jwksUrl ? undefined : own.jwtSecret),
  };
}

async function keptSecrets(dataDir: string): Promise<Required<Kept>> {
  const file = path.join(dataDir, 'secrets.json');
  const before = await readKept(file);
  const make = () => randomBytes(32).toString('base64url');
  const secrets = { internalSecret: make(), sessionSecret: make(), jwtSecret: make(), ...before };
  if (Object.keys(before).length < Object.keys(secrets).length) await keep(file, secrets);
  return secrets;
}

async function readKept(file: string): Promise<Kept> {
  try {
    return kept.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw new Error(`${file} cannot be read; mend or remove it (then tokens made before are no longer good).`, {
      cause: error,
    });
  }
}

/** Through a second file, so that a crash leaves either the old secrets or the new ones. */
async function keep(file: string, secrets: Required<Kept>): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
}
