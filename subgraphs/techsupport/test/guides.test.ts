import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoGuideId, demoGuides, seedGuides } from '../../../prisma/demo/guides/index.js';
import { guideService, type GuideService } from '../src/service.js';
import { chinese, english, offTopic } from './problems.js';
import { startWorld, type World } from './world.js';

let world: World;
let guides: GuideService;
beforeAll(async () => {
  world = await startWorld();
  guides = guideService(world);
});
afterAll(() => world.close());

describe('the best guide is the right one', () => {
  for (const [language, problems] of Object.entries({ English: english, Chinese: chinese }))
    test(`for at least 90 % of the ${language} problems`, async () => {
      const misses: string[] = [];
      for (const [problem, slug] of problems) {
        const [best] = await guides.search(problem, 1);
        if (best?.guide.slug !== slug) misses.push(`${problem} → ${best?.guide.slug ?? 'nothing'} instead of ${slug}`);
      }
      expect(misses.length / problems.length, misses.join('\n')).toBeLessThanOrEqual(0.1);
    });
});

test('what no guide is for finds none', async () => {
  const found = await Promise.all(
    offTopic.map(async (problem) => ({ problem, hits: await guides.search(problem, 1) })),
  );
  expect(found.filter(({ hits }) => hits.length > 0).map(({ problem }) => problem)).toEqual([]);
});

test('every choice of every guide leads to a step, and every step can be reached', async () => {
  const all = await guides.load(demoGuides.map(({ slug }) => demoGuideId(slug)));
  for (const guide of all) {
    const keys = guide!.steps.map(({ key }) => key);
    const reached = new Set([
      keys[0],
      ...guide!.steps.flatMap(({ choices }) => choices.map(({ nextStepKey }) => nextStepKey)),
    ]);
    expect([...reached].sort(), guide!.slug).toEqual([...keys].sort());
    for (const { ending, choices } of guide!.steps) expect(choices.length === 0).toBe(ending !== null);
  }
});

test('a guide is there by id with its steps and choices, in the language of the request', async () => {
  const query = `query ($id: ID!) { guide(id: $id) { title english: title(language: "en") steps { key instruction choices { key label } } } }`;
  const { data, errors } = await world.ask(query, { id: 'gde_speaker-no-sound' }, 'zh-Hant');
  expect(errors).toBeUndefined();
  expect(data).toMatchObject({
    guide: {
      title: '喇叭或耳機沒有聲音',
      english: 'My speaker or headphones have no sound',
      steps: [
        {
          key: 'volume',
          choices: [
            { key: 'helped', label: '解決了' },
            { key: 'persists', label: '還是不行' },
          ],
        },
        { key: 'output' },
        { key: 'other-source' },
        { key: 'solved', choices: [] },
        { key: 'not-solved', choices: [] },
      ],
    },
  });
});

test('guides for a problem are found with a score, none for nonsense', async () => {
  const query = `query ($query: String!) { searchGuides(query: $query) { score guide { id } } }`;
  const found = await world.ask(query, { query: 'no sound from my speaker' });
  expect(found.data).toMatchObject({ searchGuides: [{ guide: { id: 'gde_speaker-no-sound' } }] });
  expect(await world.ask(query, { query: 'xyzzy plugh' })).toEqual({ data: { searchGuides: [] } });
});

test('a guide that nobody knows is null, also as an entity; more than 20 is bad input', async () => {
  const entities = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Guide { title } } guide(id: "gde_none") { id } }`;
  const representations = ['gde_app-crash', 'gde_none'].map((id) => ({ __typename: 'Guide', id }));
  const { data } = await world.ask(entities, { representations });
  expect(data).toEqual({ _entities: [{ title: 'The app crashes or closes by itself' }, null], guide: null });
  const { errors } = await world.ask('{ searchGuides(query: "sound", first: 21) { score } }');
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
});

test('seeding again changes nothing', async () => {
  const count = () =>
    world.db.query(
      `SELECT (SELECT count(*) FROM techsupport.guides) AS guides, (SELECT count(*) FROM techsupport.guide_choices) AS choices`,
    );
  const before = await count();
  await seedGuides(world.db, new Date());
  expect(await count()).toEqual(before);
  expect(before).toMatchObject([{ guides: demoGuides.length }]);
});
