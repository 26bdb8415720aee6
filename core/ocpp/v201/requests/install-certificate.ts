import type { CommandOf } from '../../../command/command-request.ts';
import type { InstallCertificateRequest } from '../../generated/v201/install-certificate-request.js';
import type { InstallCertificateResponse } from '../../generated/v201/install-certificate-response.js';
import { statusOutcome } from '../../status-outcome.ts';
import { certificateUseWords } from './certificate-words.ts';
import { message } from './message.ts';

/** InstallCertificate (OCPP 2.0.1 part 2 section 1.32). */
export const installCertificate = message<
  CommandOf<'install-certificate'>,
  InstallCertificateRequest,
  InstallCertificateResponse
>(
  ({ use, certificate }) => ({ certificateType: certificateUseWords[use], certificate }),
  (answer) => statusOutcome(answer),
);
