import type { CommandOf } from '../../../command/command-request.ts';
import type { DeleteCertificateRequest } from '../../generated/v201/delete-certificate-request.js';
import type { DeleteCertificateResponse } from '../../generated/v201/delete-certificate-response.js';
import { statusOutcome } from '../../status-outcome.ts';
import { certificateHashData } from './certificate-words.ts';
import { message } from './message.ts';

/** DeleteCertificate (OCPP 2.0.1 part 2 section 1.17). */
export const deleteCertificate = message<
  CommandOf<'delete-certificate'>,
  DeleteCertificateRequest,
  DeleteCertificateResponse
>(
  ({ certificate }) => ({ certificateHashData: certificateHashData(certificate) }),
  (answer) => statusOutcome(answer),
);
