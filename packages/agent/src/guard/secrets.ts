import { asItIs, matchAt, readAll, type Piece, type Reader } from './pieces.js';

/** Keys of providers and the platform, and tokens of sessions. What is longer is none, and bounds keep the search short. */
const secret =
  /[spr]k[-_][\w-]{16,1000}|sg_[\w-]{16,1000}|eyJ[\w-]{8,1000}\.[\w-]{1,1000}(?:\.[\w-]{0,1000})?|Bearer\s{1,20}[\w.~+/=-]{16,1000}|AKIA[A-Z0-9]{16}(?!\w)/y;
/** What may become one with more text. */
const open =
  /(?:[spr]k?|sg|ey?|B(?:e(?:a(?:r(?:er?)?)?)?)?|[spr]k[-_][\w-]{0,999}|sg_[\w-]{0,999}|eyJ[\w-]{0,1000}(?:\.[\w-]{0,1000}){0,2}|A(?:K(?:I(?:A[A-Z0-9]{0,16})?)?)?|Bearer\s{1,20}[\w.~+/=-]{0,999})$/y;

/** Finds keys and tokens. */
export const secretReader: Reader = {
  mark: /(?<!\w)(?:[spr]k[-_]|sg_|eyJ|AKIA|Bearer\s|(?:[spr]k?|sg|ey?|A(?:KI?)?|B(?:e(?:a(?:r(?:er?)?)?)?)?)$)/g,
  read(text, place, isLast): Piece | null {
    if (!isLast && matchAt(open, text, place) !== undefined) return null;
    const found = matchAt(secret, text, place);
    return found === undefined ? asItIs(text, place) : { length: found.length, told: '…' };
  },
};

/** Text without keys and tokens. */
export const hideSecrets = (text: string): string => readAll(secretReader, text);
