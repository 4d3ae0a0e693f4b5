import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { defaultModels, type Models, type ModelSize } from '@supportgraph/agent';
import { z } from 'zod';
import { limitsModes } from './guard/limits.js';
import { freeDocumentsOptions } from './guard/texts.js';
import {
  type HostedServices,
  isSubgraphName,
  isWhole,
  readHostedServices,
  type SubgraphName,
  subgraphNames,
} from './services.js';

/** Everything that can be set from outside, parsed and checked. Nothing else reads the environment. */
export interface Config {
  hosted: HostedServices;
  /** Port of the gateway. */
  port: number;
  /** Port of health and metrics. */
  adminPort: number;
  /** Port of the first subgraph when they are served; the others follow in the order of supergraph.yaml. */
  subgraphPort: number;
  /** Address that all ports are opened on; undefined for every address of the machine. */
  listenAddress: string | undefined;
  /** Folder for what is embedded: the database and the secrets that were not given. */
  dataDir: string;
  /** Undefined: PostgreSQL runs embedded in `dataDir`. */
  databaseUrl: string | undefined;
  databasePoolSize: number;
  /** Undefined: the event log is in this process. */
  redisUrl: string | undefined;
  /** Undefined: events are not published outwards. */
  rabbitMqUrl: string | undefined;
  /** Undefined: refunds go into the embedded ledger. */
  paymentProvider: { url: string; secret: string } | undefined;
  /** Whether an empty database is filled with the demo shop. */
  demoShop: boolean;
  /** Without a key the offline model answers. */
  anthropic: { apiKey: string | undefined; baseUrl: string | undefined; models: Models };
  /** How fast the offline model answers; as fast as it can unless set. */
  offlinePace: { latencyMs: number | undefined; tokensPerSecond: number | undefined };
  /** What models may cost for one session, and for one customer on a day (UTC), in US dollars. Undefined: no limit. */
  shares: { sessionUsd: string | undefined; customerDayUsd: string | undefined };
  /** How long a worker may be silent before another takes over its turns, in ms. */
  leaseMs: number;
  /** How tokens of the merchant are verified. */
  auth: {
    jwksUrl: string | undefined;
    jwtSecret: string | undefined;
    issuer: string | undefined;
    audience: string | undefined;
  };
  internalSecret: string | undefined;
  sessionSecret: string | undefined;
  /** Origins of pages that may call the gateway, besides its own; `*` for any. */
  corsOrigins: readonly string[];
  /** Whether the gateway tells its schema to anybody. */
  introspection: boolean;
  edge: EdgeConfig;
  logLevel: LogLevel;
  /** Where subgraphs answer that this process does not host, instead of the URL in supergraph.yaml. */
  subgraphUrls: Partial<Record<SubgraphName, string>>;
  /** How long things may take, in ms; each is shorter than the one before. */
  timeouts: { requestMs: number; subgraphMs: number; statementMs: number };
  /** How long stopping may take, in ms. */
  drainMs: number;
}

/** What callers may do at the gateway. */
export interface EdgeConfig {
  limitsMode: (typeof limitsModes)[number];
  freeDocuments: (typeof freeDocumentsOptions)[number];
  trustedHops: number;
  limits: {
    bodyBytes: number;
    tokens: number;
    depth: number;
    aliases: number;
    rootFields: number;
    mutations: number;
    directives: number;
    fields: number;
    pageSize: number;
    cost: number;
  };
  rates: { costPerMinute: number; messagesPerMinute: number; readingMsPerMinute: number };
  streamsPerPrincipal: number;
  webSocket: {
    initMs: number;
    messageBytes: number;
    operations: number;
    sockets: number;
    socketsPerPrincipal: number;
    unsentBytes: number;
    pingMs: number;
  };
  http: { headersMs: number; requestMs: number };
}

const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** The settings are wrong; `problems` has one line for each. */
export class ConfigError extends Error {
  override name = 'ConfigError';
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
  }
}

const port = (usual: number) => number(usual, 0, 65_535);
const ms = (usual: number) => number(usual, 100, 600_000);
const secret = z.string().min(32, 'must have at least 32 characters').optional();
const isUrlOf =
  (...protocols: string[]) =>
  (text: string) =>
    URL.canParse(text) && protocols.includes(new URL(text).protocol);
const httpUrl = z.string().refine(isUrlOf('http:', 'https:'), 'must be a URL that begins with http:// or https://');

function number(usual: number, min: number, max: number) {
  return wholeNumber(min, max).default(usual);
}

