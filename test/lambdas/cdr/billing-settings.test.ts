import '../quiet.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Cdr } from '../../../core/cdr/model/cdr.ts';
import { verifyCdr } from '../../../core/cdr/verify/verify-cdr.ts';
import { decodeMessage } from '../../../core/ocpp/decode-message.ts';
import { v16 } from '../../../core/ocpp/v16/version.ts';
import { priceSession } from '../../../core/tariff/price-session.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { newOperator, plugIn, settle, type TestOperator, testKey } from '../plant.ts';

let database: TestDatabase;
let operator: TestOperator;
let chargerId: string;
let count = 0;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});

afterAll(async () => {
  await database.stop();
});

beforeEach(async () => {
  operator = await newOperator(database);
  await operator.call('POST', '/tokens', { tokenId: 'TAG1' });
  const form = { name: 'AC', currency: 'EUR', perKwh: '0.50', sessionFee: '1', perMinute: '0.01' };
  const { tariffId } = (await operator.call('POST', '/tariffs', form)).body;
  count += 1;
  chargerId = `S-${count}`;
  await operator.call('POST', '/chargers', { chargerId, tariffId, maxPowerKw: 22 });
});

const at = (minute: number) => new Date(Date.UTC(2026, 3, 14, 16, minute)).toISOString();

let begun = 0;

const key = () => chargerId.toLowerCase();

/** A session of an hour, later than all before it, and the CDR of it. */
async function charged(meterStop: number, reason = 'Local', idTag = 'TAG1'): Promise<Cdr> {
  const charger = await plugIn(database, key());
  begun += 100;
  const start = { connectorId: 1, idTag, timestamp: at(begun), meterStart: 0 };
  const { transactionId } = await charger.call('StartTransaction', start);
  const stop = { transactionId, timestamp: at(begun + 60), meterStop, reason };
  await charger.call('StopTransaction', stop);
  await settle(database, key());
  const [session] = (await operator.call('GET', '/sessions')).body.items ?? [];
  return (await operator.call('GET', `/cdrs/${session?.['cdrId']}`)).body as unknown as Cdr;
}

/** Recomputes a CDR from its readings, as whoever gets it can. */
async function verdictOn(cdr: Cdr) {
  const path = `/sessions/${cdr.sessionId}/readings?late=false`;
  const readings = (await operator.call('GET', path)).body.items ?? [];
  return verifyCdr(cdr, {
    readings: readings as never,
    rules: { read: (reading) => decodeMessage(v16, reading), price: priceSession },
    key: testKey,
  });
}

describe('by the defaults', () => {
  it('a session without energy costs nothing by default, and its CDR proves it', async () => {
    const cdr = await charged(0);

    expect(cdr).toMatchObject({
      state: 'sealed',
      energyKwh: 0,
      total: { exclVat: '0.00' },
      evidence: { basis: { settings: { zeroEnergy: { bill: 'nothing' } } } },
    });
    expect((await verdictOn(cdr)).valid).toBe(true);
  });

  it('a session without energy of a token that was not accepted is not held by default', async () => {
    expect(await charged(0, 'DeAuthorized', 'STRANGER')).toMatchObject({
      state: 'sealed',
      total: { exclVat: '0.00' },
    });
  });

  it('an aborted session owes no session fee by default, and its CDR proves it', async () => {
    const cdr = await charged(4000, 'EmergencyStop');

    expect(cdr.total?.exclVat).toBe('2.60');
    expect(cdr.lines.map(({ reason }) => reason).at(-1)).toContain('EmergencyStop');
    expect((await verdictOn(cdr)).valid).toBe(true);
  });

  it('an ordinary session is billed by its tariff without reading any settings', async () => {
    const cdr = await charged(4000);

    expect(cdr.total?.exclVat).toBe('3.60');
    expect(cdr.evidence.basis).toEqual({});
  });

  it('a CDR proves why something was waived, and cannot be changed later', async () => {
    const cdr = await charged(4000, 'EmergencyStop');
    const { settings: _settings, ...basis } = cdr.evidence.basis;
    const waived = cdr.evidence.basis.settings;
    if (waived === undefined) throw new Error('no settings');

    for (const changed of [
      basis,
      { ...basis, settings: { ...waived, aborted: { ...waived.aborted, stopReasons: [] } } },
      { ...basis, settings: { ...waived, aborted: { ...waived.aborted, waiveSessionFee: false } } },
    ]) {
      const forged = { ...cdr, evidence: { ...cdr.evidence, basis: changed } };
      const { checks } = await verdictOn(forged);
      const failed = checks.filter(({ outcome }) => outcome === 'failed').map(({ check }) => check);
      expect(failed).toEqual(expect.arrayContaining(['hash', 'content']));
    }
  });
});

