import { ecRoot } from '../../../core/command/root-certificates.ts';
import type { ConformanceBlock } from '../conformance-case.ts';
import { aNumber, minute, ordered, reconnects, rejected, says } from '../steps.ts';
import { boots, charged, ends, meters, starts } from './messages.ts';

const url = 'https://files.example/wallbox';
const signature = 'c2lnbmVk';

const updates = (
  word = 'Accepted',
  outcome: object = { state: 'accepted' },
  installAt?: string,
) => {
  const at = installAt === undefined ? {} : { installAt };
  const wireAt = installAt === undefined ? {} : { installDateTime: installAt };
  return ordered(
    {
      type: 'update-firmware',
      url,
      retrieveAt: minute(0),
      signed: { certificate: ecRoot, signature, requestId: 31, ...at },
    },
    [
      'UpdateFirmware',
      {
        requestId: 31,
        firmware: {
          location: url,
          retrieveDateTime: minute(0),
          signingCertificate: ecRoot,
          signature,
          ...wireAt,
        },
      },
    ],
    { status: word },
    outcome,
  );
};

const firmware = (words: readonly string[]) =>
  words.map((status) => says('FirmwareStatusNotification', { status, requestId: 31 }));

const kept = (words: readonly string[]) =>
  words.map((status) => ['FirmwareStatusNotification', { status, requestId: 31 }] as const);

/** An update that the charger reports in so many words. */
const reported = (...words: readonly string[]) => ({
  steps: [updates(), ...firmware(words)],
  leaves: { messages: kept(words) },
});

const badCertificate = (word: string) => ({
  steps: [
    updates(word, { state: 'rejected', response: { word } }),
    says('SecurityEventNotification', {
      type: 'InvalidFirmwareSigningCertificate',
      timestamp: minute(0),
    }),
  ],
  leaves: {
    messages: [
      ['SecurityEventNotification', { type: 'InvalidFirmwareSigningCertificate' }],
    ] as const,
  },
});

const publishes = ordered({ type: 'publish-firmware', location: url, checksum: 'abc' }, [
  'PublishFirmware',
  { location: url, checksum: 'abc', requestId: aNumber },
]);

/** A firmware that a local controller is to publish, which it reports in so many words. */
const published = (...words: readonly string[]) => ({
  steps: [
    publishes,
    ...words.map((status) =>
      says('PublishFirmwareStatusNotification', {
        status,
        requestId: '$request',
        ...(status === 'Published' ? { location: [url] } : {}),
      }),
    ),
  ],
  leaves: {
    messages: words.map((status) => ['PublishFirmwareStatusNotification', { status }] as const),
  },
});

const unpublishes = (word: string, outcome: object) =>
  ordered(
    { type: 'unpublish-firmware', checksum: 'abc' },
    ['UnpublishFirmware', { checksum: 'abc' }],
    { status: word },
    outcome,
  );

