import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cdr } from '../../../core/cdr/model/cdr.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import {
  newSigner,
  samplePayload,
  sampleReading,
  signedRecord,
} from '../../core/ocmf/sign-record.ts';
import { at, codesOf, meterValues, newOperator, type TestOperator } from '../plant.ts';
import {
  beginLateSession,
  byTheHour,
  carryOn,
  chainOf,
  deliver,
  expectWholeChain,
  type LateSession,
  settleLate,
} from './late-plant.ts';

let database: TestDatabase;
let operator: TestOperator;
let tariffId: unknown;
let idleTariffId: unknown;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
  operator = await newOperator(database);
  await operator.call('POST', '/tokens', { tokenId: 'TAG1' });
  tariffId = (await operator.call('POST', '/tariffs', byTheHour)).body['tariffId'];
  const idle = { name: 'Idle', currency: 'EUR', perKwh: '0.50', idlePerMinute: '0.10' };
  idleTariffId = (await operator.call('POST', '/tariffs', idle)).body['tariffId'];
});

afterAll(async () => {
  await database.stop();
});

const get = async (path: string) => (await operator.call('GET', path)).body;
const sessionOf = ({ sessionId }: LateSession) => get(`/sessions/${sessionId}`);
const total = ({ total: money }: Cdr) => money?.exclVat;

/** A session whose sealed CDR bills 5 kWh before 17:00 and 5 kWh after: 4.50 EUR. */
async function sealedSession(tariff = tariffId): Promise<LateSession> {
  const session = await beginLateSession(database, operator, tariff);
  await session.stop();
  await settleLate(database, session);
  return session;
}

