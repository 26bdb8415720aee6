import { expect, it } from 'vitest';
import {
  deleteMeterKey,
  keepMeterKey,
  readMeterKeys,
} from '../../lambdas/store/chargers/meter-keys.ts';
import { onEachEngine } from './on-each-engine.ts';

const createdAt = '2026-04-14T16:30:00.000Z';
const idOf = (n: number) => `mk_${String(n).padStart(26, '0')}`;
const bare = { meterKeyId: idOf(1), publicKey: '3059', createdAt };
const scoped = {
  ...bare,
  meterKeyId: idOf(2),
  encoding: 'base64',
  connector: { evseId: 1, connectorId: 2 },
  meterSerial: 'M-1',
  validFrom: '2026-01-01T00:00:00.000Z',
  validUntil: '2027-01-01T00:00:00.000Z',
} as const;

onEachEngine('the store of the keys of meters', (database) => {
  it('meter keys are kept by charger and id, and an existing key is not changed', async () => {
    expect(await keepMeterKey(database(), 'cp-1', scoped)).toEqual(scoped);
    expect(await keepMeterKey(database(), 'cp-1', bare)).toEqual(bare);
    expect(await keepMeterKey(database(), 'cp-1', { ...bare, publicKey: 'other' })).toEqual(bare);
    await keepMeterKey(database(), 'cp-2', { ...bare, publicKey: 'of cp-2' });

    expect(await readMeterKeys(database(), 'cp-1')).toEqual([bare, scoped]);
    expect(await readMeterKeys(database(), 'cp-3')).toEqual([]);
  });

  it('a meter key can be deleted once, by its own charger only', async () => {
    await keepMeterKey(database(), 'cp-4', bare);

    expect(await deleteMeterKey(database(), 'cp-5', bare.meterKeyId)).toBe('absent');
    expect(await deleteMeterKey(database(), 'cp-4', bare.meterKeyId)).toBe('deleted');
    expect(await deleteMeterKey(database(), 'cp-4', bare.meterKeyId)).toBe('absent');
    expect(await readMeterKeys(database(), 'cp-4')).toEqual([]);
  });

  it('more meter keys are read than fit into one response of the engine', async () => {
    const publicKey = 'k'.repeat(300_000);
    const all = [1, 2, 3, 4, 5].map((n) => ({ ...bare, meterKeyId: idOf(n), publicKey }));
    for (const key of all) await keepMeterKey(database(), 'cp-6', key);

    expect(await readMeterKeys(database(), 'cp-6')).toEqual(all);
  });
});
