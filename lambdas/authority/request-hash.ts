import { createHash } from 'node:crypto';

/** SHA-256 of a request for a certificate, hexadecimal: the same text is the same request. */
export const requestHash = (csr: string): string =>
  createHash('sha256').update(csr.trim(), 'utf8').digest('hex');
