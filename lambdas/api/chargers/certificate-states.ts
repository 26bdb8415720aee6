import type { AnsweredCommand } from '../../../core/command/known-configuration.ts';
import type { WantedCertificate } from '../../../core/configuration/desired-configuration.ts';
import { certificateDrift } from '../../../core/configuration/wanted-certificates.ts';

/** How the certificates that a charger should have stand; the reader of certificates is loaded with the first one. */
export async function certificateStates(
  wanted: readonly WantedCertificate[],
  commands: readonly AnsweredCommand[],
) {
  if (wanted.length === 0) return [];
  const { readRootCertificate } = await import('../../../core/command/read-certificate.ts');
  return certificateDrift(wanted, commands, readRootCertificate).map(
    ({ use, certificate, state }) => ({
      use,
      state,
      serialNumber: readRootCertificate(certificate)?.serialNumber ?? '',
    }),
  );
}
