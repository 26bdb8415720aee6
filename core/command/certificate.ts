/** The certificates that a charger can be given; each is the root of those that it then trusts. */
export const certificateUses = [
  'central-system-root',
  'manufacturer-root',
  'v2g-root',
  'mobility-operator-root',
] as const;

/** A use of a root certificate. */
export type CertificateUse = (typeof certificateUses)[number];

/** Names a certificate in a charger (CertificateHashData of OCPP). Hashes and serial number are hexadecimal. */
export type CertificateHash = {
  readonly algorithm: 'SHA256' | 'SHA384' | 'SHA512';
  readonly issuerNameHash: string;
  readonly issuerKeyHash: string;
  readonly serialNumber: string;
};
