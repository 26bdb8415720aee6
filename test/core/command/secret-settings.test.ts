import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CommandOutcome } from '../../../core/command/command-outcome.ts';
import type { CommandRequest } from '../../../core/command/command-request.ts';
import { secretMark } from '../../../core/command/secret-mark.ts';
import {
  holdsSecret,
  keptOutcome,
  passwordsIn,
  shownOutcome,
  shownRequest,
  shownText,
} from '../../../core/command/secret-settings.ts';
import { deviceModel } from '../../../core/ocpp/v2x/device-model.ts';

const secrets = fc.stringMatching(/^[A-Za-z0-9!%_-]{16,40}$/);
const password = { component: { name: 'SecurityCtrlr' }, variable: { name: 'BasicAuthPassword' } };

const requestsWith = (secret: string): readonly CommandRequest[] => [
  { type: 'set-configuration', key: ' authorizationKey', value: secret },
  { type: 'set-configuration', key: 'SecurityCtrlr.BasicAuthPassword', value: secret },
  { type: 'set-configuration', key: 'NetworkConfiguration[2].BasicAuthPassword', value: secret },
  {
    type: 'set-variables',
    fields: { setVariableData: [{ ...password, attributeValue: secret }] },
  },
  {
    type: 'set-network-profile',
    fields: {
      configurationSlot: 1,
      connectionData: {
        ocppCsmsUrl: 'wss://other.example/ocpp',
        basicAuthPassword: secret,
        apn: { apn: 'internet', apnPassword: secret },
        vpn: { server: 'vpn.example', user: 'u', password: secret, key: secret },
      },
    },
  },
  { type: 'update-firmware', url: `ftp://user:${secret}@files.example/f`, retrieveAt: '' },
  { type: 'get-logs', kind: 'diagnostics', url: `ftps://user:${secret}@files.example/` },
  { type: 'publish-firmware', fields: { location: `ftp://u:${secret}@files.example/f` } },
];

const secretKeys = [
  'AuthorizationKey',
  'WifiPassword',
  'VpnKey',
  'SimPin',
  'SecurityCtrlr.BasicAuthPassword',
  'NetworkConfiguration[2].ApnPassword',
];

