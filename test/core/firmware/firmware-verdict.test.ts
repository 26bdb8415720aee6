import { describe, expect, it } from 'vitest';
import { type FirmwareFacts, firmwareVerdict } from '../../../core/firmware/firmware-verdict.ts';

const createdAt = '2026-05-01T02:00:00.000Z';
const later = '2026-05-01T02:10:00.000Z';
const before = '2026-05-01T01:00:00.000Z';
const command = { state: 'accepted', createdAt, requestId: 7 } as const;
const said = (status: string, receivedAt = later, requestId?: number) => ({
  receivedAt,
  raw: JSON.stringify({ status, requestId }),
});
const verdictOf = (facts: Partial<FirmwareFacts>) =>
  firmwareVerdict({ version: '2.0', command, messages: [], ...facts });

describe('the update of a charger', () => {
  it('a charger has its firmware when it says so, or boots with it, whatever it said before', () => {
    const boot = { firmwareVersion: '2.0', bootedAt: later };

    expect(verdictOf({ messages: [said('Installed')] })).toEqual({
      kind: 'installed',
      word: 'Installed',
    });
    expect(verdictOf({ boot, messages: [said('InstallationFailed')] }).kind).toBe('installed');
    expect(verdictOf({ boot: { ...boot, bootedAt: before } }).kind).toBe('open');
    expect(verdictOf({ boot: { ...boot, firmwareVersion: '1.9' } }).kind).toBe('open');
  });

  it('an update has failed when the charger refused it or says so last, and is open otherwise', () => {
    expect(verdictOf({ messages: [said('DownloadFailed')] }).kind).toBe('failed');
    expect(verdictOf({ command: { ...command, state: 'rejected' } })).toEqual({
      kind: 'failed',
      word: 'rejected',
    });
    expect(
      verdictOf({
        messages: [said('DownloadFailed', later), said('Downloading', '2026-05-01T02:20:00.000Z')],
      }).kind,
    ).toBe('open');
    // It may have been done, or not.
    expect(verdictOf({ command: { ...command, state: 'timed-out' } }).kind).toBe('open');
    expect(verdictOf({ messages: [said('Installed', before), said('Idle')] }).kind).toBe('open');
    expect(firmwareVerdict({ version: '2.0', messages: [said('Installed')] }).kind).toBe('open');
  });

  it.each(['Installed', 'InstallationFailed'])(
    'what a charger says of another update decides nothing of this one: %s',
    (word) => {
      const last = '2026-05-01T02:20:00.000Z';
      const own = said('Downloading', later, 7);
      expect(verdictOf({ messages: [said(word, last, 8)] })).toEqual({ kind: 'open' });
      expect(verdictOf({ messages: [own, said(word, last, 8)] }).word).toBe('Downloading');
      for (const requestId of [7, 0, -1]) {
        expect(verdictOf({ messages: [own, said(word, last, requestId)] }).word).toBe(word);
      }
    },
  );
});
