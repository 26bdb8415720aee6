import type { Answers } from '../answer.ts';
import type { OcppEvent } from '../event.ts';
import type { SignCertificateRequest } from '../generated/v16/sign-certificate-request.js';
import type { SignCertificateResponse } from '../generated/v16/sign-certificate-response.js';
import type { Forgiven } from './forgiven.ts';

/** Reads SignCertificate.req of the security extension. */
export const toCertificateRequested = (
  wire: Forgiven<SignCertificateRequest>,
  raw: string,
): OcppEvent => ({ kind: 'certificateRequested', csr: wire.csr, raw });

/** Writes SignCertificate.conf of the security extension. */
export const signCertificateResponse = ({
  status,
}: Answers['certificateRequested']): SignCertificateResponse => ({ status });
