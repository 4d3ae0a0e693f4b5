import type { Deps } from '../deps.js';

/** Months that always have a partition: this one and the two that follow. */
const months = 3;

/** Makes the coming partitions of `messages`. */
export async function makePartitions({ db, logger, clock }: Pick<Deps, 'db' | 'logger' | 'clock'>): Promise<void> {
  const [row] = await db.query<{ made: number }>('SELECT conversation.make_message_partitions($1, $2) AS made', [
    clock(),
    months,
  ]);
  if (row!.made > 0) logger.info({ made: row!.made }, 'partitions made');
}
