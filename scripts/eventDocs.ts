/** Writes docs/events.md anew from the schemas of all events: `npm run docs:events`. A test compares the two. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { commerceEvents } from '@supportgraph/commerce';
import { conversationEvents } from '@supportgraph/conversation';
import { format } from 'prettier';
import { z } from 'zod';

/** Every event that the platform emits. */
export const allEvents = { ...commerceEvents, ...conversationEvents };

export const eventsFile = fileURLToPath(new URL('../docs/events.md', import.meta.url));
const marker = '<!-- Written by `npm run docs:events`; all below comes from the schemas in the code. -->';

/** The document as it should be: what people wrote, then every event with its schema. */
export async function eventDocs(): Promise<string> {
  const [written] = (await readFile(eventsFile, 'utf8')).split(marker);
  const sections = Object.entries(allEvents)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([type, event]) => sectionOf(type, event));
  const text = [written!.trimEnd(), marker, ...sections].join('\n\n');
  return format(text, { parser: 'markdown', printWidth: 120, singleQuote: true });
}

function sectionOf(type: string, { version, description, data }: (typeof allEvents)[keyof typeof allEvents]): string {
  const { $schema: _, ...schema } = z.toJSONSchema(data);
  return `### \`${type}\`, version ${version}\n\n${description}\n\n\`\`\`json\n${JSON.stringify(schema)}\n\`\`\``;
}

if (path.resolve(process.argv[1] ?? '') === fileURLToPath(import.meta.url))
  await writeFile(eventsFile, await eventDocs());
