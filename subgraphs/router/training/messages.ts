import { readdir, readFile } from 'node:fs/promises';
import { isRoute, type Labelled } from './labelled.js';

const folder = new URL('./messages/', import.meta.url);

/**
 * The messages to learn from, in the order of the files and their lines. A line is the routes joined by `+`, or `none`, a tab,
 * and the text, in which `\n` stands for a line break.
 */
export async function readMessages(): Promise<Labelled[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.tsv')).sort();
  const texts = await Promise.all(files.map((name) => readFile(new URL(name, folder), 'utf8')));
  return texts.flatMap((text, at) =>
    text.split('\n').flatMap((line, index) => readLine(line, `${files[at]}:${index + 1}`)),
  );
}

function readLine(line: string, place: string): Labelled[] {
  if (line === '') return [];
  const [labels = '', text = '', ...rest] = line.split('\t');
  const routes = labels === 'none' ? [] : labels.split('+');
  if (text.trim() === '' || rest.length > 0 || !routes.every(isRoute))
    throw new Error(`${place}: a line is ROUTES, a tab, and the text: ${line}`);
  return [{ text: text.replaceAll('\\n', '\n'), routes }];
}
