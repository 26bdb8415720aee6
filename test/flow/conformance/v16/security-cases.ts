import { ecRoot } from '../../../core/command/root-certificates.ts';
import type { ConformanceBlock } from '../conformance-case.ts';
import { aCertificate, asked, knocks, minute, ordered, posts, reconnects, says } from '../steps.ts';

const hash = { issuerNameHash: 'ab', issuerKeyHash: 'cd', serialNumber: '01' };
const url = 'https://files.example/wallbox';
const newPassword = 'A-new-password-of-24-ch.';

const tlsAtTheEdge =
  'TLS ends at the edge of AWS, which the local stack does not have; `joulegate doctor` tries each suite that OCPP asks for on a deployed stack.';

const installs = (use: string, certificateType: string) =>
  ordered({ type: 'install-certificate', use, certificate: ecRoot }, [
    'InstallCertificate',
    { certificateType, certificate: ecRoot },
  ]);

const reports = (type: string) =>
  says('SecurityEventNotification', { type, timestamp: minute(0), techInfo: 'CN=other' });

const signedUpdate = ordered(
  {
    type: 'update-firmware',
    url,
    retrieveAt: minute(0),
    signed: { certificate: ecRoot, signature: 'c2lnbmVk', requestId: 31 },
  },
  [
    'SignedUpdateFirmware',
    {
      requestId: 31,
      firmware: {
        location: url,
        retrieveDateTime: minute(0),
        signingCertificate: ecRoot,
        signature: 'c2lnbmVk',
      },
    },
  ],
);

const firmware = (...words: readonly string[]) =>
  words.map((status) => says('SignedFirmwareStatusNotification', { status, requestId: 31 }));
const firmwareLeft = (...words: readonly string[]) =>
  words.map((status) => ['SignedFirmwareStatusNotification', { status, requestId: 31 }] as const);

