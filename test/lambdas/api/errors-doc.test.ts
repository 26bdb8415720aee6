import '../quiet.ts';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { anomalyCodes } from '../../../core/metering/model/anomaly-codes.ts';
import { loadVersions } from '../../../core/ocpp/load-version.ts';
import { protocols } from '../../../core/ocpp/protocol.ts';
import { faultCode } from '../../../core/ocpp/rpc/fault.ts';
import { actionErrors } from '../../../lambdas/actions/action-errors.ts';
import { apiErrors } from '../../../lambdas/api/errors.ts';
import { chooseProtocol } from '../../../lambdas/authorizer/choose-protocol.ts';
import { fileErrors } from '../../../lambdas/files/file-errors.ts';
import { pushErrors } from '../../../lambdas/gateway/gateway-errors.ts';

const text = readFileSync(new URL('../../../docs/errors.md', import.meta.url), 'utf8');

const section = (title: string): string =>
  text.split(/^## /m).find((one) => one.startsWith(title)) ?? '';

const rows = (title: string): readonly string[] =>
  section(title)
    .split('\n')
    .filter((line) => line.startsWith('| `'));

const sourceOf = (path: string): string =>
  readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

describe('docs/errors.md', () => {
  it('docs/errors.md lists exactly the errors of the operator API with status and sentence', () => {
    const wanted = Object.entries(apiErrors).map(
      ([code, [status, message]]) => `| \`${code}\` | ${status} | ${message} |`,
    );

    expect(rows('Operator API')).toEqual(wanted);
  });

  it('docs/errors.md lists exactly the errors that only the gateway has', () => {
    const wanted = Object.entries(pushErrors).map(
      ([code, [status, message]]) => `| \`${code}\` | ${status} | ${message} |`,
    );

    expect(rows('Gateway')).toEqual(wanted);
  });

  it('docs/errors.md lists exactly the errors of transfers of files', () => {
    const wanted = Object.entries(fileErrors).map(
      ([code, [status, message]]) => `| \`${code}\` | ${status} | ${message} |`,
    );

    expect(rows('Files of chargers')).toEqual(wanted);
  });

  it('docs/errors.md lists exactly the errors of the buttons of dashboards', () => {
    const wanted = Object.entries(actionErrors).map(
      ([code, message]) => `| \`${code}\` | ${message} |`,
    );

    expect(rows('Buttons of dashboards')).toEqual(wanted);
  });

  it('docs/errors.md lists exactly the anomalies with severity and sentence', () => {
    const wanted = Object.entries(anomalyCodes).map(
      ([code, [severity, message]]) => `| \`${code}\` | ${severity} | ${message} |`,
    );

    expect(rows('Anomalies')).toEqual(wanted);
  });

  it('docs/errors.md lists exactly the problems and warnings of a tariff', () => {
    const declared = [
      'model/tariff-problem',
      'validate/lint-tariff',
      'preview/preview-price',
    ].flatMap(
      (name) => sourceOf(`core/tariff/${name}.ts`).match(/(?<=\| ')(?:TARIFF|PREVIEW)_\w+/g) ?? [],
    );
    const listed = rows('Tariffs').map((row) => row.split('`')[1]);

    expect(declared.length).toBeGreaterThan(10);
    expect(new Set(listed)).toEqual(new Set(declared));
    expect(listed).toHaveLength(declared.length);
  });

  it('docs/errors.md lists exactly the errors of the command line', () => {
    const thrown = ['cli/', 'clients/', 'fleet/']
      .flatMap((room) => {
        const folder = new URL(`../../../${room}`, import.meta.url);
        return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(
          (path) => `${room}${path}`,
        );
      })
      .filter((path) => path.endsWith('.ts'))
      .flatMap((path) => sourceOf(path).match(/(?<=')CLI_\w+/g) ?? []);
    const listed = rows('Command line').map((row) => row.split('`')[1]);

    expect(listed.toSorted()).toEqual([...new Set(thrown)].toSorted());
  });

  it('docs/errors.md lists the CALLERROR code of every fault in every version', () => {
    for (const fault of [
      'unreadable-frame',
      'unknown-action',
      'unsupported-action',
      'malformed-payload',
      'missing-property',
      'wrong-type',
      'wrong-value',
      'internal',
    ] as const) {
      const cells = `\`${faultCode('ocpp1.6', fault)}\` | \`${faultCode('ocpp2.0.1', fault)}\``;
      expect(section('Chargers')).toContain(cells);
    }
  });
});

describe('the versions that a handshake accepts', () => {
  it('a handshake accepts exactly the OCPP versions whose messages are supported', async () => {
    const versions = await loadVersions(protocols);
    for (const protocol of ['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1'] as const) {
      const accepted = chooseProtocol([protocol]) === protocol;
      expect([protocol, accepted]).toEqual([protocol, versions.has(protocol)]);
    }
  });
});
