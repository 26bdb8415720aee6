import type { ConformanceBlock } from '../conformance-case.ts';
import { ordered, rejected, says } from '../steps.ts';

const hash = { issuerNameHash: 'ab', issuerKeyHash: 'cd', serialNumber: '01' };
const certificate = { algorithm: 'SHA256', ...hash };
const wireHash = { hashAlgorithm: 'SHA256', ...hash };

const deletes = (word: string, outcome: object) =>
  ordered(
    { type: 'delete-certificate', certificate },
    ['DeleteCertificate', { certificateHashData: wireHash }],
    { status: word },
    outcome,
  );

const vehicleCertificate = (action: string) => {
  const request = {
    iso15118SchemaVersion: 'urn:iso:15118:2:2013:MsgDef',
    action,
    exiRequest: 'ZXhp',
  };
  return {
    limit:
      'No authority of contract certificates is connected: the request is kept and answered `Failed`.',
    steps: [says('Get15118EVCertificate', request, { status: 'Failed', exiResponse: '' })],
    leaves: { messages: [['Get15118EVCertificate', request]] as const },
  };
};

const ocspRequestData = { ...wireHash, responderURL: 'https://ocsp.example' };

/** Block M, certificates of ISO 15118. */
export const certificateCases: ConformanceBlock = {
  name: 'M Certificates',
  protocol: 'ocpp2.0.1',
  cases: [
    {
      id: 'TC_M_19',
      statement: 'certificates that the charger does not have are not found',
      steps: [
        ordered(
          { type: 'list-certificates', use: 'v2g-root' },
          ['GetInstalledCertificateIds', { certificateType: ['V2GRootCertificate'] }],
          { status: 'NotFound' },
          rejected('not-found', 'NotFound'),
        ),
      ],
    },
    {
      id: 'TC_M_20',
      statement: 'an installed certificate is deleted by its hashes',
      steps: [deletes('Accepted', { state: 'accepted' })],
    },
    {
      id: 'TC_M_21',
      statement:
        'a certificate that could not be deleted is a refusal with the word of the charger',
      steps: [deletes('Failed', rejected('failed', 'Failed'))],
    },
    {
      id: 'TC_M_24',
      statement: 'the question whether a certificate was revoked is kept and answered Failed',
      limit: 'No authority is asked whether a certificate was revoked.',
      steps: [says('GetCertificateStatus', { ocspRequestData }, { status: 'Failed' })],
      leaves: { messages: [['GetCertificateStatus', { ocspRequestData }]] },
    },
    {
      id: 'TC_M_26',
      statement: 'the request of a vehicle for a contract certificate is kept and answered Failed',
      ...vehicleCertificate('Install'),
    },
    {
      id: 'TC_M_28',
      statement:
        'the request of a vehicle for a newer contract certificate is kept and answered Failed',
      ...vehicleCertificate('Update'),
    },
  ],
};
