import { setTimeout as wait } from 'node:timers/promises';
import { audit, type Tx } from '@supportgraph/data';
import { fail, nobody, ok, userError, type Result, type UserError } from '@supportgraph/kernel';
import type { z } from 'zod';
import { readShop, writeShop } from '../data/readShop.js';
import { changeShop } from '../domain/changeShop.js';
import type { CommerceDeps } from '../services/deps.js';
import { importCustomers } from './importCustomers.js';
import { importExchanges, importRefunds, importReturns } from './importGoods.js';
import { importOrders } from './importOrders.js';
import { importProducts } from './importProducts.js';
import { MalformedFile, readRecords, type FileRecord } from './readRecords.js';
import * as records from './records.js';
import { ImportRefused, refuse, showPath } from './refusal.js';

/** Sections in the order in which they rest on each other, which need not be the file's. */
const listSections = ['products', 'customers', 'orders', 'returns', 'exchanges', 'refunds'] as const;
export type ListSection = (typeof listSections)[number];

/** How many records of each kind the file has. */
export type ImportSummary = Record<ListSection, number>;

export interface ImportOptions {
  /** Called after each batch with the records read so far. */
  onProgress?: (summary: Readonly<ImportSummary>) => void;
}

/** A parsed record and where it lies in the file. */
export interface Placed<T> {
  path: readonly (string | number)[];
  record: T;
}

/** What the importers of one file share. */
export interface ImportContext {
  tx: Tx;
  currency: string;
  now: Date;
  /** Ids seen in the file so far, by kind, to find one that is there twice. */
  seen: Map<string, Set<string>>;
}

const batchSize = 250;
const timeLimitMs = 30 * 60_000;
const importLock = 72707371;
const turnPauseMs = 100;

/**
 * Imports a shop file, all of it or nothing. Importing the same file again changes nothing.
 * `open` is called several times, as sections may come in any order and only one record is in memory at a time.
 */
export async function importShop(
  { db, clock, log }: CommerceDeps,
  open: () => AsyncIterable<string>,
  { onProgress }: ImportOptions = {},
): Promise<Result<ImportSummary>> {
  try {
    const passes = await planPasses(open);
    const summary = await db.transaction((tx) => importAll(tx, open, passes, clock(), onProgress), {
      timeoutMs: timeLimitMs,
    });
    log.info(summary, 'shop imported');
    return ok(summary);
  } catch (error) {
    if (error instanceof ImportRefused) return fail(error.error);
    if (error instanceof MalformedFile) return fail(malformed(error.path));
    throw error;
  }
}

function malformed(path: readonly string[]): UserError {
  const at = showPath(path);
  return path.length
    ? userError('INVALID', `${at}: this is not valid JSON.`, `${at}：不是有效的 JSON。`, path)
    : userError('INVALID', 'The file is not the JSON of one object.', '檔案不是有效的 JSON 物件。', path);
}

/** Sections to read in each pass: as many as lie in the right order. */
async function planPasses(open: () => AsyncIterable<string>): Promise<ListSection[][]> {
  const positions = new Map<string, number>();
  for await (const { section } of readRecords(open())) {
    if (!positions.has(section)) positions.set(section, positions.size);
  }
  const passes: ListSection[][] = [];
  let last = Infinity;
  for (const section of listSections) {
    const position = positions.get(section);
    if (position === undefined) continue;
    if (position < last) passes.push([]);
    passes.at(-1)!.push(section);
    last = position;
  }
  return passes;
}

async function importAll(
  tx: Tx,
  open: () => AsyncIterable<string>,
  passes: readonly ListSection[][],
  now: Date,
  onProgress: ImportOptions['onProgress'],
): Promise<ImportSummary> {
  await waitForTurn(tx);
  const currency = await importSettings(tx, open);
  const context: ImportContext = { tx, currency, now, seen: new Map() };
  const summary: ImportSummary = { products: 0, customers: 0, orders: 0, returns: 0, exchanges: 0, refunds: 0 };
  for (const sections of passes) {
    for await (const { section, values } of batches(open, sections)) {
      await importers[section](context, values);
      summary[section] += values.length;
      onProgress?.(summary);
    }
  }
  const viewer = { ...nobody, role: 'OPERATOR' } as const;
  await audit(tx, { viewer, action: 'shop.import', outcome: 'SUCCEEDED', subjectId: 'shop', changes: summary }, now);
  return summary;
}

