import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { CertificateHash } from './certificate.ts';

/** The parts of a root certificate by which OCPP names it (CertificateHashDataType). */
export type RootCertificate = {
  /** The DER of its issuer, which is itself. */
  readonly issuer: Uint8Array;
  /** Its public key, the content of the bit string. */
  readonly publicKey: Uint8Array;
  /** Hexadecimal, lower case, without zeros in front. */
  readonly serialNumber: string;
};

/** A serial number as it is compared: hexadecimal, lower case, without zeros in front. */
export const plainSerial = (hex: string): string => hex.toLowerCase().replace(/^0+(?=.)/, '');

const hashes = { SHA256: sha256, SHA384: sha384, SHA512: sha512 } as const;

/** The name of a root certificate in OCPP, by a hash function. */
export const certificateHash = (
  { issuer, publicKey, serialNumber }: RootCertificate,
  algorithm: CertificateHash['algorithm'] = 'SHA256',
): CertificateHash => {
  const hash = (bytes: Uint8Array): string => bytesToHex(hashes[algorithm](bytes));
  return {
    algorithm,
    issuerNameHash: hash(issuer),
    issuerKeyHash: hash(publicKey),
    serialNumber,
  };
};

/** Whether a charger names a certificate. */
export const isNamed = (certificate: RootCertificate, name: CertificateHash): boolean => {
  const own = certificateHash(certificate, name.algorithm);
  return (
    own.issuerNameHash === name.issuerNameHash.toLowerCase() &&
    own.issuerKeyHash === name.issuerKeyHash.toLowerCase() &&
    own.serialNumber === plainSerial(name.serialNumber)
  );
};