describe('readings that change the bill after it was sealed', () => {
  it('late readings that change the bill are credited and billed again, in the chain of the charger and in every view', async () => {
    const session = await sealedSession();
    const [first] = await chainOf(operator, session.chargerId);
    await session.read(60, 8000);

    const outcomes = await settleLate(database, session);

    expect(outcomes).toEqual(['corrected']);
    const chain = await expectWholeChain(operator, session.chargerId);
    const { cdrId } = session;
    expect(chain).toMatchObject([
      { cdrId, state: 'credited', creditedBy: `${cdrId}-C`, creditOf: null },
      { cdrId: `${cdrId}-C`, state: 'sealed', creditOf: cdrId },
      { cdrId: `${cdrId}-2`, state: 'sealed', creditOf: null, replaces: cdrId },
    ]);
    expect(chain.map(total)).toEqual(['4.50', '-4.50', '3.60']);
    expect(chain[0]).toEqual({ ...first, state: 'credited', creditedBy: `${cdrId}-C` });
    expect(await get(`/sessions/${session.sessionId}/cdr`)).toEqual(chain[2]);
    const shown = await sessionOf(session);
    expect(shown).toMatchObject({
      cdrId: `${cdrId}-2`,
      energyKwh: 10,
      cost: { currency: 'EUR', exclVat: '3.60', inclVat: '3.60' },
    });
    expect(codesOf(shown)).toEqual(['CDR_CORRECTED']);
  });

  it('first CDR, credit and replacement list the readings that each includes', async () => {
    const session = await sealedSession();
    await session.read(60, 8000);
    await settleLate(database, session);
    const countOf = async (path: string) => (await get(path)).items?.length;
    const { cdrId } = session;

    expect(await countOf(`/cdrs/${cdrId}/readings`)).toBe(1);
    expect(await countOf(`/cdrs/${cdrId}-C/readings`)).toBe(1);
    expect(await countOf(`/cdrs/${cdrId}-2/readings`)).toBe(2);
    expect(await countOf(`/sessions/${session.sessionId}/readings?late=false`)).toBe(2);
    expect(await countOf(`/sessions/${session.sessionId}/readings?late=true`)).toBe(0);
    for (const id of [`${cdrId}-2-C`, `${cdrId}-3`, `${cdrId}-1`, `${cdrId}-C-C`]) {
      expect((await operator.call('GET', `/cdrs/${id}`)).code).toBe('CDR_NOT_FOUND');
      expect((await operator.call('GET', `/cdrs/${id}/readings`)).code).toBe('CDR_NOT_FOUND');
    }
  });

  it('credited CDRs, credits and replacements are listed by their state', async () => {
    const session = await sealedSession();
    await session.read(60, 8000);
    await settleLate(database, session);
    const idsIn = async (state: string) =>
      (await get(`/cdrs?state=${state}&chargerId=${session.chargerId}`)).items?.map(
        ({ cdrId }) => cdrId,
      );

    expect(await idsIn('credited')).toEqual([session.cdrId]);
    expect(await idsIn('sealed')).toEqual([`${session.cdrId}-C`, `${session.cdrId}-2`]);
  });

  it('late readings correct a correction too, and all totals add up to the last', async () => {
    const session = await sealedSession();
    await session.read(59, 7000);
    await settleLate(database, session);
    await session.read(60, 8000, 60);
    await settleLate(database, session);
    await session.read(61, 8100, 120);
    await settleLate(database, session);

    const chain = await expectWholeChain(operator, session.chargerId);

    const ids = chain.map(({ cdrId }) => cdrId.slice(session.cdrId.length));
    expect(ids).toEqual(['', '-C', '-2', '-2-C', '-3']);
    expect(chain.map(({ replaces }) => replaces?.slice(session.cdrId.length))).toEqual([
      undefined,
      undefined,
      '',
      '',
      '-2',
    ]);
    const sum = chain.reduce((all, cdr) => all + Math.round(Number(total(cdr)) * 100), 0);
    expect(sum).toBe(360);
    expect(codesOf(await sessionOf(session))).toEqual(['CDR_CORRECTED']);
  });

  it('late readings also count if the charger was deleted before they were processed', async () => {
    const session = await sealedSession();
    await session.read(60, 8000);
    expect((await operator.call('DELETE', `/chargers/${session.chargerId}`)).status).toBe(204);

    expect(await settleLate(database, session)).toEqual(['corrected']);
    const chain = await expectWholeChain(operator, session.chargerId);
    expect(chain.map(total)).toEqual(['4.50', '-4.50', '3.60']);
  });

  it('late readings in a repeated stop also count', async () => {
    const session = await sealedSession();
    const [value] = meterValues(at(60), 8000).meterValue;
    const { transactionId } = session;
    const stop = { transactionId, timestamp: at(90), meterStop: 10_000 };
    await session.send('StopTransaction', { ...stop, transactionData: [value] });

    expect(await settleLate(database, session)).toEqual(['corrected']);
    const chain = await expectWholeChain(operator, session.chargerId);
    expect(chain.map(total)).toEqual(['4.50', '-4.50', '3.60']);
    expect(codesOf(await sessionOf(session))).toEqual(['CDR_CORRECTED']);
  });

  it('late readings of a connector without a transaction also count', async () => {
    const session = await sealedSession(idleTariffId);
    const status = { connectorId: 1, status: 'SuspendedEV', errorCode: 'NoError' };
    await session.send('StatusNotification', { ...status, timestamp: at(80) });
    await settleLate(database, session);

    const chain = await expectWholeChain(operator, session.chargerId);

    expect(chain.map(({ idleSeconds }) => idleSeconds)).toEqual([0, 0, 600]);
    expect(chain.map(total)).toEqual(['5.00', '-5.00', '6.00']);
  });
});

