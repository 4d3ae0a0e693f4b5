import type { Database } from '@supportgraph/data';
import { languages } from '@supportgraph/kernel';
import { account } from './account.js';
import type { DemoFaqCategory } from './faq.js';
import { giftCards } from './giftCards.js';
import { orders } from './orders.js';
import { payment } from './payment.js';
import { privacy } from './privacy.js';
import { products } from './products.js';
import { refunds } from './refunds.js';
import { returns } from './returns.js';
import { shipping } from './shipping.js';
import { support } from './support.js';

/** The help pages of the demo shop. They state the rules of the platform and invent none of a shop's own. */
export const demoFaqs: readonly DemoFaqCategory[] = [
  orders,
  returns,
  refunds,
  shipping,
  payment,
  giftCards,
  account,
  privacy,
  products,
  support,
];

/** The id of a demo entry. */
export const demoFaqId = (slug: string) => `faq_${slug}`;

/** Adds the demo shop's FAQ. What is there already, by slug, stays as it is. */
export async function seedFaqs(db: Pick<Database, 'transaction'>, now: Date): Promise<void> {
  const entries = demoFaqs.flatMap((category) => category.entries.map((entry) => ({ entry, category })));
  await db.transaction(async (tx) => {
    await tx.faqCategory.createMany({
      data: demoFaqs.map(({ slug, name }, position) => ({ slug, names: name, position })),
      skipDuplicates: true,
    });
    await tx.faqEntry.createMany({
      data: entries.map(({ entry: { slug }, category }) => ({
        id: demoFaqId(slug),
        slug,
        status: 'PUBLISHED' as const,
        categorySlug: category.slug,
        originalLanguage: 'en',
        createdAt: now,
        updatedAt: now,
      })),
      skipDuplicates: true,
    });
    await tx.faqTranslation.createMany({
      data: entries.flatMap(({ entry }) =>
        languages.map((language) => {
          const { question, answer, keywords } = entry[language];
          return { faqId: demoFaqId(entry.slug), language, question, answer, keywords: [...keywords] };
        }),
      ),
      skipDuplicates: true,
    });
  });
}
