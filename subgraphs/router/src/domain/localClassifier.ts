import { makeClassifier } from './classifier.js';
import weights from './weights.json' with { type: 'json' };

/** The classifier that is shipped: `npm run train:routing` writes its weights. */
export const localClassifier = makeClassifier(weights);
