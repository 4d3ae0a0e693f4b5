import type { OfflineStep } from '@supportgraph/agent';
import type { Text } from '@supportgraph/kernel';
import { correctedAddress, missingParts, readAddress, readOwn, readScrap, type NeededPart, type WrittenAddress } from './address.js'; // prettier-ignore
import { proposing } from './proposing.js';
import { questions } from './sentences.js';
import { ask, say, type Scene } from './steps.js';
import type { Thread } from './thread.js';

const partNames: Readonly<Record<NeededPart, Text>> = {
  line1: { en: 'the street and number', 'zh-Hant': '街道與門牌' },
  city: { en: 'the town', 'zh-Hant': '城市' },
  postcode: { en: 'the postcode', 'zh-Hant': '郵遞區號' },
  countryCode: { en: 'the country', 'zh-Hant': '國家' },
};

/** Proposes an address once it is whole; until then what was given is kept, and what is missing is named. */
export function addressStep(scene: Scene, tool: string, input: object, countryCode?: string): OfflineStep {
  const written = addressOf(scene.thread);
  if (!written) return ask(scene, questions.whichAddress);
  const address = { ...(countryCode && !isChinese(written) && { countryCode }), ...written };
  const missing = missingParts(address);
  if (missing.length > 0) return askMissing(scene, missing, soFar(scene, written));
  const { line1, line2 = null, city, region = null, postcode } = address;
  return proposing(scene, tool, { ...input, address: { line1, line2, city, region, postcode, countryCode: address.countryCode } }); // prettier-ignore
}

/** Names what is missing; who adds nothing to what is known is offered a person too. */
function askMissing(scene: Scene, missing: readonly NeededPart[], known: string): OfflineStep {
  const isRepeated = scene.thread.lastReply.includes(known);
  return say(scene, questions.missingParts, listParts(scene, missing), known, ...(isRepeated ? [questions.offerPerson] : [])); // prettier-ignore
}

/** What the customer has written of the address, later over earlier; a correction goes over what was proposed. */
export function addressOf({ said, waiting }: Thread): WrittenAddress | null {
  const proposed = waiting?.address ? readOwn(waiting.address) : null;
  if (proposed) return correctedAddress(proposed, said.at(-1)!);
  const address = said.reduce<WrittenAddress>((known, text, index) => {
    const read = index === 0 ? readAddress(text) : readScrap(text, missingParts(known));
    const isWhole = missingParts(read).length === 0;
    return isWhole ? read : { ...known, ...read };
  }, {});
  return Object.keys(address).length > 0 ? address : null;
}

/** An address in Chinese is in no country of Latin letters, so that the one of before is not taken for it. */
const isChinese = ({ line1 = '' }: WrittenAddress) => /\p{Script=Han}/u.test(line1);

function listParts({ language }: Scene, missing: readonly NeededPart[]): string {
  return missing.map((part) => `- ${partNames[part][language]}`).join('\n');
}

function soFar({ language }: Scene, { line1, line2, city, region, postcode, countryCode }: WrittenAddress): string {
  const known = [line1, line2, city, [region, postcode].filter(Boolean).join(' '), countryCode].filter(Boolean).join(', '); // prettier-ignore
  return language === 'en' ? `So far I have: ${known}.` : `目前已有：${known}。`;
}