describe('an operator', () => {
  it('an operator sees the default settings before any were set', async () => {
    expect((await operator.call('GET', '/settings')).body).toEqual({
      tariffId: null,
      timeZone: null,
      ignoreTagSpaces: false,
      masterPassGroup: null,
      showRunningCost: false,
      zeroEnergy: { bill: 'nothing', upToKwh: 0 },
      aborted: {
        waiveSessionFee: true,
        stopReasons: [
          'EmergencyStop',
          'PowerLoss',
          'HardReset',
          'Reboot',
          'DeAuthorized',
          'GroundFault',
          'Other',
        ],
      },
      neverStopped: { closeAfterHours: 24, closeWhenAvailableMinutes: 15 },
      missingMessages: { waitMinutes: 15 },
      limits: {
        longestSessionDays: 7,
        highestPrice: expect.objectContaining({ EUR: '500', JPY: '100000', KWD: '200' }),
      },
    });
  });

  it('the time zone of the settings is that of a charger without one: its session is billed by the hours there, and stays so whatever is set later', async () => {
    // From 16:00 to 17:00 in UTC, two hours later in Berlin.
    const hours = [{ from: '18:00', to: '20:00', perKwh: '1.00' }];
    const form = { kind: 'time-of-use', name: 'Evening', currency: 'EUR', perKwh: '0.50', hours };
    const { tariffId } = (await operator.call('POST', '/tariffs', form)).body;
    await operator.call('PATCH', `/chargers/${chargerId}`, { tariffId });
    begun = -100;
    const inUtc = await charged(4000);
    expect(inUtc).toMatchObject({ timeZone: 'UTC', total: { exclVat: '2.00' } });

    await operator.call('PUT', '/settings', { timeZone: 'Europe/Berlin' });
    begun = 1340;
    const inBerlin = await charged(4000);
    expect(inBerlin).toMatchObject({ timeZone: 'Europe/Berlin', total: { exclVat: '4.00' } });

    await operator.call('PUT', '/settings', { timeZone: 'Asia/Tokyo' });
    for (const cdr of [inUtc, inBerlin]) {
      expect((await operator.call('GET', `/cdrs/${cdr.cdrId}`)).body).toEqual(cdr);
      expect((await verdictOn(cdr)).valid).toBe(true);
    }
  });

  it('a session that runs keeps the time zone that it began in when the settings name another one', async () => {
    const charger = await plugIn(database, key());
    begun += 100;
    const begin = { connectorId: 1, idTag: 'TAG1', timestamp: at(begun), meterStart: 0 };
    const { transactionId } = await charger.call('StartTransaction', begin);
    await operator.call('PUT', '/settings', { timeZone: 'Europe/Berlin' });
    const end = { transactionId, timestamp: at(begun + 60), meterStop: 4000, reason: 'Local' };
    await (await plugIn(database, key())).call('StopTransaction', end);
    await settle(database, key());
    const [session] = (await operator.call('GET', '/sessions')).body.items ?? [];
    const { body } = await operator.call('GET', `/cdrs/${session?.['cdrId']}`);
    expect(body).toMatchObject({ timeZone: 'UTC', state: 'sealed' });
  });

  it('an operator can have sessions without energy billed by the tariff', async () => {
    const set = await operator.call('PUT', '/settings', { zeroEnergy: { bill: 'tariff' } });
    expect(set.status).toBe(200);

    expect((await charged(0)).total?.exclVat).toBe('1.60');
  });

  it('an operator decides which energy counts as none and which stop reasons as aborted', async () => {
    await operator.call('PUT', '/settings', {
      zeroEnergy: { upToKwh: '0.25' },
      aborted: { stopReasons: ['SoftReset', 'SoftReset'] },
    });

    expect((await operator.call('GET', '/settings')).body).toMatchObject({
      zeroEnergy: { bill: 'nothing', upToKwh: 0.25 },
      aborted: { waiveSessionFee: true, stopReasons: ['SoftReset'] },
    });
    expect((await charged(250)).total?.exclVat).toBe('0.00');
    expect((await charged(4000, 'SoftReset')).total?.exclVat).toBe('2.60');
    expect((await charged(4000, 'EmergencyStop')).total?.exclVat).toBe('3.60');
  });

  it('changed settings do not change a sealed CDR', async () => {
    const before = await charged(0);
    await operator.call('PUT', '/settings', { zeroEnergy: { bill: 'tariff' } });
    await settle(database, key());

    expect((await operator.call('GET', `/cdrs/${before.cdrId}`)).body).toEqual(before);
  });

  it('an operator sets its own settings and does not see those of others', async () => {
    await operator.call('PUT', '/settings', { neverStopped: { closeAfterHours: 5 } });
    const other = await newOperator(database, 'Other');

    expect((await other.call('GET', '/settings')).body['neverStopped']).toEqual({
      closeAfterHours: 24,
      closeWhenAvailableMinutes: 15,
    });
  });

  it.each([
    [{ zeroEnergy: { bill: 'half' } }],
    [{ zeroEnergy: { upToKwh: 1.5 } }],
    [{ zeroEnergy: { upToKwh: -1 } }],
    [{ zeroEnergy: { upToKwh: 0.0000001 } }],
    [{ aborted: { stopReasons: ['Local'] } }],
    [{ neverStopped: { closeAfterHours: 0 } }],
    [{ neverStopped: { closeAfterHours: 721 } }],
    [{ neverStopped: { closeWhenAvailableMinutes: 0 } }],
    [{ neverStopped: { closeWhenAvailableMinutes: 1441 } }],
    [{ missingMessages: { waitMinutes: 1441 } }],
    [{ missingMessages: { waitMinutes: -1 } }],
    [{ forgiving: true }],
  ])('an operator cannot set %j', async (body) => {
    expect((await operator.call('PUT', '/settings', body)).code).toBe('INVALID_REQUEST');
  });
});
