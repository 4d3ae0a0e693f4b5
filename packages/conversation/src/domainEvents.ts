import { z } from 'zod';

const id = z.string();

/** Every event that conversations emit for other systems (not those of a session's live stream). */
export const conversationEvents = {
  'handoff.requested': {
    version: 1,
    description: 'A session waits for a person of the staff.',
    data: z.strictObject({
      handoffId: id,
      sessionId: id,
      reason: z.enum(['CUSTOMER_ASKED', 'OUT_OF_SCOPE', 'LOW_CONFIDENCE', 'UPSET', 'APPROVAL_NEEDED', 'SYSTEM']),
      priority: z.enum(['LOW', 'NORMAL', 'HIGH', 'URGENT']),
      team: z.string().describe('Key of the team that it waits for.'),
    }),
  },
} as const;

export type ConversationEventType = keyof typeof conversationEvents;
