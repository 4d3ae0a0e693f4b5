import type { Labelled, Route } from './labelled.js';
import type { Random } from './random.js';

type Script = 'latin' | 'traditional' | 'simplified';

const joins: Readonly<Record<Script, readonly string[]>> = {
  latin: [' and ', ', and ', '. Also, ', '. Also ', ' and also ', '. And ', ' plus ', ', also ', '. Another thing: ', '. By the way, ', ', oh and ', '\n', '. ', '. ', '. ', ' & ', '; ', '. Second, ', ' then ', '. One more thing: ', ', btw ', ', ', ', ', ' - ', '. On top of that, ', ', but also ', '\n- '], // prettier-ignore
  traditional: ['，另外', '，還有', '。另外，', '，順便問一下', '，順便', '。還有，', '，以及', '，而且', '，然後', '。對了，', '，對了', '；', '。', '。', '，', '，', '，', '、', ' ', ' ', '\n', '，此外', '，再來', '，同時'], // prettier-ignore
  simplified: ['，另外', '，还有', '。另外，', '，顺便问一下', '，顺便', '。还有，', '，以及', '，而且', '，然后', '。对了，', '，对了', '；', '。', '。', '，', '，', '，', '、', ' ', ' ', '\n', '，此外', '，再来', '，同时'], // prettier-ignore
};

/** Whoever lists several wishes often puts each in a few words. */
const isListed = (text: string, script: Script) => text.length <= (script === 'latin' ? 34 : 12);

/** Longer messages are whole stories, and nobody tells two of them. */
const longestJoined = 160;
const joinable: readonly Route[] = ['faq', 'order', 'refund', 'technical', 'human'];

/** Messages with several wishes, each put together from messages with one. Now and then both wishes are for the same agent. */
export function joined(messages: readonly Labelled[], count: number, random: Random): Labelled[] {
  const pools = poolsOf(messages);
  const made: Labelled[] = [];
  for (let tried = 0; made.length < count && tried < 10 * count; tried += 1) {
    const script = random.chance(0.5) ? 'latin' : random.chance(0.75) ? 'traditional' : 'simplified';
    const routes = someRoutes(random);
    const length = random.chance(0.4) ? 'short' : 'any';
    const parts = routes.map((route) => pools.get(`${script} ${route} ${length}`) ?? []);
    if (parts.some((part) => part.length === 0)) continue;
    made.push({
      text: join(
        parts.map((texts) => random.pick(texts)),
        script,
        random,
      ),
      routes: [...new Set(routes)],
    });
  }
  return made;
}

function poolsOf(messages: readonly Labelled[]): ReadonlyMap<string, string[]> {
  const pools = new Map<string, string[]>();
  for (const { text, routes } of messages) {
    const [route, ...others] = routes;
    if (!route || others.length > 0 || !joinable.includes(route) || text.length > longestJoined) continue;
    const script = scriptOf(text);
    for (const length of isListed(text, script) ? ['short', 'any'] : ['any']) {
      const name = `${script} ${route} ${length}`;
      const pool = pools.get(name);
      if (pool) pool.push(text.trim());
      else pools.set(name, [text.trim()]);
    }
  }
  return pools;
}

/** Two, or now and then three. */
function someRoutes(random: Random): Route[] {
  const count = random.chance(0.25) ? 3 : 2;
  const isSame = random.chance(0.12);
  const routes = [random.pick(joinable)];
  while (routes.length < count) {
    const next = isSame ? routes[0]! : random.pick(joinable);
    if (isSame || !routes.includes(next)) routes.push(next);
  }
  return routes;
}

function scriptOf(text: string): Script {
  if (!/\p{Script=Han}/u.test(text)) return 'latin';
  return /[這個們還請問訂單嗎貨時間為會來說點麼電開關號馬費續讓]/u.test(text) ? 'traditional' : 'simplified';
}

function join(parts: readonly string[], script: Script, random: Random): string {
  return parts.reduce((text, part) => {
    const between = random.pick(joins[script]);
    const keepsMark = /[?？!！]$/u.test(text) && random.chance(0.6);
    const before = keepsMark ? text : text.replace(/[.。,，!！?？]+$/u, '');
    const link = keepsMark ? between.replace(/^[.,;，。；]/u, '') : between;
    return before + link + (script === 'latin' ? goOn(part, between) : part);
  });
}

/** In the middle of a sentence. */
function goOn(part: string, between: string): string {
  return /[a-z,;&] $/.test(between) && !/^I\b/.test(part) ? part.charAt(0).toLowerCase() + part.slice(1) : part;
}

/** A share of the messages again as people type them: no capitals, no full stops, slips of the finger. */
export function roughened(messages: readonly Labelled[], share: number, random: Random): Labelled[] {
  return messages.flatMap(({ text, routes }) => {
    if (!random.chance(share)) return [];
    const rough = scriptOf(text) === 'latin' ? roughLatin(text, random) : roughChinese(text, random);
    return rough === text || rough.trim() === '' ? [] : [{ text: rough, routes }];
  });
}

function roughLatin(text: string, random: Random): string {
  let rough = text;
  if (random.chance(0.4)) rough = rough.toLowerCase();
  if (random.chance(0.3)) rough = rough.replace(/[.!?]+$/, '');
  if (random.chance(0.05)) rough = rough.toUpperCase();
  rough = mistype(rough, random);
  return random.chance(0.5) ? mistype(rough, random) : rough;
}

function mistype(text: string, random: Random): string {
  const at = 1 + random.below(Math.max(1, text.length - 3));
  const [one = '', two = ''] = [text[at], text[at + 1]];
  if (!/[a-z]/.test(one) || !/[a-z]/.test(two)) return text;
  return text.slice(0, at) + random.pick([two + one, two, one + one + two]) + text.slice(at + 2);
}

function roughChinese(text: string, random: Random): string {
  let rough = text;
  if (random.chance(0.5)) rough = rough.replace(/[，。！？]+$/u, '');
  if (random.chance(0.4)) rough = rough.replaceAll('，', ' ');
  if (!random.chance(0.15)) return rough;
  const letters = [...rough];
  letters.splice(random.below(letters.length), 1);
  return letters.join('');
}
