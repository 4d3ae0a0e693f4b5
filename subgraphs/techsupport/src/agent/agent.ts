import { defineAgent } from '@supportgraph/agent';
import prompt from '../../prompt.md';
import { techsupportOffline } from './offline.js';
import { techsupportTools, type TechsupportServices } from './tools.js';

/** Helps with technical problems, by the guides. */
export const techsupportAgent = defineAgent<TechsupportServices>({
  kind: 'TECHSUPPORT',
  prompt,
  model: 'middle',
  tools: techsupportTools,
  offline: techsupportOffline,
});
