import { expect, it } from 'vitest';
import type { Session } from '../../core/session/session.ts';
import {
  listCdrs,
  readChainHead,
  readSealedCdr,
  writeSealedCdr,
} from '../../lambdas/store/cdrs/cdrs.ts';
import {
  letCount,
  readCountedOfCredited,
  writeCorrection,
  writeReview,
} from '../../lambdas/store/cdrs/corrections.ts';
import {
  dropOrderedCorrection,
  writeOrderedCorrection,
} from '../../lambdas/store/sessions/ordered-corrections.ts';
import { readProgress } from '../../lambdas/store/sessions/running-view.ts';
import { insertSession, readSession } from '../../lambdas/store/sessions/sessions.ts';
import { onEachEngine } from './on-each-engine.ts';

const session = (sessionId: string): Session => ({
  sessionId,
  operatorId: 'op_c',
  chargerId: 'CP-C',
  evseId: 1,
  connectorId: 1,
  transactionId: '7',
  protocol: 'ocpp1.6',
  state: 'ended',
  stop: {
    endedAt: '2026-01-01T00:00:00.000Z',
    receivedAt: '2026-01-01T00:00:01.000Z',
    reason: 'Local',
  },
  timeZone: 'UTC',
  anomalies: [],
});

const placeOf = (sessionId: string, cdrId: string) => ({
  operatorId: 'op_c',
  sessionId,
  chargerKey: 'cp-c',
  shard: 0,
  endedAt: '2026-01-01T00:00:00.000Z',
  cdrId,
});

const sealed = (cdrId: string, sequence: number) => ({
  content: JSON.stringify({ cdrId, chargerId: 'CP-C' }),
  seal: { sequence, previousHash: '0', hash: `h${sequence}`, signature: 's', keyId: 'k' },
});

const result = (cdrId: string, cdrSequence: number, stateOfCharge?: string) => ({
  cdrId,
  cdrState: 'sealed' as const,
  cdrSequence,
  energy: 1_000_000n,
  cdrAnomalies: [],
  ...(stateOfCharge === undefined ? {} : { stateOfCharge }),
});

const ordered = {
  kind: 'credit',
  reason: 'Goodwill.',
  decidedAt: '2026-01-02T00:00:00.000Z',
  decidedBy: { apiKeyId: 'key_1', name: 'Office' },
} as const;

