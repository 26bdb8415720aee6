import { App } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { readSettings } from '../../lib/settings.ts';

describe('the settings of a deployment', () => {
  it('keep readings for thirteen months and logs for one, unless told otherwise', () => {
    expect(settingsOf({})).toEqual({
      readingRetentionDays: 400,
      logRetentionDays: 30,
      liveWindowSeconds: 65,
      correctionDelaySeconds: 900,
    });
  });

  it('come as text from the command line', () => {
    const given = { readingRetentionDays: '90', logRetentionDays: '7' };

    expect(settingsOf(given)).toMatchObject({ readingRetentionDays: 90, logRetentionDays: 7 });
  });

  it.each(['0', '-1', '1.5', 'a year', '4000'])('refuse to keep readings for %s days', (days) => {
    expect(() => settingsOf({ readingRetentionDays: days })).toThrow(/^readingRetentionDays: /);
  });

  it('let the running view follow at once, or up to five minutes later', () => {
    expect(settingsOf({ liveWindowSeconds: 0 })).toMatchObject({ liveWindowSeconds: 0 });
    expect(() => settingsOf({ liveWindowSeconds: 301 })).toThrow(/^liveWindowSeconds: .*300/);
  });

  it('correct a CDR at once, or up to fifteen minutes after the last late reading', () => {
    expect(settingsOf({ correctionDelaySeconds: 0 })).toMatchObject({ correctionDelaySeconds: 0 });
    expect(() => settingsOf({ correctionDelaySeconds: 901 })).toThrow(
      /^correctionDelaySeconds: .*900/,
    );
  });

  it('refuse a period of logs that CloudWatch does not know', () => {
    expect(() => settingsOf({ logRetentionDays: '31' })).toThrow(/^logRetentionDays: .*31/);
  });
});

function settingsOf(context: Record<string, unknown>) {
  return readSettings(new App({ context }).node);
}