describe('readings that come after the bill was sealed', () => {
  it('late readings that change nothing are recorded once', async () => {
    const session = await sealedSession();
    await session.read(60, 5000);
    expect(await settleLate(database, session)).toEqual(['same']);
    await session.read(61, 5166);
    expect(await settleLate(database, session)).toEqual(['same']);
    expect(await settleLate(database, session)).toEqual([]);

    const [cdr, ...others] = await expectWholeChain(operator, session.chargerId);
    expect([cdr?.cdrId, cdr?.state, others]).toEqual([session.cdrId, 'sealed', []]);
    expect(codesOf(await sessionOf(session))).toEqual(['LATE_READINGS']);
    const late = await get(`/sessions/${session.sessionId}/readings?late=true`);
    expect(late.items).toHaveLength(2);
  });

  it('a transaction whose register rises on after its stop is shown to a person, and one that trickles is not', async () => {
    const rising = await sealedSession();
    await rising.read(150, 16_000, 'onTime');
    const trickling = await sealedSession();
    await trickling.read(150, 10_050, 'onTime');

    expect(await settleLate(database, rising)).toEqual(['unclear']);
    expect(await settleLate(database, trickling)).toEqual(['same']);
    expect((await expectWholeChain(operator, rising.chargerId)).map(total)).toEqual(['4.50']);
    expect(codesOf(await sessionOf(rising))).toEqual(['LATE_READINGS_UNCLEAR']);
  });

  it('late readings that contradict the bill leave it unchanged until others explain them', async () => {
    const session = await sealedSession();
    await session.read(89, 12_000);
    expect(await settleLate(database, session)).toEqual(['unclear']);

    expect((await expectWholeChain(operator, session.chargerId)).map(total)).toEqual(['4.50']);
    expect((await sessionOf(session))['anomalies']).toMatchObject([
      { code: 'LATE_READINGS_UNCLEAR', severity: 'error' },
    ]);
    await session.read(60, 8000, 60);
    await session.read(88, 9900, 61);
    expect(await settleLate(database, session)).toContain('corrected');

    const chain = await expectWholeChain(operator, session.chargerId);
    expect(chain.map(total)).toEqual(['4.50', '-4.50', '3.60']);
    expect(codesOf(await sessionOf(session))).toEqual(['REG_SPIKE', 'CDR_CORRECTED']);
  });

  it('late readings of another stop, or of the very end, change nothing', async () => {
    const session = await sealedSession(idleTariffId);
    const stop = { transactionId: session.transactionId, timestamp: at(95), meterStop: 11_000 };
    await session.send('StopTransaction', stop);
    const status = { connectorId: 1, status: 'Finishing', errorCode: 'NoError' };
    await session.send('StatusNotification', { ...status, timestamp: at(90) });

    expect(await carryOn(database, session)).toEqual([]);
    expect((await expectWholeChain(operator, session.chargerId)).map(total)).toEqual(['5.00']);
  });

  it('the CDR step reports late readings that were stored before it ran', async () => {
    const session = await beginLateSession(database, operator, tariffId);
    await session.stop();
    await session.read(60, 8000);
    expect(await settleLate(database, session)).toContain('corrected');

    expect((await expectWholeChain(operator, session.chargerId)).map(total)).toEqual([
      '4.50',
      '-4.50',
      '3.60',
    ]);
  });

  it('late readings count for a held CDR, and may have it sealed', async () => {
    const session = await beginLateSession(database, operator, tariffId);
    await session.read(80, 12_000, 'onTime');
    await session.stop();
    await settleLate(database, session);
    const held = await get(`/sessions/${session.sessionId}/cdr`);
    expect([held['state'], codesOf(held)]).toEqual(['held', ['REG_DECREASE']]);
    await session.read(79, 8000);

    expect(await settleLate(database, session)).toContain('counted');

    const [cdr] = await expectWholeChain(operator, session.chargerId);
    expect(cdr).toMatchObject({ cdrId: session.cdrId, state: 'sealed', energyKwh: 10 });
    expect(cdr?.anomalies.map(({ code }) => code)).toEqual(['REG_SPIKE']);
    const late = await get(`/sessions/${session.sessionId}/readings?late=true`);
    expect(late.items).toEqual([]);
  });
});

