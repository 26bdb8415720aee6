import type { OcppEvent } from '../event.ts';
import type { SignCertificateRequest } from '../generated/v201/sign-certificate-request.js';
import type { Tolerated } from './tolerated.ts';

/** Reads SignCertificateRequest (OCPP 2.0.1 use cases A02 and A03). */
export const toCertificateRequested = (
  wire: Tolerated<SignCertificateRequest>,
  raw: string,
): readonly OcppEvent[] => [{ kind: 'certificateRequested', csr: wire.csr, raw }];
