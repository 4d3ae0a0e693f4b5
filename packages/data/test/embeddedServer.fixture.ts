// A process with an embedded server, to be killed by the tests: `tsx embeddedServer.fixture.ts FOLDER`.
import { silent } from '@supportgraph/kernel';
import { startEmbeddedPostgres } from '@supportgraph/data';

const server = await startEmbeddedPostgres({ dataDir: process.argv[2]!, log: silent });
process.once('SIGTERM', () => void server.stop());
process.on('message', (message) => {
  // An end without stop().
  if (message === 'exit') process.exit(0);
  if (message === 'stop') void server.stop().then(() => process.disconnect());
});
process.send!({ url: server.url, pid: server.pid });