describe('signed values that come after the bill was sealed', () => {
  it('late signed values contradict the bill as long as they exist, even if unsigned ones follow', async () => {
    const session = await sealedSession();
    const signer = newSigner('secp256k1');
    const publicKey = signer.spki.toString('hex');
    const path = `/chargers/${session.chargerId}/meter-keys`;
    expect((await operator.call('POST', path, { publicKey })).status).toBe(201);
    const TM = '2026-04-14T17:10:00,000+0000 S';
    const RD = [sampleReading('C', 0, '7.000', { TM })];
    const value = signedRecord(signer, samplePayload({ RD })).replace('7.000', '7.900');
    const sampledValue = [{ value, format: 'SignedData' }];
    await session.send('MeterValues', {
      connectorId: 1,
      transactionId: session.transactionId,
      meterValue: [{ timestamp: at(70), sampledValue }],
    });
    expect(await settleLate(database, session)).toEqual(['unclear']);
    await session.read(60, 8000, 60);

    expect(await settleLate(database, session)).toEqual(['unclear']);
    expect((await expectWholeChain(operator, session.chargerId)).map(total)).toEqual(['4.50']);
  });
});

describe('a correction', () => {
  it('a correction happens once, however many request it at the same time', async () => {
    const session = await sealedSession();
    await session.read(60, 8000);
    const [message] = await carryOn(database, session);
    if (message === undefined) throw new Error('nobody asked');

    const outcomes = await Promise.all(Array.from({ length: 8 }, () => deliver(database, message)));

    expect(outcomes.toSorted()).toEqual(['corrected', ...Array(7).fill('unchanged')]);
    expect(await expectWholeChain(operator, session.chargerId)).toHaveLength(3);
  });

  it('a correction waits for the last of the late readings, for at most a day', async () => {
    const session = await sealedSession();
    await session.read(60, 8000);
    const [early] = await carryOn(database, session);
    await session.read(70, 8500);
    const [last] = await carryOn(database, session);
    if (early === undefined || last === undefined) throw new Error('nobody asked');

    expect(await deliver(database, early)).toBe('waits');
    await session.read(75, 8600, 25 * 60);
    expect(await deliver(database, early)).toBe('corrected');
    expect(await deliver(database, last)).toBe('unchanged');
    expect(await expectWholeChain(operator, session.chargerId)).toHaveLength(3);
  });

  it('a correction does not wait for a repeated stop with other values, which cannot request one itself', async () => {
    const session = await sealedSession();
    await session.read(60, 8000, -70);
    const asked = await carryOn(database, session);
    const stop = { transactionId: session.transactionId, timestamp: at(90), meterStop: 10_000 };
    await session.send('StopTransaction', { ...stop, reason: 'Local' });
    await settleLate(database, session);

    expect(asked).toHaveLength(1);
    expect((await expectWholeChain(operator, session.chargerId)).map(total)).toEqual([
      '4.50',
      '-4.50',
      '3.60',
    ]);
  });

  it('a correction keeps the facts of its session as they were when it was sealed', async () => {
    const session = await sealedSession();
    const stop = { transactionId: session.transactionId, timestamp: at(95), meterStop: 11_000 };
    await session.send('StopTransaction', stop);
    await session.read(60, 8000);
    await settleLate(database, session);

    const chain = await expectWholeChain(operator, session.chargerId);

    expect(chain.map(({ endedAt }) => endedAt)).toEqual(Array(3).fill(at(90)));
    expect(chain.at(-1)?.evidence.session).toEqual(chain[0]?.evidence.session);
    expect(codesOf(await sessionOf(session))).toEqual(['SECOND_STOP', 'CDR_CORRECTED']);
  });

  it('no correction happens for an active or unknown session', async () => {
    const session = await beginLateSession(database, operator, tariffId);
    const until = at(1000);

    for (const sessionId of [session.sessionId, 'ses_none']) {
      expect(await deliver(database, { sessionId, until })).toBe('unchanged');
    }
  });
});
