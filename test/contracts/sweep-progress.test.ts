import { expect, it } from 'vitest';
import {
  readSweepProgress,
  writeSweepProgress,
} from '../../lambdas/store/sessions/sweep-progress.ts';
import { onEachEngine } from './on-each-engine.ts';

onEachEngine('how far the sweeps are', (database) => {
  it('the sweep starts from the beginning, unless the previous run ended early', async () => {
    const place = '2026-01-01T00:00:00.000Z#ses_1';
    const compared = { shard: 3, from: '2026-01-01T00:00:00.000Z' };
    const states = [
      { farOn: '2026-01-02', isFar: true, position: { operatorId: 'op_a', place, compared } },
      { farOn: '2026-01-02', isFar: false, position: { operatorId: 'op_b' } },
      { farOn: '2026-01-03' },
    ];

    expect(await readSweepProgress(database())).toEqual({});
    for (const progress of states) {
      await writeSweepProgress(database(), progress);
      expect(await readSweepProgress(database())).toEqual(progress);
    }
  });
});
