import {
  claimIn,
  claimOfTurn,
  codesOf,
  type OfflineStep,
  type OfflineTurn,
  type ToolResult,
  type WrittenClaim,
} from '@supportgraph/agent';
import type { Claim } from '../speaker.js';
import { say, twice } from './say.js';
import { sentences } from './sentences.js';
import { orderNumbersIn } from './topics.js';

/** The questions after which a name or a postcode needs no words around it. */
export const identityQuestions = [
  sentences.WHO_IS_ASKING_EMAIL,
  sentences.WHO_IS_ASKING_EMAIL_AND_POSTCODE,
  sentences.notVerified,
  sentences.postcode,
  sentences.fullName,
];

/** What the customer has written of themselves, as the tool takes it; null if it is not enough, or was refused already. */
export function claimOf(turn: OfflineTurn, wasAsked: boolean): Claim | null {
  const { email, firstName, lastName, postcode } = partsOf(turn);
  const isNew = Object.keys(claimIn(turn.text, wasAsked)).length > 0 || emailOf(turn) !== undefined;
  const wasRefused = turn.history.some(({ author, text }) => author === 'ASSISTANT' && text.includes(sentences.notVerified[turn.language])); // prettier-ignore
  if (wasRefused && !isNew) return null;
  if (!email && !(firstName && lastName && postcode)) return null;
  const written = [turn.text, ...turn.history.filter(({ author }) => author === 'CUSTOMER').map(({ text }) => text)];
  const [orderNumber] = orderNumbersIn(written.join('\n'));
  return { ...partsOf(turn), ...(orderNumber && { orderNumber }) };
}

/** Whether the message itself says something of who writes. */
export function saysWho(turn: OfflineTurn, wasAsked: boolean): boolean {
  return Object.keys(claimIn(turn.text, wasAsked)).length > 0 || emailOf(turn) !== undefined;
}

function partsOf(turn: OfflineTurn): WrittenClaim {
  const email = emailOf(turn);
  return { ...claimOfTurn(turn, identityQuestions), ...(email && { email }) };
}

/** An e-mail address of the whole message, of which the text may be an excerpt. */
const emailOf = ({ entities }: OfflineTurn) => entities.find(({ name }) => name === 'email')?.value;

/** Asks who writes, or for what is still missing. */
export function askWho(turn: OfflineTurn, code: string): OfflineStep {
  if (code === 'WHO_IS_ASKING_TOKEN_ONLY') return say(turn, sentences.WHO_IS_ASKING_TOKEN_ONLY, sentences.offer);
  const { email, firstName, lastName, postcode } = partsOf(turn);
  const isNamed = Boolean(firstName && lastName);
  if (!email && !postcode && isNamed) return say(turn, sentences.postcode);
  if (!email && postcode && !isNamed) return say(turn, sentences.fullName);
  if (code === 'WHO_IS_ASKING_EMAIL') return say(turn, sentences.WHO_IS_ASKING_EMAIL);
  return email && !postcode ? say(turn, sentences.postcode) : say(turn, sentences.WHO_IS_ASKING_EMAIL_AND_POSTCODE);
}

/** What is said when the claim was refused. */
export function notRecognised(turn: OfflineTurn, tried: ToolResult): OfflineStep {
  const codes = codesOf(tried);
  const unknown = codes.find((code) => code.startsWith('WHO_IS_ASKING'));
  if (unknown) return askWho(turn, unknown);
  if (codes.includes('WRONG_STATE')) return say(turn, sentences.boundToAnother);
  return codes.includes('CUSTOMER_NOT_VERIFIED')
    ? twice(turn, sentences.notVerified)
    : say(turn, sentences.failed, sentences.offer);
}
