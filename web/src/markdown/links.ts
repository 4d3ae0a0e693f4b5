/** Where links of replies may lead: to hosts of the shop and to what lies below them. */
export type MayLink = (href: string) => boolean;

/** Makes a {@link MayLink}. Only absolute addresses over http(s) pass, and none that carry a user or a password. */
export function linksTo(hosts: readonly string[]): MayLink {
  return (href) => {
    if (!/^https?:\/\//i.test(href) || !URL.canParse(href)) return false;
    const { username, password, hostname } = new URL(href);
    return username === '' && password === '' && hosts.some((host) => isBelow(hostname, host.toLowerCase()));
  };
}

function isBelow(hostname: string, host: string): boolean {
  return hostname === host || hostname.endsWith(`.${host}`);
}
