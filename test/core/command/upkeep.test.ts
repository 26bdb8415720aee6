import { describe, expect, it } from 'vitest';
import type { CertificateHash } from '../../../core/command/certificate.ts';
import type { CommandOutcome } from '../../../core/command/command-outcome.ts';
import type { CommandRequest } from '../../../core/command/command-request.ts';
import { knownCertificates } from '../../../core/command/known-certificates.ts';
import { logUploads } from '../../../core/command/log-uploads.ts';

const at = (minute: number): string => new Date(Date.UTC(2026, 3, 14, 16, minute)).toISOString();

/** A command and its answer, as it stands among those of its charger. */
const answered = (minute: number, request: CommandRequest, outcome: CommandOutcome) => ({
  request,
  outcome,
  createdAt: at(minute),
  finishedAt: at(minute),
});
const accepted = { kind: 'accepted' } as const;
const none = { kind: 'rejected', reason: 'not-found', word: 'NotFound' } as const;

const certificate = (serialNumber: string): CertificateHash => ({
  algorithm: 'SHA256',
  issuerNameHash: 'AB',
  issuerKeyHash: 'CD',
  serialNumber,
});
const list = (minute: number, serials: readonly string[], use = 'central-system-root' as const) =>
  answered(
    minute,
    { type: 'list-certificates', use },
    { kind: 'accepted', data: { kind: 'certificates', certificates: serials.map(certificate) } },
  );

describe('the certificates of a charger', () => {
  it('the latest list of a use counts, without those that were deleted after it', () => {
    const known = knownCertificates([
      answered(4, { type: 'delete-certificate', certificate: certificate('0a') }, accepted),
      list(3, ['0A', '0B']),
      list(2, ['09']),
    ]);
    expect(
      known.certificates.map(({ serialNumber, reportedAt }) => [serialNumber, reportedAt]),
    ).toEqual([['0B', at(3)]]);
  });

  it('a charger that has none of a use any more has none, and those of another use stay', () => {
    const known = knownCertificates([
      answered(3, { type: 'list-certificates', use: 'manufacturer-root' }, none),
      answered(
        2,
        { type: 'list-certificates', use: 'manufacturer-root' },
        {
          kind: 'accepted',
          data: { kind: 'certificates', certificates: [certificate('0C')] },
        },
      ),
      list(1, ['0A']),
    ]);
    expect(known.certificates.map(({ serialNumber }) => serialNumber)).toEqual(['0A']);
  });

  it('one that was installed after the list is named by its use until the charger lists it', () => {
    const install = answered(
      2,
      { type: 'install-certificate', use: 'central-system-root', certificate: '-----BEGIN' },
      accepted,
    );
    expect(knownCertificates([install, list(1, [])]).installedSince).toEqual([
      'central-system-root',
    ]);
    expect(knownCertificates([list(3, ['0A']), install]).installedSince).toEqual([]);
  });
});

const get = (minute: number, requestId?: number) =>
  answered(
    minute,
    {
      type: 'get-logs',
      kind: 'diagnostics',
      url: `https://files.example/${minute}`,
      ...(requestId === undefined ? {} : { requestId }),
    },
    { kind: 'accepted', data: { kind: 'file', fileName: `${minute}.zip` } },
  );
const said = (minute: number, payload: object, action = 'LogStatusNotification') => ({
  action,
  receivedAt: at(minute),
  raw: JSON.stringify(payload),
});

describe('the logs of a charger', () => {
  it('each upload has the latest status of its number, whenever the other one was asked for', () => {
    const uploads = logUploads(
      [get(5, 2), get(1, 1)],
      [
        said(6, { status: 'Uploading', requestId: 2 }),
        said(7, { status: 'Uploaded', requestId: 1 }),
        said(2, { status: 'Uploading', requestId: 1 }),
      ],
    );
    expect(uploads.map(({ url, status, statusAt }) => [url, status, statusAt])).toEqual([
      ['https://files.example/5', 'Uploading', at(6)],
      ['https://files.example/1', 'Uploaded', at(7)],
    ]);
  });

  it('diagnostics of OCPP 1.6, which have no number, belong to the latest request before them', () => {
    const action = 'DiagnosticsStatusNotification';
    const uploads = logUploads(
      [get(5), get(1)],
      [
        said(0, { status: 'Uploaded' }, action),
        said(3, { status: 'UploadFailed' }, action),
        said(6, { status: 'Idle' }, action),
      ],
    );
    expect(uploads.map(({ fileName, status }) => [fileName, status])).toEqual([
      ['5.zip', undefined],
      ['1.zip', 'UploadFailed'],
    ]);
  });

  it('a request that was refused is no upload, and what cannot be read says nothing', () => {
    expect(logUploads([answered(1, get(1).request, none)], [])).toEqual([]);
    const [upload] = logUploads([get(1)], [{ ...said(2, {}), raw: '{' }, said(3, { status: 5 })]);
    expect(upload?.status).toBeUndefined();
  });
});