function wholeNumber(min: number, max: number) {
  const expectation = `must be a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, expectation)
    .transform(Number)
    .refine((n) => n >= min && n <= max, expectation);
}

const dollars = z
  .string()
  .regex(/^(?!0+(?:\.0+)?$)\d{1,9}(?:\.\d{1,9})?$/, 'must be an amount above zero such as 0.50');

/** Names of models of a size, separated by commas. */
const modelNames = (size: ModelSize) =>
  z
    .string()
    .default(defaultModels[size].join(','))
    .transform(listOf)
    .refine(
      (names): names is [string, ...string[]] => names.length > 0 && names.every((name) => /^[\w./:@-]+$/.test(name)),
      'must be names of models, separated by commas',
    );

const yesOrNo = z
  .enum(['true', 'false'], 'must be true or false')
  .transform((text) => text === 'true')
  .optional();

/** One line for each variable; `.env.example` explains them. */
const variables = {
  PORT: port(4000),
  ADMIN_PORT: port(4090),
  SUBGRAPH_PORT: port(4001),
  LISTEN_ADDRESS: z.string().optional(),
  DATA_DIR: z.string().default('.data'),
  DATABASE_URL: z.string().refine(isUrlOf('postgres:', 'postgresql:'), 'must begin with postgresql://').optional(),
  DATABASE_POOL_SIZE: number(10, 2, 1_000),
  REDIS_URL: z.string().refine(isUrlOf('redis:', 'rediss:'), 'must begin with redis:// or rediss://').optional(),
  RABBITMQ_URL: z.string().refine(isUrlOf('amqp:', 'amqps:'), 'must begin with amqp:// or amqps://').optional(),
  PAYMENT_PROVIDER_URL: httpUrl.optional(),
  PAYMENT_PROVIDER_SECRET: secret,
  DEMO_SHOP: yesOrNo,
  ANTHROPIC_API_KEY: z.string().optional(),
  ANTHROPIC_BASE_URL: httpUrl.optional(),
  MODELS_SMALL: modelNames('small'),
  MODELS_MIDDLE: modelNames('middle'),
  MODELS_LARGE: modelNames('large'),
  OFFLINE_LATENCY_MS: wholeNumber(0, 60_000).optional(),
  OFFLINE_TOKENS_PER_SECOND: wholeNumber(1, 100_000).optional(),
  BUDGET_PER_SESSION_USD: dollars.optional(),
  BUDGET_PER_CUSTOMER_DAY_USD: dollars.optional(),
  LEASE_MS: number(15_000, 500, 600_000),
  AUTH_JWKS_URL: httpUrl.optional(),
  AUTH_JWT_SECRET: secret,
  AUTH_ISSUER: z.string().optional(),
  AUTH_AUDIENCE: z.string().optional(),
  INTERNAL_SECRET: secret,
  SESSION_SECRET: secret,
  CORS_ORIGINS: z
    .string()
    .default('')
    .transform(listOf)
    .refine((origins) => origins.every(isOrigin), 'must be a list of origins such as https://shop.example, or *'),
  INTROSPECTION: yesOrNo,
  LIMITS_MODE: z.enum(limitsModes, `must be one of ${limitsModes.join(', ')}`).default('enforce'),
  FREE_DOCUMENTS: z.enum(freeDocumentsOptions, `must be one of ${freeDocumentsOptions.join(', ')}`).default('everyone'),
  TRUSTED_HOPS: number(0, 0, 10),
  LIMIT_BODY_BYTES: number(102_400, 1_024, 10_485_760),
  LIMIT_TOKENS: number(2_000, 10, 100_000),
  LIMIT_DEPTH: number(10, 1, 100),
  LIMIT_ALIASES: number(30, 0, 10_000),
  LIMIT_ROOT_FIELDS: number(10, 1, 1_000),
  LIMIT_MUTATIONS: number(3, 1, 100),
  LIMIT_DIRECTIVES: number(20, 0, 10_000),
  LIMIT_FIELDS: number(2_000, 10, 100_000),
  LIMIT_PAGE_SIZE: number(100, 1, 1_000),
  LIMIT_COST: number(2_000, 10, 1_000_000),
  RATE_COST_PER_MINUTE: number(60_000, 100, 100_000_000),
  RATE_MESSAGES_PER_MINUTE: number(60, 1, 1_000_000),
  RATE_READING_MS_PER_MINUTE: number(20_000, 100, 1_000_000),
  STREAMS_PER_CALLER: number(200, 1, 1_000_000),
  WS_INIT_MS: number(3_000, 100, 60_000),
  WS_MESSAGE_BYTES: number(65_536, 1_024, 10_485_760),
  WS_OPERATIONS: number(20, 1, 1_000),
  WS_SOCKETS: number(20_000, 1, 1_000_000),
  WS_SOCKETS_PER_CALLER: number(100, 1, 1_000_000),
  WS_UNSENT_BYTES: number(1_048_576, 65_536, 104_857_600),
  WS_PING_MS: number(12_000, 1_000, 120_000),
  HTTP_HEADERS_MS: ms(10_000),
  HTTP_REQUEST_MS: ms(20_000),
  LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(', ')}`).optional(),
  REQUEST_TIMEOUT_MS: ms(30_000),
  SUBGRAPH_TIMEOUT_MS: ms(10_000),
  STATEMENT_TIMEOUT_MS: ms(8_000),
  DRAIN_MS: ms(10_000),
};
const schema = z.object(variables);
type Variables = z.infer<typeof schema>;

