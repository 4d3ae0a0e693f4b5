import { createHash } from 'node:crypto';
import { isWritten, notWritten, refuse, tool, toolInput, type Tool } from '@supportgraph/agent';
import { displayNameOf } from '@supportgraph/commerce';
import { z } from 'zod';
import { askWho, type ToolContext } from './toolContext.js';

const said = (what: string) => z.string().min(1).max(320).optional().describe(what);

const verifyCustomerInput = toolInput({
  email: said('E-mail address.'),
  firstName: said('First name.'),
  lastName: said('Last name.'),
  postcode: said('Postcode.'),
  orderNumber: said('Number of an order of theirs.'),
});

/** Finds out who is asking, from what the customer says of themselves. */
export function verifyCustomer(context: ToolContext): Tool {
  const { commerce, conversation, job, caller } = context;
  return tool({
    name: 'verify_customer',
    description:
      'Recognises the customer by what they wrote: the e-mail address, or first name, last name and postcode; some shops ask for ' +
      'more. Use it when another tool says that it is not known who is asking, and only with what the customer wrote.',
    label: { en: 'Checking your details', 'zh-Hant': '正在核對您的資料' },
    input: verifyCustomerInput,
    run: async (claim) => {
      if (!claim.email && !(claim.firstName && claim.lastName && claim.postcode)) return askWho(context);
      if (!isWritten(claim, job)) return refuse([notWritten]);
      // The same claim in the same route is the same try, also when the route is taken over.
      const hash = createHash('sha256')
        .update(JSON.stringify(Object.entries(claim).sort()))
        .digest('base64url');
      const input = { idempotencyKey: `${job.routeId} ${hash}`, sessionId: job.sessionId, claim };
      const bound = await conversation.sessions.verifyCustomer(job.viewer, input, async () => {
        const found = await commerce.customers.identify(claim);
        return found.ok ? { customerId: found.value.id, displayName: displayNameOf(found.value) } : null;
      });
      if (!bound.ok) return refuse(bound.errors);
      // Just bound to somebody.
      caller.recognise(bound.value.customerId!);
      return { verified: true };
    },
  });
}
