import type { IncomingHttpHeaders } from 'node:http';

const credential = /Credential=([^/,\s]+)\/\d{8}\/[a-z\d-]+\/[a-z\d-]+\/aws4_request/;

/**
 * The access key a request is signed with, out of its SigV4 `Authorization` header; empty when there is none, or when it is not
 * scoped to a day, a region and a service, which AWS refuses as well.
 */
export function callerAccessKey(headers: IncomingHttpHeaders): string {
  return credential.exec(headers.authorization ?? '')?.[1] ?? '';
}
