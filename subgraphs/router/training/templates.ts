import { readFile } from 'node:fs/promises';
import type { Random } from './random.js';

/** What a template stands for: a route, `none`; `aside`, which wants nothing and stands beside a wish; `echo`, which asks on about the wish before it. */
export type Label = 'faq' | 'order' | 'refund' | 'technical' | 'human' | 'chitchat' | 'none' | 'aside' | 'echo';
const labels: readonly Label[] = ['faq', 'order', 'refund', 'technical', 'human', 'chitchat', 'none', 'aside', 'echo'];

/** Hand-written sentences with alternatives `{a|b}` and slots `[item]`, of one language. */
export interface Templates {
  language: 'en' | 'zh';
  byLabel: ReadonlyMap<Label, readonly string[]>;
}

export type Slots = ReadonlyMap<string, readonly string[]>;

const folder = new URL('./templates/', import.meta.url);

export async function readTemplates(
  language: Templates['language'],
  part: (place: number) => boolean,
): Promise<Templates> {
  const byLabel = new Map<Label, string[]>();
  let section: string[] = [];
  for (const line of await linesOf(`${language}.txt`)) {
    const heading = labels.find((label) => line === `# ${label}`);
    if (heading) byLabel.set(heading, (section = byLabel.get(heading) ?? []));
    else section.push(line);
  }
  const chosen = [...byLabel].map(([label, lines]) => [label, lines.filter((_, place) => part(place))] as const);
  return { language, byLabel: new Map(chosen) };
}

export async function readSlots(): Promise<Slots> {
  const lines = await linesOf('slots.txt');
  return new Map(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [
        line.slice(0, colon),
        line
          .slice(colon + 1)
          .trim()
          .split('|'),
      ] as const;
    }),
  );
}

async function linesOf(file: string): Promise<string[]> {
  const text = await readFile(new URL(file, folder), 'utf8');
  return text.split('\n').filter((line) => line.trim() !== '');
}

/** One sentence of a template. */
export function fill(template: string, slots: Slots, random: Random): string {
  const chosen = template.replace(/\{([^{}]*)\}/g, (_, options: string) => random.pick(options.split('|')));
  const filled = chosen.replace(/\[(\w+)\]/g, (_, name: string) => {
    const values = slots.get(name);
    if (!values) throw new Error(`A template names a slot that does not exist: [${name}]`);
    return random.pick(values);
  });
  return filled
    .replace(/ {2,}/g, ' ')
    .replace(/ ([,.!?])/g, '$1')
    .trim();
}

/** How many sentences a template could make, not counting its slots. */
export function varietyOf(template: string): number {
  const choices = [...template.matchAll(/\{([^{}]*)\}/g)].map(([, options]) => options!.split('|').length);
  return choices.reduce((product, count) => product * count, 1);
}
