import { expect, it } from 'vitest';
import {
  readSweepPosition,
  writeSweepPosition,
} from '../../lambdas/store/sessions/sweep-position.ts';
import { onEachEngine } from './on-each-engine.ts';

onEachEngine('where a sweep goes on', (database) => {
  it('the sweep starts from the beginning, unless the previous run ended early', async () => {
    const position = { operatorId: 'op_a', place: '2026-01-01T00:00:00.000Z#ses_1' };

    expect(await readSweepPosition(database())).toBeUndefined();
    await writeSweepPosition(database(), position);
    expect(await readSweepPosition(database())).toEqual(position);
    await writeSweepPosition(database(), { operatorId: 'op_b' });
    expect(await readSweepPosition(database())).toEqual({ operatorId: 'op_b' });
    await writeSweepPosition(database());
    expect(await readSweepPosition(database())).toBeUndefined();
  });
});