/** Block L, firmware. */
export const firmwareCases: ConformanceBlock = {
  name: 'L Firmware',
  protocol: 'ocpp2.0.1',
  cases: [
    {
      id: 'TC_L_01',
      statement: 'a signed firmware is followed from the download to the boot of the new version',
      steps: [
        updates(),
        ...firmware(['Downloading', 'Downloaded', 'SignatureVerified', 'Installing']),
        reconnects(),
        boots,
        ...firmware(['Installed']),
      ],
      leaves: {
        messages: kept([
          'Downloading',
          'Downloaded',
          'SignatureVerified',
          'Installing',
          'Installed',
        ]),
        charger: { firmwareVersion: '1.0' },
      },
    },
    {
      id: 'TC_L_02',
      statement: 'a firmware that is to be installed later is scheduled and followed',
      steps: [
        updates('Accepted', { state: 'accepted' }, minute(600)),
        ...firmware(['Downloaded', 'SignatureVerified', 'InstallScheduled', 'Installed']),
      ],
      leaves: {
        messages: kept(['Downloaded', 'SignatureVerified', 'InstallScheduled', 'Installed']),
      },
    },
    {
      id: 'TC_L_03',
      statement: 'a firmware that is to be downloaded later is scheduled and followed',
      ...reported('DownloadScheduled', 'Downloading', 'Downloaded', 'Installed'),
    },
    {
      id: 'TC_L_04',
      statement:
        'a firmware whose certificate was revoked is a refusal with the word of the charger',
      ...badCertificate('RevokedCertificate'),
    },
    {
      id: 'TC_L_05',
      statement:
        'a firmware whose certificate is invalid is a refusal, and its security event is kept',
      ...badCertificate('InvalidCertificate'),
    },
    {
      id: 'TC_L_06',
      statement: 'a firmware whose signature is wrong is reported as such',
      ...reported('Downloading', 'Downloaded', 'InvalidSignature'),
    },
    {
      id: 'TC_L_07',
      statement: 'a firmware that could not be downloaded is reported as such',
      ...reported('Downloading', 'DownloadFailed'),
    },
    {
      id: 'TC_L_08',
      statement: 'a firmware whose installation could not be verified is reported as such',
      ...reported('Downloaded', 'SignatureVerified', 'Installing', 'InstallVerificationFailed'),
    },
    {
      id: 'TC_L_09',
      statement: 'a firmware that could not be installed is reported as such',
      ...reported('Downloaded', 'SignatureVerified', 'Installing', 'InstallationFailed'),
    },
    {
      id: 'TC_L_10',
      statement: 'an update that replaces an earlier one says so',
      steps: [
        updates(),
        ...firmware(['Downloading']),
        updates('AcceptedCanceled', {
          state: 'accepted',
          response: { remark: 'earlier-cancelled' },
        }),
      ],
      leaves: { messages: kept(['Downloading']) },
    },
    {
      id: 'TC_L_11',
      statement: 'an update that cannot replace an earlier one is a refusal',
      steps: [
        updates(),
        ...firmware(['Installing']),
        updates('Rejected', rejected('rejected', 'Rejected')),
      ],
      leaves: { messages: kept(['Installing']) },
    },
    {
      id: 'TC_L_13',
      statement:
        'a firmware that waits for the end of a session is scheduled, and the session is billed',
      steps: [
        starts(),
        updates(),
        ...firmware(['DownloadScheduled']),
        meters(1),
        ends(2, 'StopAuthorized', 'Local'),
      ],
      leaves: { sessions: [charged()], messages: kept(['DownloadScheduled']) },
    },
    {
      id: 'TC_L_17',
      statement: 'a firmware is published by a local controller, with its places',
      ...published('Downloading', 'Downloaded', 'ChecksumVerified', 'Published'),
    },
    {
      id: 'TC_L_19',
      statement: 'a firmware whose checksum is wrong is reported as such',
      ...published('Downloading', 'Downloaded', 'InvalidChecksum'),
    },
    {
      id: 'TC_L_20',
      statement: 'a firmware that could not be published is reported as such',
      ...published('Downloading', 'Downloaded', 'ChecksumVerified', 'PublishFailed'),
    },
    {
      id: 'TC_L_21',
      statement: 'a firmware is no longer published',
      steps: [unpublishes('Unpublished', { state: 'accepted' })],
    },
    {
      id: 'TC_L_22',
      statement: 'a firmware that was never published is not found',
      steps: [unpublishes('NoFirmware', { state: 'rejected', response: { word: 'NoFirmware' } })],
    },
    {
      id: 'TC_L_23',
      statement: 'a firmware that is being downloaded stays published',
      steps: [
        unpublishes('DownloadOngoing', {
          state: 'rejected',
          response: { word: 'DownloadOngoing' },
        }),
      ],
    },
    {
      id: 'TC_L_24',
      statement: 'a firmware that a local controller could not download is reported as such',
      ...published('Downloading', 'DownloadFailed'),
    },
  ],
};