/** Cases of the security extension. */
export const securityCases: ConformanceBlock = {
  name: 'Security',
  protocol: 'ocpp1.6',
  cases: [
    {
      id: 'TC_073',
      statement:
        'a new password is set by a command, connects the charger, and the old one is void then',
      steps: [
        posts('/password', { password: newPassword }, { password: newPassword }),
        ordered({ type: 'set-configuration', key: 'AuthorizationKey', value: newPassword }, [
          'ChangeConfiguration',
          { key: 'AuthorizationKey', value: newPassword },
        ]),
        reconnects(newPassword),
        knocks({ outcome: 401 }),
      ],
    },
    {
      id: 'TC_074',
      statement:
        'a charger that is asked for its request for a certificate sends it, and gets a certificate of the authority',
      steps: [
        ordered({ type: 'trigger', message: 'sign-certificate' }, [
          'ExtendedTriggerMessage',
          { requestedMessage: 'SignChargePointCertificate' },
        ]),
        says('SignCertificate', { csr: '$csr' }, { status: 'Accepted' }),
        asked('CertificateSigned', { certificateChain: aCertificate }),
      ],
      leaves: {
        messages: [['SignCertificate', { csr: '$csr' }]],
        shows: { '/certificates': { issued: [{ state: 'accepted' }] } },
      },
    },
    {
      id: 'TC_075_1',
      statement: 'a root certificate of the manufacturer is installed',
      steps: [installs('manufacturer-root', 'ManufacturerRootCertificate')],
    },
    {
      id: 'TC_075_2',
      statement: 'a root certificate of the central system is installed',
      steps: [installs('central-system-root', 'CentralSystemRootCertificate')],
    },
    {
      id: 'TC_076',
      statement: 'an installed certificate is listed by its hashes, and deleted by them',
      steps: [
        ordered(
          { type: 'list-certificates', use: 'central-system-root' },
          ['GetInstalledCertificateIds', { certificateType: 'CentralSystemRootCertificate' }],
          { status: 'Accepted', certificateHashData: [{ hashAlgorithm: 'SHA256', ...hash }] },
          {
            state: 'accepted',
            response: { data: { certificates: [{ algorithm: 'SHA256', ...hash }] } },
          },
        ),
        ordered({ type: 'delete-certificate', certificate: { algorithm: 'SHA256', ...hash } }, [
          'DeleteCertificate',
          { certificateHashData: { hashAlgorithm: 'SHA256', ...hash } },
        ]),
      ],
    },
    {
      id: 'TC_077',
      statement:
        'an invalid certificate of the charger is a security event that the operator reads',
      steps: [reports('InvalidChargePointCertificate')],
      leaves: {
        messages: [['SecurityEventNotification', { type: 'InvalidChargePointCertificate' }]],
      },
    },
    {
      id: 'TC_078',
      statement:
        'an invalid certificate of the central system is a security event that the operator reads',
      steps: [reports('InvalidCentralSystemCertificate')],
      leaves: {
        messages: [['SecurityEventNotification', { type: 'InvalidCentralSystemCertificate' }]],
      },
    },
    {
      id: 'TC_079',
      statement: 'the security log is asked for by a number under which its upload is reported',
      steps: [
        ordered(
          { type: 'get-logs', kind: 'security', url, requestId: 21 },
          ['GetLog', { logType: 'SecurityLog', requestId: 21, log: { remoteLocation: url } }],
          { status: 'Accepted', filename: 'security.log' },
          { state: 'accepted', response: { data: { fileName: 'security.log' } } },
        ),
        says('LogStatusNotification', { status: 'Uploading', requestId: 21 }),
        says('LogStatusNotification', { status: 'Uploaded', requestId: 21 }),
      ],
      leaves: {
        messages: [
          ['LogStatusNotification', { status: 'Uploading', requestId: 21 }],
          ['LogStatusNotification', { status: 'Uploaded', requestId: 21 }],
        ],
      },
    },
    {
      id: 'TC_080',
      statement: 'a signed firmware is followed from the download to its installation',
      steps: [
        signedUpdate,
        ...firmware('Downloading', 'Downloaded', 'SignatureVerified', 'Installing', 'Installed'),
      ],
      leaves: {
        messages: firmwareLeft(
          'Downloading',
          'Downloaded',
          'SignatureVerified',
          'Installing',
          'Installed',
        ),
      },
    },
    {
      id: 'TC_081',
      statement: 'a firmware whose signature is wrong is reported as such',
      steps: [signedUpdate, ...firmware('Downloading', 'Downloaded', 'InvalidSignature')],
      leaves: { messages: firmwareLeft('Downloading', 'Downloaded', 'InvalidSignature') },
    },
    {
      id: 'TC_083',
      statement:
        'the security profile is raised by a setting, after which the charger connects again',
      limit:
        'Whether a charger may connect without TLS is a setting of the deployment, not of a charger; one that has shown a certificate is refused without it, which the local stack has no TLS for.',
      steps: [
        ordered({ type: 'set-configuration', key: 'SecurityProfile', value: '2' }, [
          'ChangeConfiguration',
          { key: 'SecurityProfile', value: '2' },
        ]),
        reconnects(),
      ],
      leaves: {
        shows: { '/configuration': { settings: [{ key: 'SecurityProfile', value: '2' }] } },
      },
    },
    {
      id: 'TC_085',
      statement: 'the right password connects a charger, a wrong or foreign one gets 401',
      steps: [
        knocks({ password: 'not-the-password', outcome: 401 }),
        knocks({ user: 'somebody', outcome: 401 }),
        knocks({ outcome: 'ocpp1.6' }),
      ],
    },
    {
      id: 'TC_086',
      statement: 'a charger that trusts the certificate of the server connects with its password',
      limit: tlsAtTheEdge,
      steps: [knocks({ outcome: 'ocpp1.6' })],
    },
    {
      id: 'TC_087',
      statement: 'a charger that has no password to show is refused, whatever its certificate is',
      limit:
        'Client certificates are taken by CloudFront, which the local stack has no TLS for, and beside a password or token alone.',
      steps: [knocks({ password: '', outcome: 401 })],
    },
    {
      id: 'TC_088',
      statement: 'a version that both speak is chosen, and one that nobody speaks gets 400',
      steps: [
        knocks({ protocols: ['ocpp1.6'], outcome: 'ocpp1.6' }),
        knocks({ protocols: ['ocpp1.5', 'ocpp1.6'], outcome: 'ocpp1.6' }),
        knocks({ protocols: ['ocpp0.1'], outcome: 400 }),
      ],
    },
  ],
};