/** The names of all variables that are read. */
export const variableNames: readonly string[] = [...Object.keys(variables), ...subgraphNames.map(urlVariable)];

function urlVariable(name: SubgraphName): string {
  return `SUBGRAPH_URL_${name.toUpperCase()}`;
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean);
}

function isOrigin(text: string): boolean {
  return text === '*' || (isUrlOf('http:', 'https:')(text) && new URL(text).origin === text);
}

/** The environment, with what a file `.env` in the working directory adds to it. */
export function environment(): NodeJS.ProcessEnv {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return process.env;
}

/** Reads arguments (`--host=…`) and environment. Throws {@link ConfigError} with all problems at once. */
export function readConfig(env: NodeJS.ProcessEnv, args: readonly string[]): Config {
  const problems: string[] = [];
  const hosted = readHost(args, problems);
  // Compose files and Kubernetes give unset variables as empty ones.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
  const parsed = schema.safeParse(given);
  for (const { path, message } of parsed.error?.issues ?? []) problems.push(`${path.join('.')} ${message}.`);
  const subgraphUrls = readSubgraphUrls(given, problems);
  if (parsed.success) problems.push(...contradictions(parsed.data));
  const isAll = isWhole(hosted);
  if (!isAll) problems.push(...missingOfPart(given));
  if (!parsed.success || problems.length) throw new ConfigError(problems);
  return Object.freeze(configOf(parsed.data, hosted, subgraphUrls, isAll));
}

function readHost(args: readonly string[], problems: string[]): HostedServices {
  const whole: HostedServices = { gateway: true, subgraphs: subgraphNames };
  try {
    const { values } = parseArgs({ args: [...args], options: { host: { type: 'string', default: 'all' } } });
    const read = readHostedServices(values.host);
    if (read.ok) return read.hosted;
    problems.push(`--host has "${read.unknown}", which is none of all, gateway, ${subgraphNames.join(', ')}.`);
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error));
  }
  return whole;
}

function readSubgraphUrls(given: NodeJS.ProcessEnv, problems: string[]): Partial<Record<SubgraphName, string>> {
  const urls: Partial<Record<SubgraphName, string>> = {};
  for (const [variable, url] of Object.entries(given)) {
    const name = /^SUBGRAPH_URL_(.+)$/.exec(variable)?.[1]?.toLowerCase();
    if (!name) continue;
    if (!isSubgraphName(name)) problems.push(`${variable} is for a subgraph that does not exist.`);
    else if (httpUrl.safeParse(url).success) urls[name] = url!;
    else problems.push(`${variable} must be a URL that begins with http:// or https://.`);
  }
  return urls;
}

function contradictions(read: Variables): string[] {
  const problems: string[] = [];
  if (read.AUTH_JWKS_URL && read.AUTH_JWT_SECRET)
    problems.push('AUTH_JWKS_URL and AUTH_JWT_SECRET exclude each other.');
  if (!read.PAYMENT_PROVIDER_URL !== !read.PAYMENT_PROVIDER_SECRET)
    problems.push('PAYMENT_PROVIDER_URL and PAYMENT_PROVIDER_SECRET need each other.');
  const nested = [read.REQUEST_TIMEOUT_MS, read.SUBGRAPH_TIMEOUT_MS, read.STATEMENT_TIMEOUT_MS];
  if (nested[0]! < nested[1]! || nested[1]! < nested[2]!)
    problems.push('REQUEST_TIMEOUT_MS must be the longest, then SUBGRAPH_TIMEOUT_MS, then STATEMENT_TIMEOUT_MS.');
  return problems;
}

