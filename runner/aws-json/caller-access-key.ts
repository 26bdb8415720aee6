import type { IncomingHttpHeaders } from 'node:http';

/** The access key a request is signed with, out of its SigV4 `Authorization` header; empty when there is none. */
export function callerAccessKey(headers: IncomingHttpHeaders): string {
  return /Credential=([^/,\s]+)/.exec(headers.authorization ?? '')?.[1] ?? '';
}
