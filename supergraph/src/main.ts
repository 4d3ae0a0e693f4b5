import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { demoVisit, seed } from '@supportgraph/prisma/seed';
import supergraphSdl from '../schema.graphql';
import { type Config, ConfigError, environment, readConfig } from './config.js';
import { rootFolder } from './folders.js';
import { openLogger } from './logger.js';
import { type Platform, startPlatform } from './platform.js';
import { makeSubgraphs, playbooks } from './registry.js';
import { shutdown } from './shutdown.js';

function configOrExit(): Config {
  try {
    return readConfig(environment(), process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(['Supportgraph cannot start:', ...error.problems.map((problem) => `  ${problem}`)].join('\n'));
    process.exit(1);
  }
}

const { email, orderNumber } = demoVisit;
const thingsToTry = [
  'Try it in the chat, or from another terminal:',
  '  npm run ask -- "How long does a refund take?"',
  `  npm run ask -- "Where is my order ${orderNumber}?" --email ${email}`,
];

/** What a person wants to know after the start. */
function greeting(config: Config, { gatewayUrl, subgraphUrls, adminUrl }: Platform): string {
  const embedded = [
    ...(config.databaseUrl ? [] : [`PostgreSQL in ${config.dataDir}`]),
    ...(config.redisUrl ? [] : ['live streams in memory']),
    ...(config.anthropic.apiKey ? [] : ['the offline model']),
  ];
  return [
    'Supportgraph is ready.',
    '',
    ...(gatewayUrl ? [`  Chat     ${gatewayUrl}/`, `  GraphQL  ${gatewayUrl}/graphql`] : []),
    ...Object.entries(subgraphUrls).map(([name, url]) => `  ${name.padEnd(8)} ${url}`),
    `  Health   ${adminUrl}/readyz`,
    '',
    ...(gatewayUrl && config.demoShop ? [...thingsToTry, ''] : []),
    ...(embedded.length ? [`Embedded: ${embedded.join(', ')}. .env.example says how to use your own.`] : []),
    'Ctrl-C stops it.',
  ].join('\n');
}

/** Why the start failed, as whoever starts it can mend it. */
function reasonOf(fault: unknown): string {
  if (fault instanceof Error && 'code' in fault && fault.code === 'EADDRINUSE' && 'port' in fault)
    return `Port ${String(fault.port)} is in use. Stop what uses it, or set PORT, ADMIN_PORT or SUBGRAPH_PORT.`;
  return fault instanceof Error ? (fault.stack ?? fault.message) : String(fault);
}

/** The documents of the built pages, which the gateway knows as its own. */
function readTrustedDocuments(): Record<string, string> {
  const file = path.join(rootFolder(), 'dist/trustedDocuments.json');
  // The build of the pages wrote it.
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>) : {};
}

const config = configOrExit();
const log = openLogger(config.logLevel);
const webFolder = path.join(rootFolder(), 'dist/web');
const started = startPlatform(config, {
  log,
  migrations: path.join(rootFolder(), 'prisma/migrations'),
  playbooks,
  seed,
  supergraphSdl,
  webFolder: existsSync(webFolder) ? webFolder : null,
  trustedDocuments: readTrustedDocuments(),
  makeSubgraphs,
});
const stop = shutdown(started, { drainMs: config.drainMs, log, exit: (code) => process.exit(code) });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);

try {
  console.log(greeting(config, await started));
} catch (fault) {
  console.error(`Supportgraph cannot start: ${reasonOf(fault)}`);
  process.exit(1);
}
