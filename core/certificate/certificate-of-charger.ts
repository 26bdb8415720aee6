import { normalizeChargerId } from '../charger/charger-key.ts';
import type { IssuedCertificate } from './issued-certificate.ts';

/** The certificate that a charger has shown, as the edge describes it. Names are in the form of RFC 2253. */
export type ShownCertificate = {
  /** SHA-256 of its DER, hexadecimal. */
  readonly fingerprint: string;
  readonly subject: string;
  readonly issuer: string;
};

/** The common names in a name in the form of RFC 2253, in their order. */
function commonNamesIn(name: string): readonly string[] {
  // A separator that belongs to a value has a backslash before it, or is between quotation marks.
  const parts = name.match(/(?:\\.|"(?:\\.|[^"\\])*"|[^,+;"\\])+/g) ?? [];
  return parts.flatMap((part) => {
    const [, text] = /^\s*CN\s*=\s*(.*?)\s*$/is.exec(part) ?? [];
    if (text === undefined) return [];
    const bare = /^"(.*)"$/s.exec(text)?.[1] ?? text;
    return [bare.replaceAll(/\\(.)/g, '$1')];
  });
}

/** Who a certificate has to be about. */
export type Holder = {
  readonly chargerId: string;
  /** Those that our authority issued to it. */
  readonly issued: readonly IssuedCertificate[];
  /** The name of our authority. */
  readonly authority: string;
};

/**
 * Whether a certificate is a charger's own: one that our authority issued to it and that has not expired, or one of another authority whose
 * common name is the charger's id. `now` is epoch ms.
 */
export function isCertificateOf(
  { fingerprint, subject, issuer }: ShownCertificate,
  { chargerId, issued, authority }: Holder,
  now: number,
): boolean {
  const isOurs = commonNamesIn(issuer).includes(authority);
  if (isOurs || issuer === '') {
    const known = issued.find((one) => one.fingerprint === fingerprint.toLowerCase());
    return known !== undefined && Date.parse(known.notAfter) > now;
  }
  const [name, ...others] = commonNamesIn(subject);
  return (
    name !== undefined &&
    others.length === 0 &&
    normalizeChargerId(name) === normalizeChargerId(chargerId)
  );
}
