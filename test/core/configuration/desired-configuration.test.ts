import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { knownConfiguration } from '../../../core/command/known-configuration.ts';
import { changesToMake, questionsAbout } from '../../../core/configuration/changes-to-make.ts';
import { configurationDrift } from '../../../core/configuration/configuration-drift.ts';
import { defaultSettings } from '../../../core/configuration/default-settings.ts';
import { desiredSettings } from '../../../core/configuration/desired-configuration.ts';
import { isSameSetting } from '../../../core/configuration/same-setting.ts';
import { saidMeterKeys, signingKeys } from '../../../core/configuration/signs-readings.ts';
import { protocols } from '../../../core/ocpp/protocol.ts';

const none = { ocpp16: {}, ocpp2: {} };
const key = fc.constantFrom('HeartbeatInterval', 'heartbeatinterval', 'LightIntensity', 'Language');
const wanted = fc.record({
  useDefaults: fc.option(fc.boolean(), { nil: undefined }),
  ocpp16: fc.dictionary(key, fc.option(fc.constantFrom('1', '2', 'en'), { nil: null })),
  ocpp2: fc.constant({}),
});
const plain = ({ useDefaults, ...rest }: { useDefaults: boolean | undefined } & typeof none) =>
  useDefaults === undefined ? rest : { useDefaults, ...rest };

