import type { Conversation, MessageRecord } from '@supportgraph/conversation';
import type { Database } from '@supportgraph/data';
import { nobody, type Viewer } from '@supportgraph/kernel';
import { correctionsOf, type Correction } from '../src/data/corrections.js';
import { routes, type Labelled } from './labelled.js';

const operator: Viewer = { ...nobody, role: 'OPERATOR' };
const pageSize = 200;

/** All corrections of the staff with the messages they are about, the oldest first. One whose message is gone is left out. */
export async function* labelledCorrections(
  db: Pick<Database, 'prisma'>,
  conversation: Pick<Conversation, 'turns' | 'messages'>,
): AsyncGenerator<Labelled> {
  const table = correctionsOf(db);
  let last: Correction | null = null;
  for (;;) {
    const page: Correction[] = await table.list(last, pageSize);
    const texts = await textsOf(page, conversation);
    for (const [index, correction] of page.entries()) {
      const text = texts[index];
      if (text) yield { text, routes: routesOf(correction) };
    }
    if (page.length < pageSize) return;
    last = page.at(-1)!;
  }
}

async function textsOf(
  corrections: readonly Correction[],
  { turns, messages }: Pick<Conversation, 'turns' | 'messages'>,
): Promise<string[]> {
  const corrected = await turns.load(operator, corrections.map(({ turnId }) => turnId)); // prettier-ignore
  const asked = await messages.load(operator, corrected.map((turn) => turn?.requestId ?? '')); // prettier-ignore
  return asked.map(textOf);
}

function textOf(message: MessageRecord | null): string {
  const texts = (message?.parts ?? []).map((part) => (part.kind === 'TEXT' ? part.text : ''));
  return texts.join('\n').trim();
}

function routesOf({ intents }: Correction): Labelled['routes'] {
  return intents.flatMap((intent) => routes.filter((route) => route === intent.toLowerCase()));
}
