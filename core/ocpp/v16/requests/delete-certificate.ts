import type { CommandOf } from '../../../command/command-request.ts';
import { validateDeleteCertificateRequest } from '../../generated/v16/delete-certificate-request.js';
import { validateDeleteCertificateResponse } from '../../generated/v16/delete-certificate-response.js';
import { statusOutcome } from '../../status-outcome.ts';
import { certificateHashData } from './certificate-words.ts';
import { exchange } from './exchange.ts';

/** DeleteCertificate of the security extension, section 5.3. */
export const deleteCertificate = exchange(
  'DeleteCertificate',
  validateDeleteCertificateRequest,
  validateDeleteCertificateResponse,
  ({ certificate }: CommandOf<'delete-certificate'>) => ({
    certificateHashData: certificateHashData(certificate),
  }),
  (answer) => statusOutcome(answer),
);
