import type { CommandOf } from '../../../command/command-request.ts';
import { validateInstallCertificateRequest } from '../../generated/v16/install-certificate-request.js';
import { validateInstallCertificateResponse } from '../../generated/v16/install-certificate-response.js';
import { statusOutcome } from '../../status-outcome.ts';
import { certificateUseWord } from './certificate-words.ts';
import { exchange } from './exchange.ts';

/** InstallCertificate of the security extension, section 5.11. */
export const installCertificate = exchange(
  'InstallCertificate',
  validateInstallCertificateRequest,
  validateInstallCertificateResponse,
  ({ use, certificate }: CommandOf<'install-certificate'>) => {
    const certificateType = certificateUseWord(use);
    return typeof certificateType === 'object' ? certificateType : { certificateType, certificate };
  },
  (answer) => statusOutcome(answer),
);
