import { readFile } from 'node:fs/promises';
import { routes as allRoutes, type Labelled, type Route } from './labelled.js';
import type { Random } from './random.js';

/** What a template stands for: a route, or `none`; `aside`, which wants nothing and stands beside a wish; `echo`, which asks on about the wish before it. */
type Label = Route | 'none' | 'aside' | 'echo';
const labels: readonly Label[] = [...allRoutes, 'none', 'aside', 'echo'];

/** Hand-written sentences with alternatives `{a|b}` and slots `[item]`, of one language. */
type Templates = ReadonlyMap<Label, readonly string[]>;
type Slots = ReadonlyMap<string, readonly string[]>;

const folder = new URL('./templates/', import.meta.url);
/** Sentences of one template, at most. */
const perTemplate = 10;
/** How often something stands beside a wish that wants nothing of its own. */
const asideShare = 0.15;
const echoShare = 0.15;

/** Messages with one wish or none, written from the templates: the plain ways to say what many customers want. */
export async function messagesFromTemplates(random: Random): Promise<Labelled[]> {
  const slots = await readSlots();
  const languages = [
    { templates: await readTemplates('en.txt'), pause: '. ' },
    { templates: await readTemplates('zh.txt'), pause: '，' },
  ];
  return languages.flatMap(({ templates, pause }) =>
    [...templates].flatMap(([label, lines]) => {
      if (label === 'aside' || label === 'echo') return [];
      const routes = label === 'none' ? [] : [label];
      const write = (line: string) => fill(line, slots, random);
      const beside = (kind: Label, share: number) =>
        routes.length > 0 && label !== 'chitchat' && random.chance(share)
          ? [write(random.pick(templates.get(kind)!))]
          : [];
      const message = (line: string) =>
        [...beside('aside', asideShare), write(line), ...beside('echo', echoShare)].join(pause);
      return lines.flatMap((line) =>
        Array.from({ length: Math.min(perTemplate, varietyOf(line)) }, () => ({ text: message(line), routes })),
      );
    }),
  );
}

async function readTemplates(file: string): Promise<Templates> {
  const byLabel = new Map<Label, string[]>();
  let section: string[] = [];
  for (const line of await linesOf(file)) {
    const heading = labels.find((label) => line === `# ${label}`);
    if (heading) byLabel.set(heading, (section = byLabel.get(heading) ?? []));
    else section.push(line);
  }
  return byLabel;
}

async function readSlots(): Promise<Slots> {
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
function fill(template: string, slots: Slots, random: Random): string {
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
function varietyOf(template: string): number {
  const choices = [...template.matchAll(/\{([^{}]*)\}/g)].map(([, options]) => options!.split('|').length);
  return choices.reduce((product, count) => product * count, 1);
}
