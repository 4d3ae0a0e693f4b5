import { fill, readSlots, readTemplates, varietyOf, type Label, type Slots, type Templates } from './templates.js';
import type { Labelled } from './labelled.js';
import type { Random } from './random.js';

/** A part of a message that wants one thing. */
export interface Segment {
  text: string;
  label: Label;
}

/** A message to learn from: its parts with what stands between them. */
export interface Example {
  text: string;
  segments: readonly (Segment & { start: number; end: number })[];
}

interface Voice extends Templates {
  slots: Slots;
  connectors: readonly string[];
  greetings: readonly string[];
  endings: readonly string[];
  openings: readonly string[];
  /** What stands between a wish and its story or what is asked on. */
  pauses: readonly string[];
  /** Put before a wish, in the same clause. */
  wrappers: readonly string[];
}

/** Sentences of one template, at most; more of those that have the fewest templates for the most that people say. */
const perTemplate = 14;
const perTemplateOf: Readonly<Partial<Record<Label, number>>> = { none: 36, chitchat: 24, human: 18 };
/** Messages with one wish and what people say around it, for each language. */
const dressedUp = 4_000;
/** Messages with several wishes, for each language. */
const mixed = 6_500;
const wishes: readonly Label[] = ['faq', 'order', 'refund', 'technical', 'human'];

/** Which templates of a section to write from, by their place in it. */
export type Part = (place: number) => boolean;

/** Messages in English and Chinese, written from the templates; the same for the same random numbers. `share` is of those put together. */
export async function makeCorpus(random: Random, part: Part = () => true, share = 1): Promise<Example[]> {
  const slots = await readSlots();
  const english: Voice = { ...(await readTemplates('en', part)), slots, ...englishVoice };
  const chinese: Voice = { ...(await readTemplates('zh', part)), slots, ...chineseVoice };
  return [english, chinese].flatMap((voice) => [
    ...plain(voice, random),
    ...Array.from({ length: Math.round(share * dressedUp) }, () => dressed(voice, random)),
    ...Array.from({ length: Math.round(share * mixed) }, () => several(voice, random)),
  ]);
}

const englishVoice = {
  connectors: [' and ', ', and ', '. Also, ', '. Also ', ' and also ', '. And ', '? And ', ' plus ', ', also ', '. Another thing: ', '. Besides that, ', '. By the way, ', ', oh and ', '\n', '. ', ' & ', '; ', '. Second, ', ' then ', ', then ', '. Oh, and ', '. One more thing: ', ' as well as ', '. While you are at it, ', '. On top of that ', '. Lastly, ', ', btw ', ', ', '. Secondly ', '. In addition, ', ' but also '], // prettier-ignore
  greetings: [
    'Hi, ',
    'Hello, ',
    'Hi there! ',
    'Hey, ',
    'Good morning, ',
    'Hi team, ',
    'hello ',
    'hi ',
    'Dear support, ',
    'Good afternoon. ',
    'Hey guys, ',
    'Hello there. ',
    'Hi! ',
  ],
  endings: [' Thanks!', ' thanks', ', thanks', ' Thank you.', ' please', ', please', ' Thanks in advance.', ' cheers', ' Best regards', ' thx', ' Appreciate it.', ' asap', ' pls', ' Thank you so much for your help!', ' Please help.'], // prettier-ignore
  openings: ['please ', 'can you help me? ', 'Quick question: ', 'I have a question. ', 'sorry to bother you but ', 'um ', 'so ', 'just wondering, ', 'Could you please help: ', 'excuse me, ', 'First, ', 'ok so ', 'well ', 'I was wondering, ', 'hope you are well. ', 'Two things: '], // prettier-ignore
  pauses: ['. ', '. ', ', ', ', ', '\n', ' and ', '; ', '? '],
  wrappers: ['can you tell me ', 'could you tell me ', 'could you ask an agent ', 'ask an agent ', 'I need help, ', 'I would like to know ', 'do you know ', 'I want to know ', 'please ', 'I need information about ', 'tell me ', 'I have a question about ', 'please ask someone ', 'any idea ', 'just ', 'actually ', 'can somebody tell me ', 'regarding '], // prettier-ignore
};
const chineseVoice = {
  connectors: [
    '，另外',
    '，還有',
    '。另外',
    '，順便問一下',
    '，順便',
    '。還有',
    '，以及',
    '，而且',
    '？另外',
    '？還有',
    '，然後',
    '，也',
    '，同時',
    '。對了，',
    '，對了',
    '；',
    '。',
    '，',
    '？',
    '！',
    '，再來',
    '，此外，',
    '，還想問',
    '，也想知道',
    ' ',
    '\n',
    '，並且',
    '，接著',
    '，第二，',
  ],
  greetings: [
    '你好，',
    '您好，',
    '哈囉，',
    '嗨，',
    '你好！',
    '您好。',
    '早安，',
    '客服你好，',
    '請問',
    '請問一下，',
    '不好意思，',
  ],
  endings: [
    '，謝謝',
    '，謝謝！',
    '，麻煩了',
    '。謝謝',
    '，感恩',
    '，拜託',
    '，急',
    '，請盡快處理',
    '，等你回覆',
    '，多謝',
    '，麻煩您了',
  ],
  openings: ['想問', '麻煩', '我想問一下，', '問一下，', '不好意思，', '想請問', '是這樣的，', '那個，', '我有問題，', '先問', '第一，'], // prettier-ignore
  pauses: ['，', '，', '。', ' ', '！', '？'],
  wrappers: ['請問', '想問', '我想知道', '可以告訴我', '幫我問客服', '麻煩告訴我', '不知道', '請問一下', '那', '關於', '我要問', '求問'], // prettier-ignore
};

