import { randomBytes } from 'node:crypto';
import type { Input } from './input.js';

const text = 1;
const binary = 2;
const continued = 0;
const closing = 8;
const pinging = 9;

interface Shape {
  /** Whether it is the last of its message. @default true */
  isLast?: boolean;
  /** Reserved bits: 0x40 says that the message is compressed. @default 0 */
  reserved?: number;
  /** @default true */
  isMasked?: boolean;
  /** The length that it says it has. @default the real one */
  length?: number;
}

/** One frame of RFC 6455, or nearly one. */
function frame(opcode: number, content: string | Buffer, shape: Shape = {}): Buffer {
  const payload = Buffer.from(content);
  const { isLast = true, reserved = 0, isMasked = true, length = payload.length } = shape;
  const size = length < 126 ? length : length < 65_536 ? 126 : 127;
  const head = Buffer.from([(isLast ? 0x80 : 0) | reserved | opcode, (isMasked ? 0x80 : 0) | size]);
  const extended = Buffer.alloc(size === 127 ? 8 : size === 126 ? 2 : 0);
  if (size === 127) extended.writeBigUInt64BE(BigInt(length));
  if (size === 126) extended.writeUInt16BE(length);
  const mask = isMasked ? randomBytes(4) : Buffer.alloc(0);
  const sent = isMasked ? payload.map((byte, index) => byte ^ mask[index % 4]!) : payload;
  return Buffer.concat([head, extended, mask, sent]);
}

const many = (count: number, each: Buffer) => Buffer.concat(Array.from({ length: count }, () => each));
const init = '{"type":"connection_init"}';
const first = frame(text, init);
const part = { isLast: false };

/** Frames that are hardly those of a WebSocket. */
const rows: [what: string, code: number, frames: Buffer[]][] = [
  ['a binary frame of noise', 4400, [first, frame(binary, randomBytes(100))]],
  ['text that is no UTF-8', 1007, [first, frame(text, Buffer.from([0xff, 0xfe, 0xc0]))]],
  ['a compressed frame', 1002, [frame(text, init, { reserved: 0x40 })]],
  ['a reserved bit', 1002, [frame(text, init, { reserved: 0x20 })]],
  ['a frame without a mask', 1002, [frame(text, init, { isMasked: false })]],
  ['the end of a message without its beginning', 1002, [frame(continued, init)]],
  ['a message in the middle of another', 1002, [frame(text, '{', part), frame(text, init)]],
  ['a frame of no known kind', 1002, [frame(3, init)]],
  ['a ping of 126 bytes', 1002, [frame(pinging, Buffer.alloc(126))]],
  ['half a ping', 1002, [frame(pinging, 'x', part)]],
  ['a goodbye with a code that is none', 1002, [frame(closing, Buffer.from([0x03, 0xed]))]],
  ['a goodbye of one byte', 1002, [frame(closing, Buffer.from([0x03]))]],
  ['a goodbye that is no UTF-8', 1007, [frame(closing, Buffer.from([0x03, 0xe8, 0xff]))]],
  ['a frame that says it has 2^53 bytes', 1009, [frame(text, '', { length: 2 ** 53 - 1 })]],
  ['twenty thousand empty parts', 1008, [frame(text, '', part), many(20_000, frame(continued, '', part))]],
  ['a message cut into bytes, of no known type', 4400, [frame(text, '{', part), ...[...'"type":"please"}'].map((byte, n, all) => frame(continued, byte, { isLast: n === all.length - 1 }))]],
  ['saying who one is five times', 4429, [many(5, first)]],
]; // prettier-ignore

export const frames: readonly Input[] = rows.map(([what, code, sent]) => ({
  what,
  refusal: `closed with ${code}`,
  send: (world) => world.frames(sent),
}));
