import { X509Certificate } from 'node:crypto';
import { readPem } from '../../../core/certificate/pem.ts';
import type { CommandForm } from './command-form.ts';

/** The certificates that a command brings to a charger, by their places in its form. */
function certificatesIn(
  form: CommandForm,
): readonly { readonly path: string; readonly pem: string }[] {
  switch (form.type) {
    case 'install-certificate':
      return [{ path: 'body.certificate', pem: form.certificate }];
    case 'update-firmware':
      return form.signed === undefined
        ? []
        : [{ path: 'body.signed.certificate', pem: form.signed.certificate }];
    case 'deliver-certificate':
      return form.chain
        .split(/(?<=-----END [A-Z0-9 ]+-----)/)
        .filter((pem, n) => n === 0 || pem.trim() !== '')
        .map((pem) => ({ path: 'body.chain', pem }));
    default:
      return [];
  }
}

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

/** The fault of a text that should be one X.509 certificate in PEM, at a time (epoch ms); undefined where it has none. */
export function faultOfCertificate(pem: string, now: number): CertificateFault | undefined {
  const certificate = readCertificate(pem);
  if (certificate === undefined) {
    const message = 'The value must be one X.509 certificate in PEM, with nothing around it.';
    return { code: 'CERTIFICATE_UNREADABLE', message };
  }
  const { validFromDate, validToDate } = certificate;
  if (validToDate.getTime() < now) {
    const message = `The certificate was valid until ${validToDate.toISOString()}.`;
    return { code: 'CERTIFICATE_EXPIRED', message };
  }
  if (validFromDate.getTime() <= now + clockTolerance) return undefined;
  const message = `The certificate is valid from ${validFromDate.toISOString()} on.`;
  return { code: 'CERTIFICATE_NOT_YET_VALID', message };
}

/** The first certificate in a command that no charger would take, with its place; undefined where there is none. */
export function faultyCertificate(form: CommandForm, now: number) {
  for (const { path, pem } of certificatesIn(form)) {
    const fault = faultOfCertificate(pem, now);
    if (fault !== undefined) return { code: fault.code, detail: { path, message: fault.message } };
  }
  return undefined;
}
