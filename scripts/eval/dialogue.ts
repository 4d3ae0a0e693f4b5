import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { Refusal } from '../command.js';

const languages = ['en', 'zh-Hant'] as const;
const intents = ['FAQ', 'ORDER', 'REFUND', 'TECHNICAL', 'HUMAN', 'CHITCHAT', 'UNKNOWN'] as const;

/** A text that a reply must hold, or several of which one will do. */
const said = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);

/** What is expected of the reply to one step. */
const expected = {
  expect: z.array(said).default([]),
  never: z.array(z.string().min(1)).default([]),
  routes: z.array(z.enum(intents)).optional(),
  proposes: z.array(z.string()).default([]),
  refuses: z.boolean().default(false),
};
const step = z.union([
  z.strictObject({ say: z.string().min(1), ...expected }),
  z.strictObject({ click: z.enum(['confirm', 'decline']), which: z.number().int().min(0).default(0), ...expected }),
]);

const states = z.record(z.string(), z.record(z.string(), z.json()));
const dialogue = z.strictObject({
  name: z.string().min(1),
  language: z.enum(languages),
  /** E-mail address of a customer whom the shop has told us of before the first line. */
  customer: z.email().optional(),
  steps: z.array(step).min(1),
  never: z.array(z.string().min(1)).default([]),
  handoff: z.string().nullable().default(null),
  state: z.strictObject({ orders: states.default({}), customers: states.default({}) }).optional(),
  /** Whether it belongs to the few that each run of the tests plays. */
  quick: z.boolean().default(false),
});

/** One thing that the customer does, and what is expected of the answer. */
export type Step = z.infer<typeof step>;
/** A conversation with its expectations; `eval/README.md` says what each field means. */
export type Dialogue = z.infer<typeof dialogue>;

/** The dialogues of a file: a JSON array, or a dialogue a line if its name ends in `.jsonl`. */
export async function readDialogues(file: string): Promise<Dialogue[]> {
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new Refusal(`${file}: cannot be read: ${error.message}`);
  });
  const read = z.array(dialogue).min(1, 'there are no dialogues in it').safeParse(recordsOf(file, text));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new Refusal(`${file}: ${issue!.path.join('.') || 'the file'}: ${issue!.message}`);
}

function recordsOf(file: string, text: string): unknown {
  try {
    if (!file.endsWith('.jsonl')) return JSON.parse(text);
    return text.split('\n').filter((line) => line.trim()).map((line) => JSON.parse(line) as unknown); // prettier-ignore
  } catch (error) {
    throw new Refusal(`${file}: is no JSON: ${(error as SyntaxError).message}`);
  }
}
