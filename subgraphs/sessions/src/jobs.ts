import { chainAudit, cleanUp, publishEvents } from '@supportgraph/data';
import type { Worker } from '@supportgraph/kernel';
import type { Deps } from './context.js';

/** What is done in the background for the whole platform. Any number of processes may do it at once. */
export function platformJobs({ db, log, rabbitMqUrl: url }: Pick<Deps, 'db' | 'log' | 'rabbitMqUrl'>): Worker[] {
  return [
    () => chainAudit({ db, log }),
    () => cleanUp({ db, log, isPublishing: url !== undefined }),
    ...(url === undefined ? [] : [() => publishEvents({ db, url, log })]),
  ];
}