onEachEngine('the store of corrections', (database) => {
  const stored = async (sessionId: string) => {
    const found = await readSession(database(), sessionId, true);
    if (found === undefined) throw new Error(`no ${sessionId}`);
    return found;
  };
  const correctionOf = (id: string, sequence: number, closedVersion: number) => ({
    original: { place: placeOf(`ses_${id}`, id), sequence },
    counted: { marks: 'aaaaaa' },
    credit: { place: placeOf(`ses_${id}`, `${id}-C`), cdr: sealed(`${id}-C`, sequence + 1) },
    correction: { place: placeOf(`ses_${id}`, `${id}-2`), cdr: sealed(`${id}-2`, sequence + 2) },
    result: result(`${id}-2`, sequence + 2),
    note: 'CDR_CORRECTED' as const,
    closed: { version: closedVersion, counted: { marks: 'aaaaaabbbbbb' } },
  });

  /** Seals the CDR of a session that has just ended. */
  const seal = async (id: string, sequence: number): Promise<void> => {
    await insertSession(database(), session(`ses_${id}`), { shard: 0 });
    const place = placeOf(`ses_${id}`, id);
    const closed = { version: 0, counted: {} };
    await writeSealedCdr(database(), place, sealed(id, sequence), result(id, sequence), {
      version: 1,
      held: false,
      closed,
    });
  };

  it('a sealed CDR is credited and replaced in one write, or not at all', async () => {
    await insertSession(database(), session('ses_c1'), { shard: 0 });
    const write = await writeSealedCdr(
      database(),
      placeOf('ses_c1', 'c1'),
      sealed('c1', 1),
      result('c1', 1, '80'),
      { version: 1, held: false, closed: { version: 0, counted: { marks: 'aaaaaa' } } },
    );
    expect(write).toBe('sealed');
    const before = await stored('ses_c1');
    const correct = (closedVersion: number, from = before, sequence = 1) =>
      writeCorrection(database(), from, correctionOf('c1', sequence, closedVersion));

    expect(await correct(7)).toBe('changed');
    expect(await correct(1, { ...before, version: 9 })).toBe('changed');
    expect(await correct(1, before, 0)).toBe('changed');
    expect((await readChainHead(database(), 'cp-c'))?.sequence).toBe(1);
    expect(await correct(1)).toBe('corrected');
    expect(await correct(2, await stored('ses_c1'))).toBe('changed');

    expect(await readChainHead(database(), 'cp-c')).toEqual({ sequence: 3, hash: 'h3' });
    expect(await readSealedCdr(database(), 'cp-c', 1)).toMatchObject({
      cdrId: 'c1',
      state: 'credited',
      creditedBy: 'c1-C',
    });
    expect(await readCountedOfCredited(database(), 'cp-c', 1)).toEqual({ marks: 'aaaaaa' });
    expect(await stored('ses_c1')).toMatchObject({
      result: result('c1-2', 3),
      creditedSequences: [1],
      lateNote: 'CDR_CORRECTED',
      version: before.version + 1,
    });
    expect((await stored('ses_c1')).result?.stateOfCharge).toBeUndefined();
    expect(await readProgress(database(), 'ses_c1')).toEqual({
      kind: 'closed',
      closed: { version: 2, counted: { marks: 'aaaaaabbbbbb' } },
    });
    const listed = async (state: 'sealed' | 'credited', chargerKey?: string) => {
      const query = { states: [state], shards: [0], limit: 10, chargerKey };
      const { items } = await listCdrs(database(), 'op_c', query);
      return items.map(({ cdrId }) => cdrId);
    };
    for (const chargerKey of [undefined, 'cp-c']) {
      expect(await listed('credited', chargerKey)).toEqual(['c1']);
      expect(await listed('sealed', chargerKey)).toEqual(['c1-C', 'c1-2']);
    }
  });

  it('a CDR is credited for good in one write: nothing replaces it, and nothing credits it again', async () => {
    await seal('c4', 1);
    const before = await stored('ses_c4');
    const { correction: _none, ...credit } = correctionOf('c4', 1, 1);
    const free = { currency: 'EUR', exclVat: '0.00', inclVat: '0.00' };
    const last = {
      ...credit,
      result: { ...result('c4', 1), cost: free },
      note: 'CDR_CREDITED',
    } as const;
    expect(await writeOrderedCorrection(database(), before, ordered)).toBe('written');
    expect(await writeOrderedCorrection(database(), before, ordered)).toBe('changed');
    const waiting = await stored('ses_c4');
    expect(waiting.correction).toEqual(ordered);
    expect(await writeOrderedCorrection(database(), waiting, ordered)).toBe('changed');
    expect(await writeCorrection(database(), before, last)).toBe('changed');
    expect(await writeCorrection(database(), waiting, last)).toBe('corrected');
    expect(await writeCorrection(database(), await stored('ses_c4'), last)).toBe('changed');

    const after = await stored('ses_c4');
    expect(after).toMatchObject({
      creditSequence: 2,
      lateNote: 'CDR_CREDITED',
      result: { cdrId: 'c4', cdrSequence: 1, cost: free },
    });
    expect([after.correction, after.creditedSequences]).toEqual([undefined, undefined]);
    expect(await writeOrderedCorrection(database(), after, ordered)).toBe('changed');
    expect(await readSealedCdr(database(), 'cp-c', 1)).toMatchObject({ state: 'credited' });
    expect((await readChainHead(database(), 'cp-c'))?.sequence).toBe(2);
  });

  it('an ordered correction that cannot be carried out is forgotten, and another one can be ordered', async () => {
    await seal('c5', 1);
    const before = await stored('ses_c5');
    expect(await dropOrderedCorrection(database(), before)).toBe('changed');
    await writeOrderedCorrection(database(), before, ordered);
    expect(await dropOrderedCorrection(database(), before)).toBe('changed');
    expect(await dropOrderedCorrection(database(), await stored('ses_c5'))).toBe('written');
    const after = await stored('ses_c5');
    expect([after.correction, after.lateNote]).toEqual([undefined, 'CORRECTION_FAILED']);
    expect(await writeOrderedCorrection(database(), after, ordered)).toBe('written');
  });

  it('a correction loses its place in the chain to a CDR that was written first', async () => {
    await seal('c1', 1);
    await seal('c2', 2);
    const correction = correctionOf('c2', 2, 1);
    const taken = { ...correction.correction, cdr: sealed('c2-2', 1) };

    const write = await writeCorrection(database(), await stored('ses_c2'), {
      ...correction,
      correction: taken,
    });

    expect(write).toBe('taken');
    expect((await readSealedCdr(database(), 'cp-c', 2))?.state).toBe('sealed');
    expect((await stored('ses_c2')).result).toEqual(result('c2', 2));
  });

  it('late readings that were reviewed are recorded, and nothing counts once the CDR is sealed', async () => {
    await seal('c2', 1);
    const before = await stored('ses_c2');
    const closed = { version: 1, counted: {}, reviewed: 'cccccc' };

    expect(await writeReview(database(), before, 'LATE_READINGS', closed)).toBe('noted');
    expect(await writeReview(database(), before, 'LATE_READINGS', closed)).toBe('changed');
    expect((await stored('ses_c2')).lateNote).toBe('LATE_READINGS');
    expect(await readProgress(database(), 'ses_c2')).toEqual({
      kind: 'closed',
      closed: { ...closed, version: 2 },
    });
    const until = '2026-01-02T00:00:00.000Z';
    expect(await letCount(database(), await stored('ses_c2'), until)).toBe('changed');
    await insertSession(database(), session('ses_c3'), { shard: 0 });
    expect(await letCount(database(), await stored('ses_c3'), until)).toBe('written');
    expect(await stored('ses_c3')).toMatchObject({ lateUntil: until, version: 2 });
  });
});
