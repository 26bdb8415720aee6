import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tariff } from '../../../core/tariff/model/tariff.ts';
import { versionInForce } from '../../../lambdas/billing/version-in-force.ts';
import { readVersionInForce, writeTariffVersion } from '../../../lambdas/store/tariffs/tariffs.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { countRequests } from '../count-requests.ts';

let database: TestDatabase;
let tariffs = 0;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});

afterAll(async () => {
  await database.stop();
});

const operatorId = 'op_versions';

const ago = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

/** A tariff whose versions were made so many minutes ago, the first one first, and a way to make the next one now. */
async function tariffMade(minutes: readonly number[]) {
  tariffs += 1;
  const tariff: Tariff = {
    tariffId: `tar_${tariffs}`,
    version: 0,
    name: 'AC',
    currency: 'EUR',
    elements: [{ priceComponents: [{ type: 'ENERGY', price: '0.50', stepSize: 0 }] }],
    rounding: { mode: 'half-up', scope: 'total' },
  };
  let version = 0;
  const make = async (createdAt: string): Promise<void> => {
    version += 1;
    const made = { createdAt, tariff: { ...tariff, version } };
    expect(await writeTariffVersion(database, operatorId, made)).toBe('written');
  };
  for (const one of minutes) await make(ago(one));
  return { tariffId: tariff.tariffId, makeNow: async () => await make(ago(0)) };
}

const numberAt = async (tariffId: string, moment: string): Promise<number | undefined> =>
  (await versionInForce(database, operatorId, tariffId, moment))?.tariff.version;

describe('the version of a tariff that holds at a moment', () => {
  it('the version of a moment is the same whatever was asked before, and whatever versions are made meanwhile', async () => {
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.integer({ min: 0, max: 90 }) },
      { weight: 1, arbitrary: fc.constant('made' as const) },
    );
    const made = fc.uniqueArray(fc.integer({ min: 0, max: 80 }), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(made, fc.array(step, { maxLength: 12 }), async (minutes, steps) => {
        const { tariffId, makeNow } = await tariffMade(minutes.toSorted((a, b) => b - a));
        for (const one of steps) {
          if (one === 'made') {
            await makeNow();
            continue;
          }
          const moment = ago(one);
          const direct = await readVersionInForce(database, operatorId, tariffId, moment);
          expect(await numberAt(tariffId, moment)).toBe(direct?.tariff.version);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('a version is read once for all sessions that began since it was made', async () => {
    const { tariffId } = await tariffMade([3_000, 1_000]);
    const requests = await countRequests(database, async () => {
      for (const minutes of [30, 31, 999, 60]) {
        expect(await numberAt(tariffId, ago(minutes))).toBe(2);
      }
    });
    expect(requests).toEqual({ writes: [], reads: ['Query'] });
  });

  it('a session that began before the price changed gets the version of then', async () => {
    const { tariffId } = await tariffMade([3_000, 60]);
    expect(await numberAt(tariffId, ago(30))).toBe(2);
    expect(await numberAt(tariffId, ago(90))).toBe(1);
    expect(await numberAt(tariffId, ago(4_000))).toBe(1);
  });

  it('a new version holds from the moment in which it is made', async () => {
    const { tariffId, makeNow } = await tariffMade([3_000]);
    expect(await numberAt(tariffId, ago(30))).toBe(1);
    await makeNow();
    expect(await numberAt(tariffId, new Date().toISOString())).toBe(2);
    expect(await numberAt(tariffId, ago(30))).toBe(1);
  });

  it('a tariff that does not exist has no version', async () => {
    expect(await numberAt('tar_none', ago(30))).toBeUndefined();
    expect(await numberAt('tar_none', ago(0))).toBeUndefined();
  });
});
