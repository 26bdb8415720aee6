import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readStage } from '../../lib/settings/read-stage.ts';
import { settingsSchema } from '../../lib/settings/settings.ts';
import { throttlesOf } from '../../lib/settings/throttles.ts';

describe('the settings of a stage', () => {
  it('a stage keeps readings for thirteen months and logs for one, unless its file says otherwise', () => {
    expect(settingsOf({})).toEqual({
      apiAllowedOrigins: [],
      chargerAuthority: false,
      chargerCertificatesOptional: false,
      chargerLogRetentionDays: 90,
      readingRetentionDays: 400,
      readingRecovery: true,
      logRetentionDays: 30,
      liveWindowSeconds: 65,
      correctionDelaySeconds: 900,
      sessionMegabytes: 8,
      messageMegabytesPerDay: 4,
      sessionsPerDay: 2000,
      chargerTlsPolicy: 'TLSv1.2_2018',
      chargerHandshakesPerSecond: 250,
      alarms: 'failures',
      apiGatewayLogRole: true,
      cdrKeyReplacedAt: [],
    });
  });

  it('the settings of a stage are those of its file, so that no deployment forgets one', () => {
    const { stage, overrides } = readStageOf({
      readingRetentionDays: 90,
      alarmEmail: 'a@b.example',
    });

    expect(stage).toMatchObject({
      name: 'prod',
      settings: { readingRetentionDays: 90, alarmEmail: 'a@b.example' },
    });
    expect(overrides).toEqual([]);
  });

  it('a setting can be overridden by -c, as text, and the deployment names each one that differs from the file', () => {
    const { stage, overrides } = readStageOf(
      { readingRetentionDays: 90 },
      { readingRetentionDays: '400', logRetentionDays: '30', account: '123456789012' },
    );

    expect(stage.settings).toMatchObject({ readingRetentionDays: 400, account: '123456789012' });
    expect(overrides).toEqual([
      'account is "123456789012" by -c, but null in settings/prod.json: a deployment without -c takes it back.',
      'readingRetentionDays is 400 by -c, but 90 in settings/prod.json: a deployment without -c takes it back.',
    ]);
  });

  it.each(['0', '-1', '1.5', 'a year', '4000'])(
    'a stage cannot keep readings for %s days',
    (days) => {
      expect(() => settingsOf({}, { readingRetentionDays: days })).toThrow(
        /^readingRetentionDays: a whole number of days from 1 to 3650, not .* \(-c\)/,
      );
    },
  );

  it('the running view may be updated at once, or up to five minutes later', () => {
    expect(settingsOf({ liveWindowSeconds: 0 })).toMatchObject({ liveWindowSeconds: 0 });
    expect(() => settingsOf({ liveWindowSeconds: 301 })).toThrow(/^liveWindowSeconds: .*300/);
  });

  it('a CDR may be corrected at once, or up to fifteen minutes after the last late reading', () => {
    expect(settingsOf({ correctionDelaySeconds: 0 })).toMatchObject({ correctionDelaySeconds: 0 });
    expect(() => settingsOf({ correctionDelaySeconds: 901 })).toThrow(
      /^correctionDelaySeconds: .*900/,
    );
  });

  it('a log retention that CloudWatch does not support is refused', () => {
    expect(() => settingsOf({ logRetentionDays: 31 })).toThrow(/^logRetentionDays: .*31/);
  });

  it('an unknown setting is refused, in the file and by -c', () => {
    expect(() => settingsOf({ readingRetention: 90 })).toThrow(/readingRetention/);
    expect(() => settingsOf({}, { readingRetention: '90' })).toThrow(
      /^readingRetention: not a setting/,
    );
  });
});

describe('the table of settings in docs/deploy.md', () => {
  it('the table of settings in docs/deploy.md lists exactly the settings', () => {
    const page = readFileSync(new URL('../../docs/deploy.md', import.meta.url), 'utf8');
    const [, section = ''] = /^## Settings\n(.*?)^## /ms.exec(page) ?? [];
    const rows = section.split('\n').filter((line) => line.startsWith('| `'));
    const listed = rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)]);

    expect(listed.map(([, name]) => name).toSorted()).toEqual(
      Object.keys(settingsSchema.shape).toSorted(),
    );
  });
});

describe('a stage', () => {
  it.each(['Test', 'a-b', '1', '', 'thirteenchars'])('a stage cannot be named %j', (stage) => {
    expect(() => readStageOf({}, { stage })).toThrow(/^stage: must be 1 to 12 lower-case letters/);
  });

  it('a stage without a settings file is not deployed, because its name may be misspelt', () => {
    expect(() => readStageOf({}, { stage: 'porduction' })).toThrow(
      /^settings\/porduction\.json is missing/,
    );
  });

  it('a settings file that is not JSON is named, with what is wrong in it', () => {
    expect(() => readStageIn('{ "alarms": "all", }')).toThrow(
      /^settings\/prod\.json: SyntaxError: .*JSON/,
    );
  });

  it.each([
    ['eu-central-1', 10_000, 5_000],
    ['eu-central-2', 2_500, 1_250],
  ])(
    'the throttles of prod and test fit together into the quota of an account in %s',
    (region, rate, burst) => {
      const throttles = ['prod', 'test'].flatMap((stage) => {
        const { chargers, api, feed } = throttlesOf(
          readStage(new App({ context: { stage, region } }).node).stage.settings,
        );
        return [chargers.shared, api.shared, feed.shared];
      });
      const sum = (pick: (throttle: (typeof throttles)[number]) => number): number =>
        throttles.reduce((total, throttle) => total + pick(throttle), 0);

      expect(sum(({ rateLimit }) => rateLimit)).toBeLessThanOrEqual(rate);
      expect(sum(({ burstLimit }) => burstLimit)).toBeLessThanOrEqual(burst);
    },
  );
});

function settingsOf(file: Record<string, unknown>, context: Record<string, unknown> = {}) {
  return readStageOf(file, context).stage.settings;
}

/** The stage `prod` with these settings in its file. */
const readStageOf = (file: Record<string, unknown>, context: Record<string, unknown> = {}) =>
  readStageIn(JSON.stringify(file), context);

/** The stage `prod` with a settings file of this text. */
function readStageIn(text: string, context: Record<string, unknown> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'joulegate-settings-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'prod.json'), text);
  return readStage(new App({ context }).node, folder);
}
