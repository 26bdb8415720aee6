import type { ConformanceBlock } from '../conformance-case.ts';
import { minute, ordered, reconnects, says } from '../steps.ts';
import { boots } from './messages.ts';

const url = 'https://files.example/wallbox';

const updates = ordered(
  { type: 'update-firmware', url, retrieveAt: minute(0) },
  ['UpdateFirmware', { location: url, retrieveDate: minute(0) }],
  {},
);

const diagnoses = ordered(
  { type: 'get-logs', kind: 'diagnostics', url, from: minute(-60), to: minute(0) },
  ['GetDiagnostics', { location: url, startTime: minute(-60), stopTime: minute(0) }],
  { fileName: 'wallbox.log' },
  { state: 'accepted', response: { data: { kind: 'file', fileName: 'wallbox.log' } } },
);

const firmware = (...words: readonly string[]) =>
  words.map((status) => says('FirmwareStatusNotification', { status }));
const diagnostics = (...words: readonly string[]) =>
  words.map((status) => says('DiagnosticsStatusNotification', { status }));

const left = (action: string, ...words: readonly string[]) =>
  words.map((status) => [action, { status }] as const);

/** Cases of firmware and diagnostics. */
export const firmwareCases: ConformanceBlock = {
  name: 'Firmware management',
  protocol: 'ocpp1.6',
  cases: [
    {
      id: 'TC_044_1',
      statement: 'a firmware update is followed from the download to the boot of the new version',
      steps: [
        updates,
        ...firmware('Downloading', 'Downloaded', 'Installing'),
        reconnects(),
        boots,
        ...firmware('Installed'),
      ],
      leaves: {
        messages: left(
          'FirmwareStatusNotification',
          'Downloading',
          'Downloaded',
          'Installing',
          'Installed',
        ),
        charger: { firmwareVersion: '1.0' },
      },
    },
    {
      id: 'TC_044_2',
      statement: 'a firmware that could not be downloaded is reported as such',
      steps: [updates, ...firmware('Downloading', 'DownloadFailed')],
      leaves: {
        messages: left('FirmwareStatusNotification', 'Downloading', 'DownloadFailed'),
      },
    },
    {
      id: 'TC_044_3',
      statement: 'a firmware that could not be installed is reported as such',
      steps: [
        updates,
        ...firmware('Downloading', 'Downloaded', 'Installing', 'InstallationFailed'),
      ],
      leaves: {
        messages: left(
          'FirmwareStatusNotification',
          'Downloading',
          'Downloaded',
          'Installing',
          'InstallationFailed',
        ),
      },
    },
    {
      id: 'TC_045_1',
      statement:
        'diagnostics are uploaded to the place that was asked for, under the name that the charger gives',
      steps: [diagnoses, ...diagnostics('Uploading', 'Uploaded')],
      leaves: { messages: left('DiagnosticsStatusNotification', 'Uploading', 'Uploaded') },
    },
    {
      id: 'TC_045_2',
      statement: 'diagnostics that could not be uploaded are reported as such',
      steps: [diagnoses, ...diagnostics('Uploading', 'UploadFailed')],
      leaves: { messages: left('DiagnosticsStatusNotification', 'Uploading', 'UploadFailed') },
    },
  ],
};
