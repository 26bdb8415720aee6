import { expect, it } from 'vitest';
import {
  type AnsweredCommand,
  knownConfiguration,
} from '../../../core/command/known-configuration.ts';
import { shownRequest } from '../../../core/command/secret-settings.ts';
import { answeredValues } from '../../../core/ocpp/v2x/answered-values.ts';

const at = (second: number) => new Date(Date.UTC(2026, 3, 14, 16, 0, second)).toISOString();

const got = (
  second: number,
  settings: Readonly<Record<string, string>>,
  {
    keys,
    unknownKeys = [],
  }: { readonly keys?: readonly string[]; readonly unknownKeys?: readonly string[] } = {},
): AnsweredCommand => ({
  request: { type: 'get-configuration', ...(keys === undefined ? {} : { keys }) },
  outcome: {
    kind: 'accepted',
    data: {
      kind: 'configuration',
      keys: Object.entries(settings).map(([key, value]) => ({ key, value, isReadOnly: false })),
      unknownKeys,
    },
  },
  finishedAt: at(second),
});

const set = (
  second: number,
  key: string,
  value: string,
  remark?: 'reboot-required',
): AnsweredCommand => ({
  request: { type: 'set-configuration', key, value },
  outcome: { kind: 'accepted', ...(remark === undefined ? {} : { remark }) },
  finishedAt: at(second),
});

const shown = (commands: readonly AnsweredCommand[]) =>
  knownConfiguration(commands).settings.map(({ key, value, reportedAt }) => [
    key,
    value,
    reportedAt,
  ]);

it('a configuration is the latest whole answer, with what was asked for and set by key since', () => {
  const commands = [
    set(5, 'b', '5'),
    got(4, { C: '4' }, { keys: ['C', 'D'], unknownKeys: ['D'] }),
    got(3, { A: '3', B: '3' }),
    got(2, { A: '2', Z: '2' }),
  ];

  expect(shown(commands)).toEqual([
    ['A', '3', at(3)],
    ['b', '5', at(5)],
    ['C', '4', at(4)],
  ]);
  expect(knownConfiguration(commands).unknownKeys).toEqual(['D']);
  expect(knownConfiguration(commands).settings[1]).toMatchObject({ isReadOnly: false });
});

it('a setting that waits for a reboot keeps the value that it had', () => {
  expect(shown([set(2, 'A', '2', 'reboot-required'), got(1, { A: '1' })])).toEqual([
    ['A', '1', at(1)],
  ]);
});

it('a key that turns out to exist is unknown no more, and one that is gone is no setting', () => {
  const [first, second] = [
    got(1, { A: '1' }, { unknownKeys: ['B'] }),
    got(2, { B: '2' }, { keys: ['A', 'B'], unknownKeys: ['A'] }),
  ];

  expect(shown([second, first])).toEqual([['B', '2', at(2)]]);
  expect(knownConfiguration([second, first]).unknownKeys).toEqual(['A']);
});

it('commands that were refused or never answered say nothing of the configuration', () => {
  const silent: AnsweredCommand = { request: { type: 'set-configuration', key: 'A', value: '9' } };
  const refused: AnsweredCommand = {
    ...silent,
    outcome: { kind: 'rejected', reason: 'rejected', word: 'Rejected' },
    finishedAt: at(3),
  };

  expect(knownConfiguration([silent, refused])).toEqual({
    settings: [],
    unknownKeys: [],
    awaitingRestart: [],
  });
});

it('a password that was set or is answered is never shown, however its key is spelled', () => {
  for (const key of ['AuthorizationKey', 'authorizationkey', 'BasicAuthPassword']) {
    expect(shown([set(1, key, 'S3CRET')])).toEqual([[key, '(not shown)', at(1)]]);
    expect(shown([got(1, { [key]: 'S3CRET' })])).toEqual([[key, '(not shown)', at(1)]]);
  }
  const key = 'SecurityCtrlr.BasicAuthPassword';
  const [value] = answeredValues(set(1, key, 'S3CRET'));
  expect(value?.value).toBe('(not shown)');
  expect(shownRequest(set(1, key, 'S3CRET').request)).toMatchObject({ key, value: '(not shown)' });
  expect(shownRequest(set(1, 'Other', 'x').request)).toMatchObject({ value: 'x' });
});
