import { bytesToHex } from '@noble/hashes/utils.js';
import { Certificate } from '@peculiar/asn1-x509';
import { parseDer, writeDer } from '../certificate/parse-der.ts';
import { readPem } from '../certificate/pem.ts';
import { plainSerial, type RootCertificate } from './certificate-hash.ts';

const isSame = (a: Uint8Array, b: Uint8Array): boolean => bytesToHex(a) === bytesToHex(b);

/** Reads a root certificate from PEM; undefined for what is no certificate, and for one that another one issued. */
export function readRootCertificate(pem: string): RootCertificate | undefined {
  const der = readPem(pem, ['CERTIFICATE']);
  const body = der && parseDer(der, Certificate)?.tbsCertificate;
  if (body === undefined) return undefined;
  const issuer = writeDer(body.issuer);
  if (!isSame(issuer, writeDer(body.subject))) return undefined;
  return {
    issuer,
    publicKey: new Uint8Array(body.subjectPublicKeyInfo.subjectPublicKey),
    serialNumber: plainSerial(bytesToHex(new Uint8Array(body.serialNumber))),
  };
}
