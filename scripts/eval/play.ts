import { openCustomer, type Reply } from './customer.js';
import type { Dialogue, Step } from './dialogue.js';
import { openStaff, type Used } from './staff.js';
import type { Stage } from './stage.js';

/** A step as it was played. */
export interface PlayedStep {
  step: Step;
  reply: Reply;
  problems: readonly string[];
  /** Null if the platform does not tell. */
  used: Used | null;
}

/** A dialogue as it was played. */
export interface Played {
  dialogue: Dialogue;
  steps: readonly PlayedStep[];
  /** All that is not as expected: of the steps, and of what they left behind. */
  problems: readonly string[];
  /** What was proposed without being wanted, and where the shop ended otherwise. */
  wrongActions: number;
  handoff: string | null;
}

/** Plays a dialogue to its end, whatever goes wrong in between. */
export async function play(stage: Stage, dialogue: Dialogue): Promise<Played> {
  const staff = openStaff(stage.gatewayUrl, stage.token);
  const customer = await openCustomer(stage.gatewayUrl, dialogue);
  const steps: PlayedStep[] = [];
  for (const step of dialogue.steps) {
    const reply = await customer.does(step);
    const used = reply.turnId === null ? null : await staff.used(reply.turnId);
    steps.push({ step, reply, used, problems: problemsOf(step, reply, dialogue.never) });
  }
  const handoff = await customer.handoff();
  const differences = dialogue.state ? await staff.differences(dialogue.state) : [];
  const unwanted = steps.flatMap(({ step, reply }) => surplus(reply.proposes, step.proposes));
  return {
    ...{ dialogue, steps, handoff, wrongActions: unwanted.length + differences.length },
    problems: [
      ...steps.flatMap(({ problems }, index) => problems.map((problem) => `step ${index + 1} ${problem}`)),
      ...differences,
      ...(handoff === dialogue.handoff
        ? []
        : [`the handoff is ${handoff ?? 'none'}, not ${dialogue.handoff ?? 'none'}`]),
    ],
  };
}

/** Where a reply is not as a step expects it. */
export function problemsOf(step: Step, reply: Reply, forbidden: readonly string[]): string[] {
  const text = reply.text.toLowerCase();
  const holds = (each: string) => text.includes(each.toLowerCase());
  const missing = step.expect.map((each) => (Array.isArray(each) ? each : [each])).filter((any) => !any.some(holds));
  const routes = reply.routes.map(({ intent }) => intent);
  const isRouted = !step.routes || sorted(step.routes) === sorted(routes);
  return [
    ...missing.map((any) => `does not say ${any.map((each) => `“${each}”`).join(' or ')}`),
    ...[...step.never, ...forbidden].filter(holds).map((each) => `says “${each}”`),
    ...(isRouted ? [] : [`is routed to ${sorted(routes) || 'none'}, not ${sorted(step.routes!)}`]),
    ...surplus(reply.proposes, step.proposes).map((kind) => `proposes ${kind} unasked`),
    ...surplus(step.proposes, reply.proposes).map((kind) => `does not propose ${kind}`),
    ...(reply.status === 'FAILED' ? ['fails'] : []),
  ];
}

const sorted = (names: readonly string[]) => [...names].sort().join(', ');

/** What of the first is not in the second, counting each. */
function surplus(of: readonly string[], over: readonly string[]): string[] {
  const left = [...over];
  return of.filter((each) => {
    const place = left.indexOf(each);
    if (place >= 0) left.splice(place, 1);
    return place < 0;
  });
}
