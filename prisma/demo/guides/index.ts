import type { Database } from '@supportgraph/data';
import { languages, type Text } from '@supportgraph/kernel';
import { deviceGuides } from './devices.js';
import type { DemoGuide, DemoStep } from './guide.js';
import { websiteGuides } from './website.js';

/** The troubleshooting guides of the demo shop. */
export const demoGuides: readonly DemoGuide[] = [...websiteGuides, ...deviceGuides];

/** The id of a demo guide. */
export const demoGuideId = (slug: string) => `gde_${slug}`;

const endings: readonly { key: string; ending: 'SOLVED' | 'NOT_SOLVED'; instruction: Text }[] = [
  {
    key: 'solved',
    ending: 'SOLVED',
    instruction: { en: 'Good to hear that it works again.', 'zh-Hant': '很高興問題已解決。' },
  },
  {
    key: 'not-solved',
    ending: 'NOT_SOLVED',
    instruction: {
      en: 'Then it needs a closer look. A colleague can go through it with you, or you can return or exchange a faulty item.',
      'zh-Hant': '這需要進一步檢查。同事可以協助您處理，有瑕疵的商品也可以退貨或換貨。',
    },
  },
];
const helped: Text = { en: 'That helped', 'zh-Hant': '解決了' };
const persists: Text = { en: 'It is still there', 'zh-Hant': '還是不行' };

/** Adds the demo shop's guides. What is there already, by slug, stays as it is. */
export async function seedGuides(db: Pick<Database, 'transaction'>, now: Date): Promise<void> {
  const steps = demoGuides.flatMap((guide) =>
    stepsOf(guide).map((step) => ({ guideId: demoGuideId(guide.slug), ...step })),
  );
  await db.transaction(async (tx) => {
    await tx.guide.createMany({
      data: demoGuides.map(({ slug }) => ({
        id: demoGuideId(slug),
        slug,
        originalLanguage: 'en',
        createdAt: now,
        updatedAt: now,
      })),
      skipDuplicates: true,
    });
    await tx.guideTranslation.createMany({
      data: demoGuides.flatMap(({ slug, title, symptoms, keywords }) =>
        languages.map((language) => ({
          guideId: demoGuideId(slug),
          language,
          title: title[language],
          symptoms: symptoms[language],
          keywords: [...keywords[language]],
        })),
      ),
      skipDuplicates: true,
    });
    await tx.guideStep.createMany({
      data: steps.map(({ guideId, key, position, ending }) => ({ guideId, key, position, ending })),
      skipDuplicates: true,
    });
    await tx.guideStepTranslation.createMany({
      data: steps.flatMap(({ guideId, key: stepKey, instruction }) =>
        languages.map((language) => ({ guideId, stepKey, language, instruction: instruction[language] })),
      ),
      skipDuplicates: true,
    });
    await tx.guideChoice.createMany({
      data: steps.flatMap(({ guideId, key: stepKey, choices }) =>
        choices.map(({ key, label, next }, position) => ({
          guideId,
          stepKey,
          key,
          position,
          labels: label,
          nextStepKey: next,
        })),
      ),
      skipDuplicates: true,
    });
  });
}

/** The steps as they are kept: with their places, the usual choices, and the two endings. */
function stepsOf({ steps }: DemoGuide) {
  const written = steps.map((step, position) => ({
    ...step,
    position,
    ending: null,
    choices: step.choices ?? usualChoices(steps[position + 1]),
  }));
  const ends = endings.map((end, index) => ({ ...end, position: steps.length + index, choices: [] }));
  return [...written, ...ends];
}

function usualChoices(next: DemoStep | undefined): NonNullable<DemoStep['choices']> {
  return [
    { key: 'helped', label: helped, next: 'solved' },
    { key: 'persists', label: persists, next: next?.key ?? 'not-solved' },
  ];
}
