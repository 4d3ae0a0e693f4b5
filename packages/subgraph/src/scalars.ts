import { type ConstValueNode, GraphQLError, Kind, type ValueNode, valueFromASTUntyped } from 'graphql';
import { badUserInput } from './errors.js';

/** How one scalar leaves and enters. Values that are refused are never repeated in the message. */
export interface ScalarRules {
  serialize(value: unknown): unknown;
  parseValue(value: unknown): unknown;
  parseLiteral(node: ValueNode, variables?: Record<string, unknown> | null): unknown;
}

const timestamp = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/i;

/** The time that an RFC 3339 text with offset names; null if it is malformed or no such time exists. */
export function parseTimestamp(text: string): Date | null {
  const match = timestamp.exec(text);
  if (!match) return null;
  const [, year, month, day, hour, minute, second] = match.map(Number);
  const date = new Date(text);
  const isReal = month! >= 1 && month! <= 12 && day! >= 1 && day! <= daysIn(year!, month!);
  return isReal && hour! < 24 && minute! < 60 && second! < 60 && !Number.isNaN(date.getTime()) ? date : null;
}

// `new Date('2026-02-30T…')` is the second of March, so the day is checked here.
const daysIn = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** Rules of a scalar that is a text on the wire: `read` answers null for a text that is not one. */
function textScalar<T>(
  expectation: string,
  read: (text: string) => T | null,
  write: (value: unknown) => unknown,
): ScalarRules {
  const parse = (value: unknown): T => {
    const parsed = typeof value === 'string' ? read(value) : null;
    if (parsed === null) throw badUserInput(expectation);
    return parsed;
  };
  return {
    serialize: write,
    parseValue: parse,
    parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : undefined),
  };
}

/** Writes a value that is already a text of the right form; anything else is a fault of ours. */
function asText(name: string, isRight: (text: string) => boolean): (value: unknown) => string {
  return (value) => {
    if (typeof value === 'string' && isRight(value)) return value;
    throw new GraphQLError(`A resolver gave a value that is no ${name}.`);
  };
}

function writeTimestamp(value: unknown): string {
  const date = value instanceof Date ? value : typeof value === 'string' ? parseTimestamp(value) : null;
  if (!date || Number.isNaN(date.getTime())) throw new GraphQLError('A resolver gave a value that is no DateTime.');
  return date.toISOString();
}

const decimal = /^-?\d{1,30}(\.\d{1,30})?$/;
const isDecimal = (text: string) => decimal.test(text);

const currencies = new Set(Intl.supportedValuesOf('currency'));
const isCurrency = (text: string) => currencies.has(text);

/** The tag in its canonical form, for example `zh-hant` → `zh-Hant`. */
function readLanguageTag(text: string): string | null {
  if (text.length > 35) return null;
  try {
    return Intl.getCanonicalLocales(text)[0] ?? null;
  } catch {
    return null; // A RangeError is how Intl says that a tag is malformed.
  }
}

/** Absolute, and http or https: an address with another scheme (`javascript:`) must never become a link. */
function readUrl(text: string): string | null {
  if (text.length > 2_048 || !URL.canParse(text)) return null;
  return /^https?:$/.test(new URL(text).protocol) ? text : null;
}

const only =
  (isRight: (text: string) => boolean) =>
  (text: string): string | null =>
    isRight(text) ? text : null;

/** The scalars of the shared block of every `schema.graphql`. */
export const scalars: Readonly<Record<string, ScalarRules>> = {
  DateTime: textScalar(
    'A DateTime is an RFC 3339 text with offset, such as "2026-11-22T13:38:15Z".',
    parseTimestamp,
    writeTimestamp,
  ),
  Decimal: textScalar('A Decimal is a text such as "19.90".', only(isDecimal), asText('Decimal', isDecimal)),
  CurrencyCode: textScalar(
    'A CurrencyCode is one of ISO 4217, such as "USD".',
    only(isCurrency),
    asText('CurrencyCode', isCurrency),
  ),
  LanguageTag: textScalar(
    'A LanguageTag is one of BCP 47, such as "zh-Hant".',
    readLanguageTag,
    asText('LanguageTag', (text) => readLanguageTag(text) !== null),
  ),
  URL: textScalar('A URL is absolute and begins with https:// or http://.', readUrl, (value) =>
    asText('URL', (text) => readUrl(text) !== null)(value instanceof URL ? value.href : value),
  ),
  JSON: {
    serialize: (value) => value,
    parseValue: (value) => value,
    parseLiteral: (node, variables) => valueFromASTUntyped(node as ConstValueNode, variables),
  },
};
