import type { CertificateHash, CertificateUse } from '../../../command/certificate.ts';
import type { Inexpressible } from '../../exchange.ts';
import type { CertificateHashDataType } from '../../generated/v16/delete-certificate-request.js';
import type { InstallCertificateRequest } from '../../generated/v16/install-certificate-request.js';
import type { Tolerated } from '../tolerated.ts';

type Word = InstallCertificateRequest['certificateType'];

/** The word for the use of a certificate (OCPP 1.6 security extension section 6.3). */
export const certificateUseWord = (use: CertificateUse): Word | Inexpressible => {
  switch (use) {
    case 'central-system-root':
      return 'CentralSystemRootCertificate';
    case 'manufacturer-root':
      return 'ManufacturerRootCertificate';
    case 'v2g-root':
    case 'mobility-operator-root':
      return { inexpressible: `OCPP 1.6 has no certificate of use ${use}.` };
    default:
      return use satisfies never;
  }
};

/** Writes what names a certificate. */
export const certificateHashData = (hash: CertificateHash): CertificateHashDataType => ({
  hashAlgorithm: hash.algorithm,
  issuerNameHash: hash.issuerNameHash,
  issuerKeyHash: hash.issuerKeyHash,
  serialNumber: hash.serialNumber,
});

/** Reads what names a certificate; the schema allows no other algorithm. */
export const toCertificateHash = (wire: Tolerated<CertificateHashDataType>): CertificateHash => ({
  algorithm:
    wire.hashAlgorithm === 'SHA384' || wire.hashAlgorithm === 'SHA512'
      ? wire.hashAlgorithm
      : 'SHA256',
  issuerNameHash: wire.issuerNameHash,
  issuerKeyHash: wire.issuerKeyHash,
  serialNumber: wire.serialNumber,
});