function plain(voice: Voice, random: Random): Example[] {
  return [...voice.byLabel].flatMap(([label, templates]) =>
    label === 'aside' || label === 'echo'
      ? []
      : templates.flatMap((template) =>
          Array.from({ length: Math.min(perTemplateOf[label] ?? perTemplate, 2 + varietyOf(template)) }, () =>
            example([sentence(voice, label, template, random)], [], random),
          ),
        ),
  );
}

/** One wish with a greeting, a story, thanks. */
function dressed(voice: Voice, random: Random): Example {
  const wish = anyOf(voice, random.pick(wishes), random);
  const aside = () => anyOf(voice, 'aside', random);
  const segments: Segment[] = [wish];
  const joins: string[] = [];
  const add = (segment: Segment, join: string, isBefore: boolean) => {
    if (isBefore) {
      segments.unshift(segment);
      joins.unshift(join);
    } else {
      segments.push(segment);
      joins.push(join);
    }
  };
  const stop = random.pick(voice.pauses);
  if (random.chance(0.35)) add({ text: random.pick(voice.openings).trim(), label: 'aside' }, ' ', true);
  if (random.chance(0.4)) add(aside(), stop, true);
  if (random.chance(0.25)) add(aside(), stop, random.chance(0.5));
  if (random.chance(0.4)) add({ text: random.pick(voice.greetings).trim(), label: 'chitchat' }, ' ', true);
  if (random.chance(0.35))
    add({ ...anyOf(voice, 'echo', random), label: wish.label }, random.pick(voice.pauses), false);
  if (random.chance(0.3)) add({ text: random.pick(voice.endings).trim(), label: 'chitchat' }, ' ', false);
  return example(segments, joins, random);
}

function several(voice: Voice, random: Random): Example {
  const count = random.chance(0.2) ? 3 : 2;
  const segments: Segment[] = Array.from({ length: count }, () => anyOf(voice, random.pick(wishes), random));
  const joins = segments.slice(1).map(() => random.pick(voice.connectors));
  if (random.chance(0.3)) {
    segments.unshift({ text: random.pick([...voice.greetings, ...voice.openings]).trim(), label: 'chitchat' });
    joins.unshift(' ');
  }
  if (random.chance(0.2)) {
    segments.unshift(anyOf(voice, 'aside', random));
    joins.unshift(voice.language === 'en' ? '. ' : '，');
  }
  if (random.chance(0.2)) {
    segments.push({ text: random.pick(voice.endings).trim(), label: 'chitchat' });
    joins.push(' ');
  }
  return example(segments, joins, random);
}

function anyOf(voice: Voice, label: Label, random: Random): Segment {
  return sentence(voice, label, random.pick(voice.byLabel.get(label) ?? []), random);
}

const wished: ReadonlySet<Label> = new Set(wishes);

function sentence({ slots, language, wrappers }: Voice, label: Label, template: string, random: Random): Segment {
  const wrapper = wished.has(label) && label !== 'human' && random.chance(0.1) ? random.pick(wrappers) : '';
  const text = wrapper + fill(template, slots, random);
  return { text: language === 'en' ? roughen(label === 'human' ? text : curse(text, random), random) : text, label };
}

/** Some curse without being angry at us: the word alone must not decide. */
function curse(text: string, random: Random): string {
  if (!random.chance(0.03)) return text;
  return text.replace(
    /\b(?:my|the|your|an?) /i,
    (word) => word + random.pick(['fucking ', 'damn ', 'bloody ', 'freaking ']),
  );
}

/** As people type: no capitals, no full stop, a slip of the finger. */
function roughen(text: string, random: Random): string {
  let rough = text;
  if (random.chance(0.3)) rough = rough.toLowerCase();
  else if (random.chance(0.5)) rough = rough.charAt(0).toUpperCase() + rough.slice(1);
  if (random.chance(0.03)) rough = rough.toUpperCase();
  if (random.chance(0.2)) rough = rough.replace(/[?.!]$/, '');
  if (random.chance(0.15))
    rough = rough
      .replace(/\byou\b/g, 'u')
      .replace(/\byour\b/g, 'ur')
      .replace(/\bplease\b/g, 'pls');
  return random.chance(0.15) ? mistype(rough, random) : rough;
}

function mistype(text: string, random: Random): string {
  if (text.length < 8) return text;
  const at = 1 + random.below(text.length - 3);
  const [one, two] = [text[at]!, text[at + 1]!];
  if (!/[a-z]/.test(one) || !/[a-z]/.test(two)) return text;
  const slips = [two + one, two, one + one + two];
  return text.slice(0, at) + random.pick(slips) + text.slice(at + 2);
}

/** Puts the parts together and keeps where each stands. */
function example(segments: readonly Segment[], joins: readonly string[], random: Random): Example {
  let text = '';
  const placed = segments.map((segment, index) => {
    const join = index === 0 ? '' : joins[index - 1]!;
    text = text.replace(/[。，,.]$/, (mark) => (/^[\s]*[。，,.?？]/.test(join) ? '' : mark)) + join;
    const start = text.length;
    const isNext = index > 0 && /[a-z] $|, $/.test(join) && random.chance(0.7);
    text +=
      isNext && !/^I\b/.test(segment.text)
        ? segment.text.charAt(0).toLowerCase() + segment.text.slice(1)
        : segment.text;
    return { ...segment, start, end: text.length };
  });
  return { text, segments: placed };
}

/** A message that somebody labelled, with one route or none, as an example. */
export function exampleOf({ text, routes }: Labelled): Example {
  return { text, segments: [{ text, label: routes[0] ?? 'none', start: 0, end: text.length }] };
}
