import type { OfflinePlaybook } from '@supportgraph/agent';
import { z } from 'zod';
import type { Classification, Classifier } from '../domain/classifier.js';
import { localClassifier } from '../domain/localClassifier.js';

const prompt = z.object({
  message: z.string(),
  earlier: z.array(z.object({ author: z.string(), text: z.string() })).default([]),
});
type Prompt = z.infer<typeof prompt>;

/** Below this a message is read again together with what the customer said before it. */
const clearEnough = 0.5;

/** Plays the triage prompt with the local classifier, whose best guess has to do: there is no better model to ask. */
export const triageOffline: OfflinePlaybook = ({ text }) => {
  const { found } = guess(prompt.parse(JSON.parse(text)), localClassifier);
  return { json: { wishes: found, reason: 'by the words of the message' } };
};

function guess({ message, earlier }: Prompt, { classify }: Classifier): Classification {
  const alone = classify(message);
  const before = earlier.findLast(({ author }) => author === 'CUSTOMER')?.text;
  if (before === undefined || (alone.confidence >= clearEnough && alone.found[0]?.intent !== 'UNKNOWN')) return alone;
  const { found, confidence } = classify(`${before}\n${message}`);
  const isClear = found.length === 1 && found[0]!.confidence > alone.confidence;
  return isClear ? { found, confidence } : alone;
}