describe('the settings that a charger should have', () => {
  it.each(protocols)(
    'a charger of %s gets every default with its reason where nobody says otherwise',
    (protocol) => {
      const settings = desiredSettings(protocol);
      expect(settings).toHaveLength(5);
      for (const { by, reason = '' } of settings) {
        expect(by).toBe('default');
        expect(reason.length).toBeGreaterThan(20);
      }
    },
  );

  it('heartbeats and pings come within the 10 minutes after which API Gateway closes a silent connection', () => {
    for (const protocol of protocols) {
      const seconds = defaultSettings(protocol)
        .filter(({ key: name }) => /(?:Heartbeat|Ping)Interval$/.test(name))
        .map(({ value }) => Number(value));
      expect(seconds).toHaveLength(2);
      for (const one of seconds) expect(one).toBeGreaterThan(0);
      for (const one of seconds) expect(one).toBeLessThan(600);
    }
  });

  it('what is wanted of one charger comes before what is wanted of all, in any case of the key, and null leaves a setting alone', () => {
    const operator = { ocpp16: { HEARTBEATINTERVAL: '300', StopTxnSampledData: null }, ocpp2: {} };
    const charger = { ocpp16: { heartbeatInterval: '60' }, ocpp2: {} };
    const by = (settings: ReturnType<typeof desiredSettings>) =>
      Object.fromEntries(settings.map((one) => [one.key, [one.value, one.by]]));

    expect(by(desiredSettings('ocpp1.6', operator))).toEqual({
      HEARTBEATINTERVAL: ['300', 'operator'],
      WebSocketPingInterval: ['240', 'default'],
      MeterValueSampleInterval: ['60', 'default'],
      StopTxnAlignedData: ['', 'default'],
    });
    expect(by(desiredSettings('ocpp1.6', operator, charger))['heartbeatInterval']).toEqual([
      '60',
      'charger',
    ]);
    expect(desiredSettings('ocpp1.6', { ...none, useDefaults: false })).toEqual([]);
    expect(
      desiredSettings('ocpp1.6', { ...none, useDefaults: false }, { ...none, useDefaults: true }),
    ).toHaveLength(5);
  });

  it('no setting is wanted twice, whatever operator and charger say', () => {
    fc.assert(
      fc.property(wanted.map(plain), wanted.map(plain), (operator, charger) => {
        const keys = desiredSettings('ocpp1.6', operator, charger).map((one) =>
          one.key.toLowerCase(),
        );
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });
});

describe('the settings that a charger says that it has', () => {
  it.each([
    ['60', ' 060 ', true],
    ['true', 'TRUE', true],
    ['', undefined, true],
    [
      'Energy.Active.Import.Register,Power.Active.Import',
      'Power.Active.Import, Energy.Active.Import.Register',
      true,
    ],
    ['0,1', '1,0', false],
    ['a', 'A', false],
    ['60', '61', false],
  ])('%s against %s is the same: %s', (a, b, same) => {
    expect(isSameSetting(a, b)).toBe(same);
  });

  it('each desired setting stands as the charger last said', () => {
    const reportedAt = '2026-04-14T16:30:00.000Z';
    const drift = configurationDrift(desiredSettings('ocpp1.6'), {
      settings: [
        { key: 'heartbeatInterval', value: '560', reportedAt },
        { key: 'WebSocketPingInterval', value: '0', isReadOnly: true, reportedAt },
        { key: 'MeterValueSampleInterval', value: '900', isReadOnly: false, reportedAt },
      ],
      unknownKeys: ['StopTxnAlignedData'],
      awaitingRestart: [],
    });
    expect(drift.map(({ key: name, state }) => [name, state])).toEqual([
      ['HeartbeatInterval', 'as-desired'],
      ['WebSocketPingInterval', 'read-only'],
      ['MeterValueSampleInterval', 'differs'],
      ['StopTxnSampledData', 'not-reported'],
      ['StopTxnAlignedData', 'unknown-to-charger'],
    ]);
  });

  it('a value that a charger took until its restart is said to be so, until the charger says otherwise', () => {
    const set = (value: string, minute: number) => ({
      request: { type: 'set-configuration', key: 'WebSocketPingInterval', value } as const,
      outcome: { kind: 'accepted', remark: 'reboot-required' } as const,
      finishedAt: `2026-04-14T16:${minute}:00.000Z`,
    });
    const said = {
      request: { type: 'get-configuration', keys: ['websocketpinginterval'] } as const,
      outcome: {
        kind: 'accepted',
        data: {
          kind: 'configuration',
          keys: [{ key: 'websocketpinginterval', value: '0' }],
          unknownKeys: [],
        },
      } as const,
      finishedAt: '2026-04-14T16:30:00.000Z',
    };
    const stateAfter = (commands: Parameters<typeof knownConfiguration>[0]) =>
      configurationDrift(desiredSettings('ocpp1.6'), knownConfiguration(commands)).find(
        ({ key: name }) => name === 'WebSocketPingInterval',
      )?.state;

    expect(stateAfter([set('240', 31), said])).toBe('after-restart');
    expect(stateAfter([set('100', 31), said])).toBe('differs');
    expect(stateAfter([said, set('240', 29)])).toBe('differs');
  });

  it('the keys of meters are known by connector or EVSE, in both versions, and an empty one is none', () => {
    expect(
      saidMeterKeys([
        { key: 'MeterPublicKey1', value: ' 3059AB ' },
        { key: 'meterpublickey12', value: '3059CD' },
        { key: 'MeterPublicKey', value: '3059EF' },
        { key: 'MeterPublicKey3', value: '' },
        { key: 'FiscalMetering@2.PublicKey', value: 'a' },
        { key: 'FiscalMetering.PublicKey', value: 'b' },
        { key: 'PublicKeyWithSignedMeterValue', value: 'Never' },
      ]),
    ).toEqual([
      { publicKey: '3059AB', number: 1 },
      { publicKey: '3059CD', number: 12 },
      { publicKey: '3059EF' },
      { publicKey: 'a', number: 2 },
      { publicKey: 'b' },
    ]);
    expect(signingKeys('ocpp1.6', 1)).toEqual(['MeterPublicKey1', 'SampledDataSignReadings']);
    expect(signingKeys('ocpp2.0.1')).toContain('FiscalMetering@2.PublicKey');
  });

  it('a charger whose meter signs keeps what it sends at the end of a session, unless its operator says otherwise', () => {
    const reportedAt = '2026-04-14T16:30:00.000Z';
    const settings = [
      { key: 'StopTxnSampledData', value: 'Energy.Active.Import.Register', reportedAt },
      { key: 'MeterPublicKey1', value: '3059301306072A86', reportedAt },
    ];
    const stateOf = (operator = none) =>
      configurationDrift(desiredSettings('ocpp1.6', operator), {
        settings,
        unknownKeys: [],
        awaitingRestart: [],
      }).find(({ key: name }) => name === 'StopTxnSampledData')?.state;

    expect(stateOf()).toBe('left-alone');
    expect(stateOf({ ocpp16: { StopTxnSampledData: '' }, ocpp2: {} })).toBe('differs');
  });
});

describe('the changes that bring a charger there', () => {
  const desired = desiredSettings('ocpp1.6');
  const accepted = (keys: readonly (readonly [string, string])[], unknownKeys: string[] = []) =>
    ({
      kind: 'accepted',
      data: {
        kind: 'configuration',
        keys: keys.map(([name, value]) => ({ key: name, value })),
        unknownKeys,
      },
    }) as const;

  it('only what differs is set', () => {
    const answer = accepted(
      [
        ['HeartbeatInterval', '560'],
        ['WebSocketPingInterval', '0'],
        ['MeterValueSampleInterval', '60'],
        ['StopTxnSampledData', 'Voltage'],
      ],
      ['StopTxnAlignedData'],
    );
    expect(changesToMake(desired, [answer])).toEqual([
      { type: 'set-configuration', key: 'WebSocketPingInterval', value: '240' },
      { type: 'set-configuration', key: 'StopTxnSampledData', value: '' },
    ]);
  });

  it('a charger that cannot say single settings is given all of them, and one that does not answer none', () => {
    const failed = {
      kind: 'failed',
      reason: 'not-supported',
      code: 'NotSupported',
      description: '',
    } as const;
    expect(changesToMake(desired, [failed as never])).toHaveLength(5);
    expect(changesToMake(desired, [undefined])).toBeUndefined();
    expect(changesToMake(desired, [accepted([]), undefined])).toBeUndefined();
  });

  it('a charger that was given everything is given nothing more', () => {
    fc.assert(
      fc.property(wanted.map(plain), (operator) => {
        const all = desiredSettings('ocpp1.6', operator);
        const answer = accepted(all.map((one) => [one.key, one.value]));
        expect(changesToMake(all, [answer])).toEqual([]);
      }),
    );
  });

  it('each desired setting is asked for once, a few with each question', () => {
    const ocpp16 = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`Key${n}`, '1']));
    const all = desiredSettings('ocpp1.6', { ocpp16, ocpp2: {} });
    const questions = questionsAbout('ocpp1.6', all);
    const keys = questions.flatMap((one) => one.keys ?? []);
    expect(questions.length).toBe(3);
    expect(keys.length).toBe(59);
    expect(keys[0]).toBe('GetConfigurationMaxKeys');
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys).toEqual(expect.arrayContaining(all.map((one) => one.key)));
    expect(questionsAbout('ocpp1.6', [])).toEqual([]);
  });
});
