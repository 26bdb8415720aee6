import {
  isCertificateOf,
  type ShownCertificate,
} from '../../core/certificate/certificate-of-charger.ts';
import { readCertificates } from '../store/chargers/certificates.ts';
import { noteCertificateShown } from '../store/chargers/charger-secrets.ts';
import type { Charger } from '../store/chargers/chargers.ts';
import type { Database } from '../store/table/client.ts';

/** How a deployment knows the certificates of chargers: by what CloudFront says, which proves itself by a secret. */
export type Edge = {
  readonly secret: string;
  /** The name of our authority. */
  readonly authority: string;
};

/** The certificate that CloudFront describes in the query that it writes; undefined where it was shown none. */
export function shownCertificate(
  query: Readonly<Record<string, string | undefined>> | null | undefined,
): ShownCertificate | undefined {
  const {
    certificateSha256: fingerprint,
    certificateSubject: subject = '',
    certificateIssuer: issuer = '',
  } = query ?? {};
  return fingerprint === undefined ? undefined : { fingerprint, subject, issuer };
}

/**
 * Whether a charger may connect with the certificate that it has shown, or without one: that has to be its own, and from the first time on
 * it comes with one always (OCPP 2.0.1 use case A05: no lower security profile after a higher one). `now` is epoch ms.
 */
export async function mayConnect(
  database: Database,
  charger: Charger,
  shown: ShownCertificate | undefined,
  { authority }: Edge,
  now: number,
): Promise<boolean> {
  const { chargerId, chargerKey, certificateSince, renewedAt } = charger;
  if (shown === undefined) return certificateSince === undefined;
  const issued = await readCertificates(database, chargerKey, renewedAt);
  if (!isCertificateOf(shown, { chargerId, issued, authority }, now)) return false;
  if (certificateSince === undefined) {
    await noteCertificateShown(database, chargerKey, new Date(now).toISOString());
  }
  return true;
}
