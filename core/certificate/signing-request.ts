import { CertificationRequest } from '@peculiar/asn1-csr';
import type { AlgorithmIdentifier, Name, SubjectPublicKeyInfo } from '@peculiar/asn1-x509';
import { valuesOf } from './distinguished-name.ts';
import { parseDer, writeDer } from './parse-der.ts';
import { readPem } from './pem.ts';

/** How a request for a certificate is signed; the hash in the words of Node. */
export type SignatureKind = {
  readonly key: 'ec' | 'rsa';
  readonly hash: 'sha256' | 'sha384' | 'sha512';
};

/** A request of a charger for a certificate (PKCS #10, RFC 2986). */
export type SigningRequest = {
  readonly subject: Name;
  readonly commonNames: readonly string[];
  readonly organizations: readonly string[];
  readonly publicKey: SubjectPublicKeyInfo;
  /** Its public key as SubjectPublicKeyInfo in DER. */
  readonly publicKeyDer: Uint8Array;
  /** The signed part, and the signature over it by the key that is to be certified. */
  readonly signed: Uint8Array;
  readonly signature: Uint8Array;
  /** Undefined where it is signed in a way that is not accepted. */
  readonly signatureKind: SignatureKind | undefined;
};

/** The signature algorithms that OCPP asks for, and their longer forms. */
const signatureKinds: Readonly<Record<string, SignatureKind>> = {
  '1.2.840.10045.4.3.2': { key: 'ec', hash: 'sha256' },
  '1.2.840.10045.4.3.3': { key: 'ec', hash: 'sha384' },
  '1.2.840.10045.4.3.4': { key: 'ec', hash: 'sha512' },
  '1.2.840.113549.1.1.11': { key: 'rsa', hash: 'sha256' },
  '1.2.840.113549.1.1.12': { key: 'rsa', hash: 'sha384' },
  '1.2.840.113549.1.1.13': { key: 'rsa', hash: 'sha512' },
};

const kindOf = ({ algorithm }: AlgorithmIdentifier): SignatureKind | undefined =>
  signatureKinds[algorithm];

/** Reads a request for a certificate from PEM; undefined for what is none. Nothing of it is believed yet. */
export function readSigningRequest(pem: string): SigningRequest | undefined {
  const der = readPem(pem, ['CERTIFICATE REQUEST', 'NEW CERTIFICATE REQUEST']);
  const request = der && parseDer(der, CertificationRequest);
  if (request?.certificationRequestInfoRaw === undefined) return undefined;
  const { subject, subjectPKInfo: publicKey } = request.certificationRequestInfo;
  return {
    subject,
    commonNames: valuesOf(subject, 'commonName'),
    organizations: valuesOf(subject, 'organization'),
    publicKey,
    publicKeyDer: writeDer(publicKey),
    signed: new Uint8Array(request.certificationRequestInfoRaw),
    signature: new Uint8Array(request.signature),
    signatureKind: kindOf(request.signatureAlgorithm),
  };
}
