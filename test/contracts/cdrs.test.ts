import { BatchGetItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';
import type { Session } from '../../core/session/session.ts';
import type { Tariff } from '../../core/tariff/model/tariff.ts';
import { readCdrInForce } from '../../lambdas/store/cdrs/cdr-in-force.ts';
import {
  listCdrs,
  readChainHead,
  readHeldCdr,
  readSealedCdr,
  writeHeldCdr,
  writeSealedCdr,
} from '../../lambdas/store/cdrs/cdrs.ts';
import { readProgress } from '../../lambdas/store/sessions/running-view.ts';
import { insertSession, readSession } from '../../lambdas/store/sessions/sessions.ts';
import {
  latestVersion,
  listTariffs,
  readTariff,
  readVersionInForce,
  writeTariffVersion,
} from '../../lambdas/store/tariffs/tariffs.ts';
import { afterFirst } from './after-first.ts';
import { onEachEngine } from './on-each-engine.ts';

const session = (sessionId: string): Session => ({
  sessionId,
  operatorId: 'op_a',
  chargerId: 'CP-1',
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

const placeOf = (sessionId: string) => ({
  operatorId: 'op_a',
  sessionId,
  chargerKey: 'cp-1',
  shard: 0,
  endedAt: '2026-01-01T00:00:00.000Z',
  cdrId: sessionId.replace('ses', 'cdr'),
});

const seal = (sequence: number) => ({
  sequence,
  previousHash: '0',
  hash: `h${sequence}`,
  signature: 's',
  keyId: 'k',
});

const result = (sessionId: string, sequence?: number) => ({
  cdrId: sessionId.replace('ses', 'cdr'),
  cdrState: sequence === undefined ? ('held' as const) : ('sealed' as const),
  energy: 1_000_000n,
  cdrAnomalies: [],
  ...(sequence === undefined ? {} : { cdrSequence: sequence }),
});

onEachEngine('the store of CDRs and tariffs', (database) => {
  const closed = (version = 0) => ({ version, counted: { marks: 'abcdef' } });
  const sealOne = (sessionId: string, sequence: number, version: number, held = false) =>
    writeSealedCdr(
      database(),
      placeOf(sessionId),
      { content: JSON.stringify({ cdrId: sessionId, chargerId: 'CP-1' }), seal: seal(sequence) },
      result(sessionId, sequence),
      { version, held, closed: closed() },
    );

  it('sealed CDRs form a chain in which no sequence number is used twice', async () => {
    for (const id of ['ses_1', 'ses_2']) {
      await insertSession(database(), session(id), { shard: 0 });
    }
    expect(await readChainHead(database(), 'cp-1')).toBeUndefined();

    expect(await sealOne('ses_1', 1, 1)).toBe('sealed');
    expect(await sealOne('ses_2', 1, 1)).toBe('taken');
    expect(await sealOne('ses_1', 2, 2)).toBe('changed');
    expect(await sealOne('ses_2', 2, 7)).toBe('changed');
    expect(await sealOne('ses_2', 2, 1)).toBe('sealed');

    expect(await readChainHead(database(), 'cp-1')).toEqual({ sequence: 2, hash: 'h2' });
    expect((await readSealedCdr(database(), 'cp-1', 1))?.cdrId).toBe('ses_1');
    expect((await readSession(database(), 'ses_2'))?.result).toEqual(result('ses_2', 2));
  });

  it('a held CDR can be replaced until it is sealed', async () => {
    await insertSession(database(), session('ses_3'), { shard: 0 });
    const place = { ...placeOf('ses_3'), chargerKey: 'op_a#cp-3' };
    const hold = (cdrId: string, version: number, running = version - 1) =>
      writeHeldCdr(
        database(),
        place,
        `{"cdrId":"${cdrId}","operatorId":"op_a","chargerId":"CP-3"}`,
        {
          result: result('ses_3'),
          heldHash: cdrId,
          version,
          closed: closed(running),
        },
      );
    expect(await hold('a', 1)).toBe('held');
    expect(await hold('b', 2)).toBe('held');
    // Whoever read the session or its running view before it changed leaves no held CDR behind.
    expect(await hold('c', 2, 2)).toBe('changed');
    expect(await hold('c', 3, 1)).toBe('changed');
    expect(await readHeldCdr(database(), 'ses_3')).toMatchObject({ cdrId: 'b', state: 'held' });
    const held = await listCdrs(database(), 'op_a', { states: ['held'], shards: [0], limit: 10 });
    expect(held.items).toHaveLength(1);

    const written = await writeSealedCdr(
      database(),
      place,
      { content: '{"cdrId":"c","operatorId":"op_a","chargerId":"CP-3"}', seal: seal(1) },
      result('ses_3', 1),
      { version: 3, held: true, closed: closed(2) },
    );

    expect(written).toBe('sealed');
    expect(await readHeldCdr(database(), 'ses_3')).toBeUndefined();
    expect(await hold('d', 4)).toBe('changed');
    expect(await readHeldCdr(database(), 'ses_3')).toBeUndefined();
    const sealed = await readSession(database(), 'ses_3');
    expect(sealed?.heldHash).toBeUndefined();
    expect(await readProgress(database(), 'ses_3')).toEqual({ kind: 'closed', closed: closed(3) });
    const all = await listCdrs(database(), 'op_a', {
      states: ['held', 'sealed'],
      shards: [0],
      limit: 10,
      owner: { kind: 'charger', chargerKey: 'op_a#cp-3' },
    });
    expect(all.items.map(({ state }) => state)).toEqual(['sealed']);
  });

  it('a held CDR that is sealed while it or its list is read is found', async () => {
    await insertSession(database(), session('ses_5'), { shard: 0 });
    const place = { ...placeOf('ses_5'), chargerKey: 'op_a#cp-1' };
    const content = '{"cdrId":"cdr_5","operatorId":"op_a","chargerId":"CP-1"}';
    const mark = { result: result('ses_5'), heldHash: 'a', version: 1, closed: closed() };
    await writeHeldCdr(database(), place, content, mark);
    const held = await readSession(database(), 'ses_5');
    const seal5 = async () => {
      const sealed = { content, seal: seal(1) };
      const read = { version: 2, held: true, closed: closed(1) };
      const written = await writeSealedCdr(database(), place, sealed, result('ses_5', 1), read);
      expect(written).toBe('sealed');
    };

    const page = await listCdrs(afterFirst(database(), BatchGetItemCommand, seal5), 'op_a', {
      states: ['held', 'sealed'],
      shards: [0],
      limit: 10,
      owner: { kind: 'charger', chargerKey: 'op_a#cp-1' },
    });

    expect(page.items.map(({ cdrId, state }) => [cdrId, state])).toEqual([['cdr_5', 'sealed']]);
    if (held === undefined) throw new Error('The session was not stored');
    expect(held.result?.cdrState).toBe('held');
    expect(await readCdrInForce(database(), held)).toMatchObject({ state: 'sealed' });
  });

  it('a replaced held CDR leaves nothing of its content behind', async () => {
    await insertSession(database(), session('ses_4'), { shard: 0 });
    const place = { ...placeOf('ses_4'), chargerKey: 'cp-4' };
    const signedStop = { sessionId: 'ses_4', meterSerial: 'M1', meterKeyId: 'mk_1', wh: 9 };
    const shown = { stateOfCharge: '80', signedStop };
    const hold = (version: number, more: object) =>
      writeHeldCdr(database(), place, '{"cdrId":"a","chargerId":"CP-4"}', {
        result: { ...result('ses_4'), ...more },
        heldHash: `h${version}`,
        version,
        closed: closed(version - 1),
      });
    const resultOf = async () => (await readSession(database(), 'ses_4'))?.result;

    expect(await hold(1, shown)).toBe('held');
    expect(await resultOf()).toEqual({ ...result('ses_4'), ...shown });
    expect(await hold(2, {})).toBe('held');
    expect(await resultOf()).toEqual(result('ses_4'));
    expect(await hold(3, shown)).toBe('held');
    const written = await writeSealedCdr(
      database(),
      place,
      { content: '{"cdrId":"a","chargerId":"CP-4"}', seal: seal(1) },
      result('ses_4', 1),
      { version: 4, held: true, closed: closed(3) },
    );
    expect(written).toBe('sealed');
    expect(await resultOf()).toEqual(result('ses_4', 1));
  });

  it('every version of a tariff is kept, and only the next version can follow', async () => {
    const version = (number: number, createdAt: string) => ({
      createdAt,
      tariff: {
        tariffId: 'tar_1',
        version: number,
        name: `v${number}`,
        currency: 'EUR',
        elements: [],
        rounding: { mode: 'half-up', scope: 'total' },
      } satisfies Tariff,
    });
    const [one, two] = [
      version(1, '2026-01-01T00:00:00.000Z'),
      version(2, '2026-02-01T00:00:00.000Z'),
    ];

    expect(await writeTariffVersion(database(), 'op_a', one)).toBe('written');
    expect(await writeTariffVersion(database(), 'op_a', one)).toBe('conflict');
    expect(await writeTariffVersion(database(), 'op_a', version(3, '2026'))).toBe('conflict');
    expect(await writeTariffVersion(database(), 'op_a', two)).toBe('written');

    const inForce = (moment: string) => readVersionInForce(database(), 'op_a', 'tar_1', moment);
    expect(await inForce('2026-02-01T00:00:00.000Z')).toEqual(two);
    expect(await inForce('2026-01-31T23:59:59.999Z')).toEqual(one);
    expect(await inForce('2020-01-01T00:00:00.000Z')).toEqual(one);
    expect(await readVersionInForce(database(), 'op_a', 'tar_none', '2026')).toBeUndefined();
    expect(await readTariff(database(), 'op_a', 'tar_1')).toEqual(two);
    expect(await latestVersion(database(), 'op_b', 'tar_1')).toBeUndefined();
    expect((await listTariffs(database(), 'op_a', { limit: 5 })).items).toEqual([two]);
  });

  it('the tariff version of a moment is the latest that existed then, or else the first', async () => {
    const at = (hour: number) => new Date(Date.UTC(2026, 0, 1, hour)).toISOString();
    const versions = [2, 3, 5, 5, 9].map((hour, index) => ({
      createdAt: at(hour),
      tariff: {
        tariffId: 'tar_law',
        version: index + 1,
        name: 'n',
        currency: 'EUR',
        elements: [],
        rounding: { mode: 'half-up', scope: 'total' },
      } satisfies Tariff,
    }));
    for (const version of versions) await writeTariffVersion(database(), 'op_a', version);

    for (let hour = 0; hour <= 10; hour += 1) {
      const existed = versions.filter(({ createdAt }) => createdAt <= at(hour));
      expect(await readVersionInForce(database(), 'op_a', 'tar_law', at(hour))).toEqual(
        existed.at(-1) ?? versions[0],
      );
    }
  });
});
