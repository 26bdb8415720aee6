import type { CommandOutcome } from '../../core/command/command-outcome.ts';
import { faultyCertificate } from '../connection/fault-of-certificate.ts';
import type { Command } from '../store/commands/command-item.ts';

/** The end of a command with a certificate that has expired, at a time (epoch ms), since the command was made; undefined for any other. */
export function expiredCertificate(
  { request }: Pick<Command, 'request'>,
  now: number,
): CommandOutcome | undefined {
  const fault = faultyCertificate(request, now);
  if (fault?.code !== 'CERTIFICATE_EXPIRED') return undefined;
  const { code, message: description } = fault;
  return { kind: 'failed', reason: 'security', code, description };
}
