import { ecRoot } from '../../../core/command/root-certificates.ts';
import type { ConformanceBlock } from '../conformance-case.ts';
import {
  aCertificate,
  asked,
  knocks,
  minute,
  ordered,
  posts,
  reconnects,
  rejected,
  says,
} from '../steps.ts';

const newPassword = 'A-new-password-of-24-ch.';

const tlsAtTheEdge =
  'TLS ends at the edge of AWS, which the local stack does not have; `joulegate doctor` tries each suite that OCPP asks for on a deployed stack.';
const noClientCertificates =
  'Client certificates are taken by CloudFront, which the local stack has no TLS for, and beside a password or token alone.';
const noVehicles =
  'The authority certifies chargers, and nothing towards vehicles: the request is rejected with its reason, and the operator delivers the signed chain by `deliver-certificate`.';

const password = { component: { name: 'SecurityCtrlr' }, variable: { name: 'BasicAuthPassword' } };

const setsPassword = (attributeStatus: string, outcome: object) =>
  ordered(
    { type: 'set-configuration', key: 'SecurityCtrlr.BasicAuthPassword', value: newPassword },
    ['SetVariables', { setVariableData: [{ ...password, attributeValue: newPassword }] }],
    { setVariableResult: [{ ...password, attributeStatus }] },
    outcome,
  );

const asksForCertificate = (
  message: string,
  requestedMessage: string,
  certificateType: string,
  answer: object = { status: 'Accepted' },
) => [
  ordered({ type: 'trigger', message }, ['TriggerMessage', { requestedMessage }]),
  says('SignCertificate', { csr: '$csr', certificateType }, answer),
];

const chargerCertificate = 'ChargingStationCertificate';

const getsCertificate = (status: string) => [
  ...asksForCertificate('sign-certificate', 'SignChargingStationCertificate', chargerCertificate),
  asked(
    'CertificateSigned',
    { certificateChain: aCertificate, certificateType: chargerCertificate },
    { status },
  ),
];

const asksLeft = (certificateType: string) =>
  ['SignCertificate', { csr: '$csr', certificateType }] as const;

const delivers = (use: string, certificateType: string, word: string, outcome: object) =>
  ordered(
    { type: 'deliver-certificate', chain: ecRoot, use },
    ['CertificateSigned', { certificateChain: ecRoot, certificateType }],
    { status: word },
    outcome,
  );

const connectionData = {
  messageTimeout: 30,
  ocppCsmsUrl: 'wss://joulegate.example/ocpp',
  ocppInterface: 'Wired0',
  ocppTransport: 'JSON',
  ocppVersion: 'OCPP20',
  securityProfile: 2,
};

/** Block A, security. */
export const securityCases: ConformanceBlock = {
  name: 'A Security',
  protocol: 'ocpp2.0.1',
  cases: [
    {
      id: 'TC_A_01',
      statement: 'a charger with its id and its password connects',
      steps: [knocks({ outcome: 'ocpp2.0.1' })],
    },
    {
      id: 'TC_A_02',
      statement: 'a charger whose user name is not its id gets 401',
      steps: [knocks({ user: 'somebody', outcome: 401 })],
    },
    {
      id: 'TC_A_03',
      statement: 'a charger with a wrong password gets 401',
      steps: [knocks({ password: 'not-the-password', outcome: 401 })],
    },
    {
      id: 'TC_A_04',
      statement: 'a charger that trusts the certificate of the server connects with its password',
      limit: tlsAtTheEdge,
      steps: [knocks({ outcome: 'ocpp2.0.1' })],
    },
    {
      id: 'TC_A_06',
      statement:
        'a charger connects by the oldest version of TLS that the edge takes, and not by an older one',
      limit: tlsAtTheEdge,
      steps: [knocks({ outcome: 'ocpp2.0.1' })],
    },
    {
      id: 'TC_A_07',
      statement: 'a charger that has no password to show is refused, whatever its certificate is',
      limit: noClientCertificates,
      steps: [knocks({ password: '', outcome: 401 })],
    },
    {
      id: 'TC_A_08',
      statement: 'a charger that has neither a password nor a valid certificate is refused',
      limit: noClientCertificates,
      steps: [knocks({ password: '', outcome: 401 })],
    },
    {
      id: 'TC_A_09',
      statement:
        'a new password is set by a command, connects the charger, and the old one is void then',
      steps: [
        posts('/password', { password: newPassword }, { password: newPassword }),
        setsPassword('Accepted', { state: 'accepted' }),
        reconnects(newPassword),
        knocks({ outcome: 401 }),
      ],
    },
    {
      id: 'TC_A_10',
      statement: 'a charger that refuses a new password still connects with the old one',
      steps: [
        posts('/password', { password: newPassword }, { password: newPassword }),
        setsPassword('Rejected', rejected('rejected', 'Rejected')),
        reconnects(),
      ],
    },
    {
      id: 'TC_A_11',
      statement:
        'a charger that is asked for its request for a certificate sends it, and gets a certificate of the authority',
      steps: getsCertificate('Accepted'),
      leaves: {
        messages: [asksLeft(chargerCertificate)],
        shows: { '/certificates': { issued: [{ state: 'accepted' }] } },
      },
    },
    {
      id: 'TC_A_12',
      statement:
        'a request for a certificate towards vehicles is kept and rejected, and one of the operator is delivered',
      limit: noVehicles,
      steps: [
        ...asksForCertificate('sign-v2g-certificate', 'SignV2GCertificate', 'V2GCertificate', {
          status: 'Rejected',
          statusInfo: {
            reasonCode: 'UnsupportedParam',
            additionalInfo: 'Certificates towards vehicles are not issued here.',
          },
        }),
        delivers('v2g', 'V2GCertificate', 'Accepted', { state: 'accepted' }),
      ],
      leaves: { messages: [asksLeft('V2GCertificate')] },
    },
    {
      id: 'TC_A_14',
      statement:
        'a certificate that the charger finds invalid is shown as rejected, and its security event kept',
      steps: [
        ...getsCertificate('Rejected'),
        says('SecurityEventNotification', {
          type: 'InvalidChargingStationCertificate',
          timestamp: minute(0),
        }),
      ],
      leaves: {
        messages: [
          asksLeft(chargerCertificate),
          ['SecurityEventNotification', { type: 'InvalidChargingStationCertificate' }],
        ],
        shows: { '/certificates': { issued: [{ state: 'rejected' }] } },
      },
    },
    {
      id: 'TC_A_19',
      statement:
        'the security profile is raised by a network profile, after which the charger connects again',
      limit:
        'Whether a charger may connect without TLS is a setting of the deployment, not of a charger; one that has shown a certificate is refused without it, which the local stack has no TLS for.',
      steps: [
        ordered({ type: 'set-network-profile', configurationSlot: 2, connectionData }, [
          'SetNetworkProfile',
          { configurationSlot: 2, connectionData },
        ]),
        ordered({ type: 'reset', kind: 'soft' }, ['Reset', { type: 'OnIdle' }]),
        reconnects(),
      ],
    },
  ],
};