describe('the secrets in commands', () => {
  it('no command shows a secret that it holds, and shows all else', () => {
    fc.assert(
      fc.property(secrets, (secret) => {
        for (const request of requestsWith(secret)) {
          expect(JSON.stringify(shownRequest(request))).not.toContain(secret);
          expect(holdsSecret(request)).toBe(true);
          expect(shownRequest(request).type).toBe(request.type);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('a command without a secret is shown as it is', () => {
    const plain: readonly CommandRequest[] = [
      { type: 'set-configuration', key: 'HeartbeatInterval', value: '60' },
      { type: 'get-logs', kind: 'diagnostics', url: 'https://files.example/a@b:c' },
      {
        type: 'set-variables',
        fields: {
          setVariableData: [
            {
              component: { name: 'OCPPCommCtrlr' },
              variable: { name: 'HeartbeatInterval' },
              attributeValue: '60',
            },
          ],
        },
      },
    ];
    for (const request of plain) {
      expect(shownRequest(request)).toEqual(request);
      expect(holdsSecret(request)).toBe(false);
    }
  });

  it.each([
    ['NotifyReport', { reportData: [{ ...password, variableAttribute: [{ value: 'S3CRET' }] }] }],
    ['NotifyEvent', { eventData: [{ ...password, actualValue: 'S3CRET' }] }],
    ['a setting of a maker', { configurationKey: [{ key: 'WifiPassword', value: 'S3CRET' }] }],
    ['GetConfiguration', { configurationKey: [{ key: 'AuthorizationKey', value: 'S3CRET' }] }],
    ['JSON in a text', { data: JSON.stringify({ key: 'authorizationkey', value: 'S3CRET' }) }],
    ['JSON in JSON in a text', { data: JSON.stringify({ d: '[{"apnPassword":"S3CRET"}]' }) }],
    ['words in a text', { data: 'AuthorizationKey=S3CRET;x=1' }],
    ['a number', { data: [{ key: 'SimPin', value: 'S3CRET' }] }],
    ['a field of a maker', { data: { vpn: { server: 'x', key: 'S3CRET' } } }],
    ['a URL in a text', { info: 'upload to ftp://ada@x.example:S3CRET@files.example/ failed' }],
    ['our own address', { value: `wss://x.example/cp/${'s3cret'.padEnd(32, 'a')}/CP1` }],
  ])('a message has no secret when it is shown: %s', (_what, payload) => {
    const shown = shownText(JSON.stringify(payload));
    expect(shown.toLowerCase()).not.toContain('s3cret');
    expect(JSON.parse(shown)).toBeTypeOf('object');
    expect(shownText(JSON.stringify(payload).slice(0, -2)).toLowerCase()).toBeTypeOf('string');
  });

  it('a message that breaks off has no password when it is shown', () => {
    const text = '{"configurationKey":[{"key":"AuthorizationKey","readonly":false,"value":"S3CRET';
    expect(shownText(text)).not.toContain('S3CRET');
  });

  it('a message without a secret is shown to the letter, numbers and spaces included', () => {
    for (const text of [
      '{ "connectorId":1, "value": 1.50, "key":"MeterPublicKey1", "info":"5e3" }',
      '{"configurationKey":[{"key":"HeartbeatInterval","readonly":false,"value":"560"}]}',
      '{"seqNo":12345678901234567890}',
      'not JSON at all',
      '',
    ]) {
      expect(shownText(text)).toBe(text);
    }
  });

  it('a long or deeply nested text does not hold up whoever shows it', () => {
    for (const text of [
      'a.'.repeat(60_000),
      'a'.repeat(120_000),
      `${'['.repeat(30_000)}${']'.repeat(30_000)}`,
      '://@'.repeat(30_000),
      `${'&token'.repeat(20_000)}`,
      'authorizationkey","'.repeat(6_000),
    ]) {
      const began = process.cpuUsage();
      shownText(text);
      const { user } = process.cpuUsage(began);
      expect(user / 1000).toBeLessThan(1_000);
    }
  });

  it('what is kept of an answer has no secret, and a mark that tells whether it is the one that is wanted', () => {
    fc.assert(
      fc.property(secrets, fc.constantFrom(...secretKeys), (secret, key) => {
        const data = { kind: 'configuration', keys: [{ key, value: secret }], unknownKeys: [] };
        const outcome = { kind: 'accepted', data } as CommandOutcome;
        const kept = keptOutcome(outcome);
        expect(JSON.stringify(kept)).not.toContain(secret);
        expect(kept).toMatchObject({ data: { keys: [{ key, mark: secretMark(secret) }] } });
        expect(JSON.stringify(shownOutcome(kept))).not.toContain(secretMark(secret));
        expect(keptOutcome(shownOutcome(outcome))).toMatchObject({ kind: 'accepted' });
      }),
      { numRuns: 50 },
    );
  });

  it('an answer that has a password is shown without it, and so is the device model', () => {
    const fields = { getVariableResult: [{ ...password, attributeValue: 'S3CRET' }] };
    const keys = [{ key: 'AuthorizationKey', value: 'S3CRET' }];
    for (const data of [
      { kind: 'answer', fields } as const,
      { kind: 'configuration', keys, unknownKeys: [] } as const,
    ]) {
      expect(JSON.stringify(shownOutcome({ kind: 'accepted', data }))).not.toContain('S3CRET');
    }
    const report = {
      ...{ requestId: 1, generatedAt: '2026-04-14T16:30:00Z', seqNo: 0, tbc: false },
      reportData: [{ ...password, variableAttribute: [{ type: 'Actual', value: 'S3CRET' }] }],
    };
    const receivedAt = '2026-04-14T16:30:00.000Z';
    const part = { action: 'NotifyReport', raw: JSON.stringify(report), receivedAt };
    const { variables } = deviceModel([part as never], []);
    expect(variables).toHaveLength(1);
    expect(JSON.stringify(variables)).not.toContain('S3CRET');
  });

  it('the passwords by which a charger connects here are found in any spelling, those for other back offices are not', () => {
    const data = (name: string) => [
      { component: { name }, variable: { name: 'basicAuthPassword' }, attributeValue: 'P' },
    ];
    const found = (name: string) =>
      passwordsIn({ type: 'set-variables', setVariableData: data(name) });
    expect(found('securityCtrlr')).toEqual(['P']);
    expect(found('NetworkConfiguration')).toEqual([]);
    expect(
      ['AuthorizationKey', 'authorizationkey ', 'SecurityCtrlr.BasicAuthPassword'].flatMap((key) =>
        passwordsIn({ type: 'set-configuration', key, value: 'P' }),
      ),
    ).toEqual(['P', 'P', 'P']);
  });
});
