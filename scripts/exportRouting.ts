/**
 * Writes what the staff corrected with `correctRoute` as JSON lines `{"text": "…", "routes": ["order"]}`, which
 * `npm run train:routing -- FILE` learns from and `npm run eval:routing -- FILE` measures: `npm run export:routing > FILE`.
 * Works on DATABASE_URL or the embedded database in DATA_DIR. The messages are customers' own words: keep the file as you keep those.
 */
import { memoryEventLog, openConversation } from '@supportgraph/conversation';
import { silent } from '@supportgraph/kernel';
import { labelledCorrections } from '../subgraphs/router/training/corrections.js';
import { runCommand } from './command.js';
import { withShop } from './openShop.js';

await runCommand(() =>
  withShop(async ({ db }) => {
    // Nothing is written or streamed, so neither a log that others read nor the secret of tokens is needed.
    const conversation = openConversation({ db, events: memoryEventLog(), logger: silent, secret: 'reads only' });
    try {
      for await (const message of labelledCorrections(db, conversation)) console.log(JSON.stringify(message));
    } finally {
      await conversation.close();
    }
  }),
);