/** Two processes share a platform only through these. */
function missingOfPart(given: NodeJS.ProcessEnv): string[] {
  const missing = ['DATABASE_URL', 'REDIS_URL', 'INTERNAL_SECRET', 'SESSION_SECRET'].filter((name) => !given[name]);
  return missing.length ? [`A process that hosts a part of the platform needs ${missing.join(', ')}.`] : [];
}

function paymentProviderOf({ PAYMENT_PROVIDER_URL: url, PAYMENT_PROVIDER_SECRET: secret }: Variables) {
  return url && secret ? { url, secret } : undefined;
}

function configOf(
  read: Variables,
  hosted: HostedServices,
  subgraphUrls: Partial<Record<SubgraphName, string>>,
  isAll: boolean,
): Config {
  return {
    hosted,
    port: read.PORT,
    adminPort: read.ADMIN_PORT,
    subgraphPort: read.SUBGRAPH_PORT,
    listenAddress: read.LISTEN_ADDRESS,
    dataDir: read.DATA_DIR,
    databaseUrl: read.DATABASE_URL,
    databasePoolSize: read.DATABASE_POOL_SIZE,
    redisUrl: read.REDIS_URL,
    rabbitMqUrl: read.RABBITMQ_URL,
    paymentProvider: paymentProviderOf(read),
    // A database of somebody's own is not filled with invented customers unless they say so.
    demoShop: read.DEMO_SHOP ?? !read.DATABASE_URL,
    anthropic: {
      apiKey: read.ANTHROPIC_API_KEY,
      baseUrl: read.ANTHROPIC_BASE_URL,
      models: { small: read.MODELS_SMALL, middle: read.MODELS_MIDDLE, large: read.MODELS_LARGE },
    },
    offlinePace: { latencyMs: read.OFFLINE_LATENCY_MS, tokensPerSecond: read.OFFLINE_TOKENS_PER_SECOND },
    shares: { sessionUsd: read.BUDGET_PER_SESSION_USD, customerDayUsd: read.BUDGET_PER_CUSTOMER_DAY_USD },
    leaseMs: read.LEASE_MS,
    auth: {
      jwksUrl: read.AUTH_JWKS_URL,
      jwtSecret: read.AUTH_JWT_SECRET,
      issuer: read.AUTH_ISSUER,
      audience: read.AUTH_AUDIENCE,
    },
    internalSecret: read.INTERNAL_SECRET,
    sessionSecret: read.SESSION_SECRET,
    corsOrigins: read.CORS_ORIGINS,
    introspection: read.INTROSPECTION ?? isAll,
    edge: edgeOf(read),
    // One process is mostly watched by a person, several by programs.
    logLevel: read.LOG_LEVEL ?? (isAll ? 'warn' : 'info'),
    subgraphUrls,
    timeouts: {
      requestMs: read.REQUEST_TIMEOUT_MS,
      subgraphMs: read.SUBGRAPH_TIMEOUT_MS,
      statementMs: read.STATEMENT_TIMEOUT_MS,
    },
    drainMs: read.DRAIN_MS,
  };
}

function edgeOf(read: Variables): EdgeConfig {
  return {
    limitsMode: read.LIMITS_MODE,
    freeDocuments: read.FREE_DOCUMENTS,
    trustedHops: read.TRUSTED_HOPS,
    limits: {
      bodyBytes: read.LIMIT_BODY_BYTES,
      tokens: read.LIMIT_TOKENS,
      depth: read.LIMIT_DEPTH,
      aliases: read.LIMIT_ALIASES,
      rootFields: read.LIMIT_ROOT_FIELDS,
      mutations: read.LIMIT_MUTATIONS,
      directives: read.LIMIT_DIRECTIVES,
      fields: read.LIMIT_FIELDS,
      pageSize: read.LIMIT_PAGE_SIZE,
      cost: read.LIMIT_COST,
    },
    rates: {
      costPerMinute: read.RATE_COST_PER_MINUTE,
      messagesPerMinute: read.RATE_MESSAGES_PER_MINUTE,
      readingMsPerMinute: read.RATE_READING_MS_PER_MINUTE,
    },
    streamsPerPrincipal: read.STREAMS_PER_CALLER,
    webSocket: {
      initMs: read.WS_INIT_MS,
      messageBytes: read.WS_MESSAGE_BYTES,
      operations: read.WS_OPERATIONS,
      sockets: read.WS_SOCKETS,
      socketsPerPrincipal: read.WS_SOCKETS_PER_CALLER,
      unsentBytes: read.WS_UNSENT_BYTES,
      pingMs: read.WS_PING_MS,
    },
    http: { headersMs: read.HTTP_HEADERS_MS, requestMs: read.HTTP_REQUEST_MS },
  };
}
