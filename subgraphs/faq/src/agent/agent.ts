import { defineAgent } from '@supportgraph/agent';
import prompt from '../../prompt.md';
import { faqOffline } from './offline.js';
import { faqTools, type FaqServices } from './tools.js';

/** Answers general questions from the FAQ. */
export const faqAgent = defineAgent<FaqServices>({
  kind: 'FAQ',
  prompt,
  model: 'small',
  tools: faqTools,
  offline: faqOffline,
});
