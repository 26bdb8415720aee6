import { describe, expect, it } from 'vitest';
import { configurationDrift } from '../../cli/commands/configuration-drift.ts';
import { configurationGet } from '../../cli/commands/configuration-get.ts';
import { apiThatAnswers } from './api-that-answers.ts';

const setting = (state: string) => ({
  ...{ key: 'Language', value: 'pt', by: 'operator', reported: 'de' },
  state,
});
const certificate = (state: string) => ({ use: 'v2g-root', serialNumber: '2a', state });
const list = (state: string) => ({ state, version: 300, reported: 200 });

const shown = (more: object) => ({
  ...{ chargerId: 'A', settings: [], desired: [setting('as-desired')], comparedAt: null },
  ...{ localList: list('as-desired'), certificates: [certificate('installed')] },
  password: 'as-desired',
  ...more,
});

const drift = async (more: object) => {
  const { values } = await apiThatAnswers(shown(more));
  return await configurationDrift.run({ positionals: ['A'], values });
};

describe('joulegate configuration drift', () => {
  it.each<readonly [string, object, string]>([
    ['a setting', { desired: [setting('differs')] }, 'Language'],
    ['a setting that it has not said', { desired: [setting('not-reported')] }, 'Language'],
    ['the local list', { localList: list('differs') }, 'local list 300, has 200'],
    ['a local list that it has not said', { localList: list('not-reported') }, 'local list'],
    ['a certificate', { certificates: [certificate('differs')] }, 'certificate 2a (v2g-root)'],
    ['the password', { password: 'not-used-yet' }, 'password'],
  ])(
    'a charger that differs in %s is listed with that alone, and the status is 1',
    async (_what, more, line) => {
      const { exitCode, text, json } = await drift(more);
      expect(exitCode).toBe(1);
      expect(text.split('\n')).toEqual([
        'A',
        expect.stringContaining(line),
        '1 of 1 chargers are not set as they should be.',
      ]);
      expect(json).toMatchObject([{ chargerId: 'A' }]);
    },
  );

  it('a charger that is as it should be in everything, or cannot be otherwise, is not listed', async () => {
    for (const more of [{}, { localList: null, certificates: [] }]) {
      expect(await drift(more)).toMatchObject({ exitCode: 0, json: [] });
    }
  });

  it('configuration get shows all that a charger should have', async () => {
    const { values } = await apiThatAnswers(shown({}));
    const { text } = await configurationGet.run({ positionals: ['A'], values });
    for (const part of ['Language', 'local list 300', 'certificate 2a', 'password']) {
      expect(text).toContain(part);
    }
  });
});
