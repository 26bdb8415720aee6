import { X509Certificate } from 'node:crypto';
import { readPem } from '../../core/certificate/pem.ts';
import { certificatesIn } from '../../core/command/certificates-in.ts';

function readCertificate(pem: string): X509Certificate | undefined {
  const der = readPem(pem, ['CERTIFICATE']);
  try {
    return der && new X509Certificate(der);
  } catch {
    return undefined;
  }
}

/** Ms by which the clock of an authority may be ahead of ours. */
const clockTolerance = 3_600_000;

/** Why no charger would take a certificate: a code of docs/errors.md, and what is to be said of it. */
export type CertificateFault = {
  readonly code: 'CERTIFICATE_UNREADABLE' | 'CERTIFICATE_EXPIRED' | 'CERTIFICATE_NOT_YET_VALID';
  readonly message: string;
};

/**
 * The fault of a text that should be one X.509 certificate in PEM, at a time (epoch ms) and at others (ISO 8601) at which it is needed
 * besides; undefined where it has none. A certificate is valid at its last second, too (RFC 5280 section 4.1.2.5).
 */
export function faultOfCertificate(
  pem: string,
  now: number,
  neededAt: readonly string[] = [],
): CertificateFault | undefined {
  const certificate = readCertificate(pem);
  if (certificate === undefined) {
    const message = 'The value must be one X.509 certificate in PEM, with nothing around it.';
    return { code: 'CERTIFICATE_UNREADABLE', message };
  }
  const { validFromDate, validToDate } = certificate;
  const validTo = validToDate.getTime();
  if (validTo < now) {
    const message = `The certificate was valid until ${validToDate.toISOString()}.`;
    return { code: 'CERTIFICATE_EXPIRED', message };
  }
  const late = neededAt.find((time) => validTo < Date.parse(time));
  if (late !== undefined) {
    const message = `The certificate is valid until ${validToDate.toISOString()}, and is needed at ${late}.`;
    return { code: 'CERTIFICATE_EXPIRED', message };
  }
  if (validFromDate.getTime() <= now + clockTolerance) return undefined;
  const message = `The certificate is valid from ${validFromDate.toISOString()} on.`;
  return { code: 'CERTIFICATE_NOT_YET_VALID', message };
}

/** The first certificate in a command that no charger would take, with its place in the command; undefined where there is none. */
export function faultyCertificate(command: Parameters<typeof certificatesIn>[0], now: number) {
  for (const { field, pem, neededAt } of certificatesIn(command)) {
    const fault = faultOfCertificate(pem, now, neededAt);
    if (fault !== undefined) return { ...fault, field };
  }
  return undefined;
}