/** One import after another. Asks again and again, since one statement that waits would be over before the other import is. */
async function waitForTurn(tx: Tx): Promise<void> {
  const isMine = async () => {
    const [row] = await tx.$queryRaw<{ is: boolean }[]>`SELECT pg_try_advisory_xact_lock(${importLock}) AS "is"`;
    return row?.is;
  };
  while (!(await isMine())) await wait(turnPauseMs);
}

/** Records of these sections in portions of one section each. */
async function* batches(
  open: () => AsyncIterable<string>,
  sections: readonly ListSection[],
): AsyncGenerator<{ section: ListSection; values: FileRecord[] }> {
  let batch: { section: ListSection; values: FileRecord[] } | null = null;
  for await (const record of readRecords(open())) {
    const section = sections.find((each) => each === record.section);
    if (!section) continue;
    if (record.index === null) refuse([section], 'must be a list');
    if (batch && (batch.section !== section || batch.values.length === batchSize)) {
      yield batch;
      batch = null;
    }
    batch ??= { section, values: [] };
    batch.values.push(record);
  }
  if (batch) yield batch;
}

/** Writes currency and settings, which may lie anywhere in the file. Answers the currency. */
async function importSettings(tx: Tx, open: () => AsyncIterable<string>): Promise<string> {
  const values = new Map<string, unknown>();
  const known = new Set<string>(['currency', 'settings', ...listSections]);
  for await (const { section, index, value } of readRecords(open())) {
    if (!known.has(section)) refuse([section], 'there is no such section');
    if (index === null) values.set(section, value);
  }
  const currency = parse(records.currencyRecord, ['currency'], values.get('currency'));
  const settings = values.has('settings') ? parse(records.settingsRecord, ['settings'], values.get('settings')) : {};
  const before = await readShop(tx);
  if (before.currency !== currency && (await hasAmounts(tx)))
    refuse(['currency'], `must be ${before.currency}, the currency of what is there already`);
  const shop = changeShop({ ...before, currency }, settings);
  if (!shop.ok) {
    const [error] = shop.errors;
    refuse(['settings', ...(error?.field?.slice(1) ?? [])], 'is malformed or out of range');
  }
  await writeShop(tx, shop.value);
  return currency;
}

async function hasAmounts(tx: Tx): Promise<boolean> {
  const first = { select: { id: true } } as const;
  const priced = (await tx.productVariant.findFirst(first)) ?? (await tx.order.findFirst(first));
  return Boolean(priced ?? (await tx.paymentMethod.findFirst({ where: { kind: 'GIFT_CARD' }, ...first })));
}

/** The record as its schema understands it; refused with the path of what is wrong. */
function parse<T extends z.ZodType>(schema: T, path: readonly (string | number)[], value: unknown): z.output<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return refuse([...path, ...((issue?.path ?? []) as (string | number)[])], issue?.message ?? 'is malformed');
}

function importer<T extends z.ZodType>(
  schema: T,
  write: (context: ImportContext, placed: Placed<z.output<T>>[]) => Promise<void>,
) {
  return (context: ImportContext, values: readonly FileRecord[]) => {
    const placed = values.map(({ section, index, value }) => {
      const path = [section, index ?? 0];
      return { path, record: parse(schema, path, value) };
    });
    return write(context, placed);
  };
}

const importers: Record<ListSection, (context: ImportContext, values: readonly FileRecord[]) => Promise<void>> = {
  products: importer(records.productRecord, importProducts),
  customers: importer(records.customerRecord, importCustomers),
  orders: importer(records.orderRecord, importOrders),
  returns: importer(records.returnRecord, importReturns),
  exchanges: importer(records.exchangeRecord, importExchanges),
  refunds: importer(records.refundRecord, importRefunds),
};
