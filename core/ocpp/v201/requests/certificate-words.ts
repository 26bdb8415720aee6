import type { CertificateHash, CertificateUse } from '../../../command/certificate.ts';
import type { CertificateHashDataType } from '../../generated/v201/delete-certificate-request.js';
import type { InstallCertificateRequest } from '../../generated/v201/install-certificate-request.js';
import type { Tolerated } from './message.ts';

/** The words for the uses of certificates (OCPP 2.0.1 part 2 section 3.42). */
export const certificateUseWords = {
  'central-system-root': 'CSMSRootCertificate',
  'manufacturer-root': 'ManufacturerRootCertificate',
  'v2g-root': 'V2GRootCertificate',
  'mobility-operator-root': 'MORootCertificate',
} as const satisfies Record<CertificateUse, InstallCertificateRequest['certificateType']>;

/** Writes what names a certificate. */
export const certificateHashData = (hash: CertificateHash): CertificateHashDataType => ({
  hashAlgorithm: hash.algorithm,
  issuerNameHash: hash.issuerNameHash,
  issuerKeyHash: hash.issuerKeyHash,
  serialNumber: hash.serialNumber,
});

/** Reads what names a certificate; the schema allows no other algorithm. */
export const toCertificateHash = ({
  hashAlgorithm: word,
  issuerNameHash,
  issuerKeyHash,
  serialNumber,
}: Tolerated<CertificateHashDataType>): CertificateHash => ({
  algorithm: word === 'SHA384' || word === 'SHA512' ? word : 'SHA256',
  issuerNameHash,
  issuerKeyHash,
  serialNumber,
});
