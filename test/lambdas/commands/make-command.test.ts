import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chargerKey as keyOf } from '../../../core/charger/charger-key.ts';
import { makeCommands } from '../../../lambdas/commands/make-command.ts';
import { readCharger } from '../../../lambdas/store/chargers/chargers.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { newOperator } from '../plant.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

describe('several commands', () => {
  it('commands that are made together have places in their order, also where all of them are made in one millisecond', async () => {
    const operator = await newOperator(database);
    await operator.call('POST', '/chargers', { chargerId: 'CP-1' });
    const charger = await readCharger(database, keyOf(operator.operatorId, 'CP-1'));
    if (charger === undefined) throw new Error('The charger was not registered');
    const [now, connectedAt] = [Date.parse('2026-03-01T08:00:00Z'), '2026-03-01T07:00:00.000Z'];
    const parts = Array.from(
      { length: 12 },
      (_none, n) =>
        ({
          type: 'local-list',
          version: n + 1,
          full: n === 0,
          tokens: [{ tokenId: `T-${n}` }],
        }) as const,
    );

    const places = await makeCommands(
      { database, now: () => now, send: async () => {}, post: async () => 'posted' },
      {
        charger,
        connection: {
          connectionId: 'c-1',
          protocol: 'ocpp1.6',
          connectedAt,
          lastSeenAt: connectedAt,
        },
      },
      parts,
    );

    expect(places).toHaveLength(parts.length);
    expect(places.toSorted()).toEqual(places);
  });
});
