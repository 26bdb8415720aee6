import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CommandRequest } from '../../../core/command/command-request.ts';
import {
  holdsSecret,
  passwordsIn,
  shownOutcome,
  shownRequest,
  shownUrl,
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

  it('the user of a URL is shown, and its password is not, whatever it has in it', () => {
    expect(shownUrl('ftp://user:p@ss:w@files.example/f')).toBe('ftp://user:…@files.example/f');
    expect(shownUrl('sftp://user@files.example/f')).toBe('sftp://user@files.example/f');
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
