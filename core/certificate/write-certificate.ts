import { sha1 } from '@noble/hashes/legacy.js';
import { hexToBytes } from '@noble/hashes/utils.js';
import { OctetString } from '@peculiar/asn1-schema';
import {
  AlgorithmIdentifier,
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  ExtendedKeyUsage,
  Extension,
  Extensions,
  id_ce_authorityKeyIdentifier,
  id_ce_basicConstraints,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_ce_subjectKeyIdentifier,
  id_kp_clientAuth,
  KeyIdentifier,
  KeyUsage,
  KeyUsageFlags,
  type Name,
  SubjectKeyIdentifier,
  SubjectPublicKeyInfo,
  TBSCertificate,
  Validity,
  Version,
} from '@peculiar/asn1-x509';
import { nameFrom } from './distinguished-name.ts';
import { parseDer, writeDer } from './parse-der.ts';
import { writePem } from './pem.ts';
import type { SigningRequest } from './signing-request.ts';

/** How the authority signs: ECDSA on P-256 over SHA-256. */
const signature = () => new AlgorithmIdentifier({ algorithm: '1.2.840.10045.4.3.2' });

/** When a certificate is valid, epoch ms, and its serial number in hexadecimal. */
export type CertificateTerms = {
  readonly serialNumber: string;
  readonly notBefore: number;
  readonly notAfter: number;
};

/** The authority that certifies chargers: its name, and its public key as SubjectPublicKeyInfo in DER. */
export type Authority = { readonly name: string; readonly publicKeyDer: Uint8Array };

const buffer = (bytes: Uint8Array): ArrayBuffer => bytes.slice().buffer;

/** A key's identifier: the SHA-1 of its bits (RFC 5280 section 4.2.1.2). */
const keyIdentifier = ({ subjectPublicKey }: SubjectPublicKeyInfo): ArrayBuffer =>
  buffer(sha1(new Uint8Array(subjectPublicKey)));

const extension = (extnID: string, critical: boolean, value: object): Extension =>
  new Extension({ extnID, critical, extnValue: new OctetString(buffer(writeDer(value))) });

const usage = (flags: number): Extension => {
  // The number of a usage is that of its bit; DER leaves out zeros at the end.
  const bits = new KeyUsage(flags);
  return extension(id_ce_keyUsage, true, bits);
};

const identified = (key: SubjectPublicKeyInfo, issuerKey: SubjectPublicKeyInfo): Extension[] => [
  extension(id_ce_subjectKeyIdentifier, false, new SubjectKeyIdentifier(keyIdentifier(key))),
  extension(
    id_ce_authorityKeyIdentifier,
    false,
    new AuthorityKeyIdentifier({ keyIdentifier: new KeyIdentifier(keyIdentifier(issuerKey)) }),
  ),
];

const authorityName = ({ name }: Authority): Name => nameFrom([['commonName', name]]);

function authorityKey({ publicKeyDer }: Authority): SubjectPublicKeyInfo {
  const key = parseDer(publicKeyDer, SubjectPublicKeyInfo);
  if (key === undefined) throw new Error('The public key of the authority cannot be read');
  return key;
}

const body = (
  { serialNumber, notBefore, notAfter }: CertificateTerms,
  issuer: Name,
  subject: Name,
  subjectPublicKeyInfo: SubjectPublicKeyInfo,
  extensions: readonly Extension[],
): Uint8Array =>
  writeDer(
    new TBSCertificate({
      version: Version.v3,
      serialNumber: buffer(hexToBytes(serialNumber)),
      signature: signature(),
      issuer,
      validity: new Validity({ notBefore: new Date(notBefore), notAfter: new Date(notAfter) }),
      subject,
      subjectPublicKeyInfo,
      extensions: new Extensions([...extensions]),
    }),
  );

/** The part that an authority signs to certify itself: a root that certifies chargers and no other authority. */
export function authorityBody(authority: Authority, terms: CertificateTerms): Uint8Array {
  const [name, key] = [authorityName(authority), authorityKey(authority)];
  return body(terms, name, name, key, [
    extension(
      id_ce_basicConstraints,
      true,
      new BasicConstraints({ cA: true, pathLenConstraint: 0 }),
    ),
    usage(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign),
    ...identified(key, key),
  ]);
}

/**
 * The part that an authority signs to certify a charger: the subject and the key of its request, for TLS as a client and nothing
 * else. Whatever else the request asks for is left out.
 */
export function chargerBody(
  authority: Authority,
  { subject, publicKey }: SigningRequest,
  terms: CertificateTerms,
): Uint8Array {
  return body(terms, authorityName(authority), subject, publicKey, [
    extension(id_ce_basicConstraints, true, new BasicConstraints()),
    usage(KeyUsageFlags.digitalSignature),
    extension(id_ce_extKeyUsage, false, new ExtendedKeyUsage([id_kp_clientAuth])),
    ...identified(publicKey, authorityKey(authority)),
  ]);
}

/** Joins what was signed and its signature (ECDSA in DER) to a certificate in DER. */
export function signedCertificate(bodyDer: Uint8Array, signatureDer: Uint8Array): Uint8Array {
  const tbsCertificate = parseDer(bodyDer, TBSCertificate);
  if (tbsCertificate === undefined) throw new Error('The body of a certificate cannot be read');
  return writeDer(
    new Certificate({
      tbsCertificate,
      tbsCertificateRaw: buffer(bodyDer),
      signatureAlgorithm: signature(),
      signatureValue: buffer(signatureDer),
    }),
  );
}

/** Writes a certificate (DER) as PEM, as OCPP carries it. */
export const certificatePem = (der: Uint8Array): string => writePem('CERTIFICATE', der);
