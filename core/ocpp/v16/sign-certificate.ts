import type { Answers } from '../answer.ts';
import type { OcppEvent } from '../event.ts';
import type { SignCertificateRequest } from '../generated/v16/sign-certificate-request.js';
import type { SignCertificateResponse } from '../generated/v16/sign-certificate-response.js';
import type { Tolerated } from './tolerated.ts';

/** Reads SignCertificate.req of the security extension. */
export const toCertificateRequested = (
  wire: Tolerated<SignCertificateRequest>,
  raw: string,
): OcppEvent => ({ kind: 'certificateRequested', csr: wire.csr, raw });

/** Writes SignCertificate.conf of the security extension. */
export const signCertificateResponse = ({
  status,
}: Answers['certificateRequested']): SignCertificateResponse => ({ status });
