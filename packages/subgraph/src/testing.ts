import { nobody, silent } from '@supportgraph/kernel';
import type { ServiceRequest } from './service.js';

/** A request of nobody, for tests. */
export function testRequest(changes: Partial<ServiceRequest> = {}): ServiceRequest {
  const { signal } = new AbortController();
  return { requestId: 'req-1', viewer: nobody, language: 'en', signal, log: silent, ...changes };
}
