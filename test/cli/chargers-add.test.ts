import { describe, expect, it } from 'vitest';
import { chargersAdd } from '../../cli/commands/chargers-add.ts';
import { apiThatAnswers } from './api-that-answers.ts';

const made = {
  chargerId: 'CP001',
  password: 'secret-of-the-charger',
  connectionToken: 'token',
  urls: { basic: 'wss://edge/ocpp/demo/CP001', token: 'wss://edge/cp/token' },
};

/** The output when a charger is added, and then shown with its facts. */
const printed = async (shown: object, options: Readonly<Record<string, string>> = {}) => {
  const { values } = await apiThatAnswers(made, shown);
  return await chargersAdd.run({
    values: { ...values, ...options },
    positionals: ['CP001'],
  });
};

describe('joulegate chargers add', () => {
  it('a charger without a power and a time zone is registered with a warning about each, below its secrets', async () => {
    const { exitCode, text, json } = await printed({ maxPowerKw: null, timeZone: 'UTC' });

    expect(exitCode).toBe(0);
    expect(json).toEqual(made);
    expect(text).toContain('secret-of-the-charger');
    expect(text).toMatch(
      /\nWarning: no --max-power-kw: .*500 kW.*\nWarning: no --time-zone: .*UTC.*$/,
    );
  });

  it.each([
    ['has both', { maxPowerKw: 22, timeZone: 'Europe/Berlin' }, {}],
    ['is in UTC on purpose', { maxPowerKw: 22, timeZone: 'UTC' }, { 'time-zone': 'UTC' }],
    ['cannot be read with this key', { code: 'SCOPE_MISSING' }, {}],
  ])('there is no warning where the charger %s', async (_, shown, options) => {
    expect((await printed(shown, options)).text).not.toContain('Warning');
  });
});
