const image = /!\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])/g;
const link = /\[([^\]]+)\]\(\s*<?([^)\s>]*)[^)]*\)/g;
const tag = /<\/?[a-z][^>]*>/gi;
const address = /<?\b((?:[a-z][a-z0-9+.-]*:\/\/|www\.)[^\s<>"'`)\]，。、；！？」』）]+)>?/giu;

/** Without one of these nothing of the above is in a text. */
const mark = /[[<]|:\/\/|www\./i;

/** Text with links to these hosts only. Other links become the words they were on; images and HTML tags go. */
export function keepLinks(text: string, hosts: readonly string[]): string {
  if (!mark.test(text)) return text;
  return text
    .replace(image, (_, words: string) => words)
    .replace(link, (whole, words: string, url: string) => (isTo(url, hosts) ? whole : words))
    .replace(tag, '')
    .replace(address, (whole, url: string) => (isTo(url, hosts) ? whole : ''));
}

function isTo(address: string, hosts: readonly string[]): boolean {
  const url = address.toLowerCase().startsWith('www.') ? `https://${address}` : address;
  if (!URL.canParse(url)) return false;
  const { protocol, host, username, password } = new URL(url);
  return protocol === 'https:' && username === '' && password === '' && hosts.includes(host);
}
