import { describe, expect, it } from 'vitest';
import { partnerAdd } from '../../cli/commands/partner-add.ts';
import { partnerLosses } from '../../cli/commands/partner-losses.ts';
import { partnerTest } from '../../cli/commands/partner-test.ts';
import { apiThatAnswers } from './api-that-answers.ts';

describe('joulegate partner', () => {
  it('joulegate partner test shows each check of a connection, and exits with 1 where one failed', async () => {
    const checks = [
      { name: 'versions', ok: true, detail: '2.2.1' },
      { name: 'clock', ok: false, detail: '90.0 s ahead of ours' },
    ];
    const { sent, values } = await apiThatAnswers({ ok: false, checks });

    const result = await partnerTest.run({ positionals: ['ptn_1'], values });

    expect(result).toMatchObject({ exitCode: 1, json: { ok: false, checks } });
    expect(result.text).toBe('✓  versions  2.2.1\n✗  clock     90.0 s ahead of ours');
    expect(sent.map(({ call }) => call)).toEqual(['POST /partners/ptn_1/test']);
  });

  it('joulegate partner losses sums up what a partner reads differently, and names what it does not get', async () => {
    const floor = (n: number) => ({ path: `evses[${n}].floor`, lost: '"2"', instead: null });
    const site = { module: 'locations', reason: null };
    const locations = [
      { deliveryId: 'locations.A', objectId: 'A', ...site, losses: [floor(0), floor(1)] },
      { deliveryId: 'locations.B', objectId: 'B', ...site, losses: [floor(0)] },
    ];
    const reason = 'The tariff has a least price.';
    const tariff = {
      deliveryId: 'tariffs.T',
      module: 'tariffs',
      objectId: 'T',
      reason,
      losses: [],
    };
    const page = (items: readonly object[]) => ({ items, nextCursor: null });
    const answers = [page(locations), page([tariff]), page([]), page([])] as const;
    const { sent, values } = await apiThatAnswers(...answers);

    const result = await partnerLosses.run({ positionals: ['ptn_1'], values });

    expect(result).toMatchObject({ exitCode: 0, json: [...locations, tariff] });
    expect(result.text.split('\n')).toEqual([
      'locations  evses[].floor  in 2: "2" is read as nothing',
      `tariffs  T  not sent: ${reason}`,
    ]);
    expect(sent.map(({ call }) => /module=(\w+)/.exec(call)?.[1])).toEqual([
      ...['locations', 'tariffs', 'sessions', 'cdrs', 'tokens'],
    ]);
  });

  it('joulegate partner add shows what the partner needs to register, once', async () => {
    const { sent, values } = await apiThatAnswers({
      ...{ partnerId: 'ptn_1', version: null, versionsUrl: 'https://ours.example/ocpi/versions' },
      tokenA: 'aaaa',
    });
    const given = { ...values, name: 'Drivers', versions: '2.2.1, 2.3.0', roles: 'CPO' };

    const result = await partnerAdd.run({ positionals: [], values: given });

    expect(result.exitCode).toBe(0);
    expect(result.text).toContain('https://ours.example/ocpi/versions');
    expect(result.text).toContain('aaaa');
    expect(JSON.parse(sent[0]?.body ?? '')).toEqual({
      name: 'Drivers',
      versions: ['2.2.1', '2.3.0'],
      roles: ['CPO'],
    });
  });

  it('a partner without a name or an id is asked for', async () => {
    await expect(partnerAdd.run({ positionals: [], values: {} })).rejects.toThrow('--name');
    await expect(partnerTest.run({ positionals: [], values: {} })).rejects.toThrow(
      'Name the partner',
    );
  });
});
