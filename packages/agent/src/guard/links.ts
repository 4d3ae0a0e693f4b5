import { asItIs, context, matchAt, readAll, type Piece, type Reader } from './pieces.js';

/** Text with links to these hosts only. Other links become the words they were on; images and HTML tags go, words in angles stay. */
export function keepLinks(text: string, hosts: readonly string[]): string {
  if (!/[[<]|\/\/|www\./i.test(text)) return text;
  const reader = linkReader(hosts);
  // What goes may let its neighbours become a link.
  return readAll(reader, readAll(reader, text));
}

const scheme = String.raw`[a-z][a-z0-9+.-]{0,30}`;
const mark = new RegExp(String.raw`[[<\]!]|${scheme}:\/\/|\/\/|www\.|(?:${scheme}:?\/?|\/)$`, 'gi');
/** The end of a text that may become an address. */
const openAddress = new RegExp(String.raw`(?:${scheme}:?|${scheme}:\/\/?|\/\/?)$`, 'iy');
/** What ends an address: also what ends a sentence in Chinese. */
const outside = String.raw`\s<>"'\`)\]，。、；！？」』）`;
const mostOfAddress = 1_000;
const address = new RegExp(String.raw`(?:${scheme}:\/\/|\/\/|www\.)[^${outside}]{1,${mostOfAddress}}`, 'iy');

/** Characters between brackets, in a tag, and between the parentheses of a link, beyond which they are none. */
const mostWords = 300;
const mostOfTag = 300;
const mostOfTarget = 600;

/** Finds links, images and HTML tags. */
export function linkReader(hosts: readonly string[]): Reader {
  return {
    mark,
    read(text, place, isLast) {
      const sign = text[place];
      if (sign === '<') return readTag(text, place, isLast, hosts);
      if (sign === '[') return readBrackets(text, place, place, isLast, hosts);
      if (sign === '!') return readImage(text, place, isLast, hosts);
      if (sign === ']') return readEnd(text, place, isLast);
      return readAddress(text, place, isLast, hosts);
    },
  };
}

/** Words that are no tag of HTML, as in “tap <Settings>” or “<your order number>”. */
const placeholder = /^(?:[A-Z][a-z]{1,20}|[a-z]{1,20} [a-z]{1,20})(?: [A-Za-z]{1,20}){0,3}$/;

/** A tag goes, and so does the sign that opens one without end. An address in angles stays if it is allowed. */
function readTag(text: string, place: number, isLast: boolean, hosts: readonly string[]): Piece | null {
  const open = matchAt(/<{1,3}/y, text, place)!;
  const next = text[place + open.length];
  if (next === undefined) return isLast ? asItIs(text, place) : null;
  // What goes in turn, such as a link, could leave a tag behind.
  if (!/[a-z/!?[]/i.test(next)) return asItIs(text, place);
  const tag = text.slice(place, place + mostOfTag);
  const end = tag.indexOf('>');
  if (end >= 0) {
    const inner = tag.slice(open.length, end);
    // Beside another sign that opens one, words without their angles could be a tag.
    const isAlone = open === '<' && text[place - 1] !== '<' && text[place + end + 1] !== '>';
    const told = isKept(tag.slice(1, end), hosts)
      ? tag.slice(0, end + 1)
      : isAlone && placeholder.test(inner)
        ? inner
        : '';
    return { length: end + 1, told };
  }
  if (tag.length < mostOfTag && !isLast) return null;
  const isTag = tag.length === mostOfTag || tag.includes('=');
  return isTag ? { length: open.length, told: '' } : asItIs(text, place);
}

const isKept = (inner: string, hosts: readonly string[]) =>
  isTo(inner, hosts) || /^[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}$/.test(inner);

function readImage(text: string, place: number, isLast: boolean, hosts: readonly string[]): Piece | null {
  if (place + 1 === text.length && !isLast) return null;
  return text[place + 1] === '[' ? readBrackets(text, place, place + 1, isLast, hosts) : asItIs(text, place);
}

/** What opens at a bracket: a link, an image, or the definition of one. */
function readBrackets(
  text: string,
  place: number,
  bracket: number,
  isLast: boolean,
  hosts: readonly string[],
): Piece | null {
  const close = closeOf(text, bracket, '[]', mostWords);
  if (close === 'none') return asItIs(text, place);
  const next = close === null ? undefined : text[close + 1];
  if (close === null || next === undefined) return isLast ? asItIs(text, place) : null;
  const words = text.slice(bracket + 1, close);
  const isImage = bracket > place;
  if (next === ':' && !isImage && isAtLineStart(text, place)) return readDefinition(text, place, close, isLast, hosts);
  if (next !== '(' && !(next === '[' && isImage)) return asItIs(text, place);
  const end = closeOf(text, close + 1, next === '(' ? '()' : '[]', mostOfTarget);
  if (end === null && !isLast) return null;
  if (end === null || end === 'none') return asItIs(text, place);
  const length = end + 1 - place;
  const kept = readAll(linkReader(hosts), words);
  if (isImage || !isLinkTo(text.slice(close + 2, end), hosts)) return { length, told: kept || ' ' };
  return { length, told: `[${kept}]${text.slice(close + 1, end + 1)}` };
}

/** Where what opens at a place is closed; null if the text ends before, "none" if it is not closed at all. */
function closeOf(text: string, place: number, [open, close]: string, most: number): number | null | 'none' {
  let depth = 0;
  for (let at = place; at < text.length; at += 1) {
    if (at - place >= most) return 'none';
    const sign = text[at];
    if (sign === '\\') at += 1;
    else if (sign === open) depth += 1;
    else if (sign === close && (depth -= 1) === 0) return at;
  }
  return null;
}

/** An end of brackets that no link was found to begin with: a reader of markdown might know better. */
function readEnd(text: string, place: number, isLast: boolean): Piece | null {
  const next = text[place + 1];
  if (next === undefined && !isLast) return null;
  return { length: 1, told: next === '(' ? '] ' : ']' };
}

/** Whether nothing but signs of lists and quotations stands before a place in its line. */
function isAtLineStart(text: string, place: number): boolean {
  return /\n[ \t>*+\-\d.)]*$/.test(text.slice(Math.max(0, place - context), place));
}

/** `[1]: https://…` defines where `[1]` leads to: it goes if that is not allowed. */
function readDefinition(
  text: string,
  place: number,
  close: number,
  isLast: boolean,
  hosts: readonly string[],
): Piece | null {
  const rest = text.slice(close + 2, close + 2 + mostOfTarget);
  const found = /^(\s{0,20}(<[^<>\n]{0,500}>|[^\s<]\S{0,500}))(?=\s)[ \t]{0,20}([^ \t])/.exec(
    isLast ? `${rest}\n` : rest,
  );
  if (!found) return isLast || rest.length === mostOfTarget ? asItIs(text, place) : null;
  const [, whole, target, next] = found;
  const isDefinition = /[\n"'(]/.test(next!) && /[/\\:.#%&?@<]/.test(target!);
  if (!isDefinition || isTo(target!.replace(/^<|>$/g, ''), hosts)) return asItIs(text, place);
  return { length: close + 2 + whole!.length - place, told: '' };
}

/** A bare address goes if it is not allowed. */
function readAddress(text: string, place: number, isLast: boolean, hosts: readonly string[]): Piece | null {
  const found = matchAt(address, text, place);
  if (!found) return !isLast && matchAt(openAddress, text, place) !== undefined ? null : asItIs(text, place);
  const end = place + found.length;
  const rest = found.replace(/^(?:[^/]*\/\/|www\.)/i, '');
  if (end === text.length && rest.length < mostOfAddress && !isLast) return null;
  if (/^\/\/(?![^/]*\.[^/])/.test(found)) return asItIs(text, place);
  const url = found.replace(/[.,;:!?*_~]{1,20}$/, '');
  if (!isTo(url, hosts)) return { length: url.length, told: '' };
  // What follows could, for some readers, be more of the host: no sign ends an address for all of them but a space.
  const isBare = /^[^/]*\/\/[^/?#]*$|^www\.[^/?#]*$/i.test(url);
  return { length: url.length, told: isBare && /\S/.test(text[end] ?? ' ') ? `${url}/` : url };
}

/** Whether what is in the parentheses of a link leads to one of these hosts. */
function isLinkTo(inner: string, hosts: readonly string[]): boolean {
  const found = /^\s{0,20}(?:<([^<>\s]+)>|([^<>\s]+))(?:\s{1,20}(?:"[^"]*"|'[^']*'))?\s{0,20}$/.exec(inner);
  return found !== null && isTo((found[1] ?? found[2])!, hosts);
}

function isTo(written: string, hosts: readonly string[]): boolean {
  if (/[\s\\]/.test(written)) return false;
  const url = /^www\./i.test(written) ? `https://${written}` : written.startsWith('//') ? `https:${written}` : written;
  if (!URL.canParse(url)) return false;
  const { protocol, host, username, password } = new URL(url);
  return protocol === 'https:' && username === '' && password === '' && hosts.includes(host);
}
