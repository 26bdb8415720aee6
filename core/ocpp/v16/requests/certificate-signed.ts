import type { CommandOf } from '../../../command/command-request.ts';
import { validateCertificateSignedRequest } from '../../generated/v16/certificate-signed-request.js';
import { validateCertificateSignedResponse } from '../../generated/v16/certificate-signed-response.js';
import { statusOutcome } from '../../status-outcome.ts';
import { exchange } from './exchange.ts';

/** CertificateSigned of the security extension, section 5.1. */
export const certificateSigned = exchange(
  'CertificateSigned',
  validateCertificateSignedRequest,
  validateCertificateSignedResponse,
  ({ chain }: CommandOf<'deliver-certificate'>) => ({ certificateChain: chain }),
  (answer) => statusOutcome(answer),
);
