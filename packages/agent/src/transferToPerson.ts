import { z } from 'zod';
import { handOff, tool, type Tool } from './tool.js';
import { toolInput } from './toolInput.js';

const transferInput = toolInput({
  reason: z.enum(['CUSTOMER_ASKED', 'OUT_OF_SCOPE', 'LOW_CONFIDENCE', 'UPSET']),
  summary: z.string().min(1).max(500).describe('For the colleague: what is wanted and what was found out.'),
});

/** The tool by which every agent can give the session to a person. */
export function transferToPerson(): Tool {
  return tool({
    name: 'transfer_to_person',
    description:
      'Gives this conversation to a person of the staff and ends your part. Use it when the customer asks for a person, ' +
      'is upset, or wants something that your tools cannot do. Not for questions that your tools answer.',
    label: { en: 'Passing you on to a colleague', 'zh-Hant': '正在為您轉接同事' },
    input: transferInput,
    run: async ({ reason, summary }) => handOff(reason, summary),
  });
}
