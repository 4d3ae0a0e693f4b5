/** The subgraphs, in the order of supergraph.yaml, which is also the order of their ports. */
export const subgraphNames = ['faq', 'handoff', 'orders', 'refunds', 'router', 'sessions', 'techsupport'] as const;
export type SubgraphName = (typeof subgraphNames)[number];

/** What a process hosts. */
export interface HostedServices {
  gateway: boolean;
  subgraphs: readonly SubgraphName[];
}

/** Whether this process is the whole platform. */
export function isWhole({ gateway, subgraphs }: HostedServices): boolean {
  return gateway && subgraphs.length === subgraphNames.length;
}

/** Reads `all`, or a list such as `gateway,router`; null names the word that is no service. */
export function readHostedServices(
  text: string,
): { ok: true; hosted: HostedServices } | { ok: false; unknown: string } {
  const words = text.split(',').map((word) => word.trim());
  const unknown = words.find((word) => word !== 'all' && word !== 'gateway' && !isSubgraphName(word));
  if (unknown !== undefined) return { ok: false, unknown };
  const all = words.includes('all');
  return {
    ok: true,
    hosted: {
      gateway: all || words.includes('gateway'),
      subgraphs: subgraphNames.filter((name) => all || words.includes(name)),
    },
  };
}

export function isSubgraphName(word: string): word is SubgraphName {
  return (subgraphNames as readonly string[]).includes(word);
}
