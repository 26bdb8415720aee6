import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ocpiVersions } from '../../../core/ocpi/partner/ocpi-versions.ts';
import type { Protocol } from '../../../core/ocpp/protocol.ts';
import { NumberLiteral } from '../../../core/units/json-literals.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { plugIn, scan, settle } from '../plant.ts';
import { takeSent } from '../test-services.ts';
import { haveCommandedCharger, commandResults as responseUrl } from './commanded-charger.ts';

let database: TestDatabase;
let uids = 0;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

const soon = (seconds: number): string => new Date(Date.now() + seconds * 1000).toISOString();

/** A charger that a partner's driver has reserved for ten minutes. */
async function haveReserved(version: string, protocol: Protocol) {
  const plant = await haveCommandedCharger(database, version, { status: 'Accepted' }, protocol);
  const { order, locationId, uid, work, asked, operator, chargerKey } = plant;
  uids += 1;
  const driver = `DROP-${uids}`;
  const token = {
    ...(version === '2.1.1'
      ? { auth_id: `NL-PAR-${driver}` }
      : { country_code: 'NL', party_id: 'PAR', contract_id: `NL-PAR-${driver}` }),
    ...{ uid: driver, type: version === '2.1.1' ? 'OTHER' : 'APP_USER', issuer: 'Partner' },
    ...{ valid: true, whitelist: 'NEVER', last_updated: '2026-04-14T16:30:00Z' },
  };
  const { data } = await order('RESERVE_NOW', {
    ...{ token, location_id: locationId, evse_uid: uid, expiry_date: soon(600) },
    reservation_id: version === '2.1.1' ? new NumberLiteral('17') : 'R-17',
  });
  expect(data).toMatchObject({ result: 'ACCEPTED' });
  await work();
  const sent = asked[0]?.[1] ?? {};
  const reservationId = Number(sent['reservationId'] ?? sent['id']);
  const wordsIn = (results: Awaited<ReturnType<typeof plant.results>>) =>
    results
      .map(({ url, body }) => [url, JSON.parse(body ?? '').result])
      .filter(([, result]) => result !== 'ACCEPTED');
  /** The words that the partner got since `before`, besides that it was reserved. */
  const words = async (before: Parameters<typeof plant.results>[0] = []) =>
    wordsIn(await plant.results(before));
  /** The words that it got after what was to be looked at again. */
  const wordsAgain = async () => wordsIn(await plant.resultsAgain());
  const chargerId = chargerKey.split('#').at(-1);
  /** The reservations of the charger as the API shows them. */
  const shown = async () => {
    const { body } = await operator.call('GET', `/chargers/${chargerId}/reservations`);
    return (body as unknown as { items: readonly { readonly state: string }[] }).items;
  };
  /** The charger so many seconds from now. */
  const in_ = async (seconds: number) =>
    await plugIn(database, chargerKey, Date.now() + seconds * 1000, protocol);
  return { ...plant, driver, reservationId, words, wordsAgain, shown, in_ };
}

const lost = (version: string) => [
  // 2.1.1 has no word for it.
  [responseUrl, version === '2.1.1' ? 'REJECTED' : 'CANCELED_RESERVATION'],
];

describe.each([...ocpiVersions])('a reservation of a partner of OCPI %s', (version) => {
  it.each(['Removed', 'Expired'])(
    'that its charger says is %s before its time is reported once, however often it says so',
    async (word) => {
      const { in_, reservationId, words, shown } = await haveReserved(version, 'ocpp2.0.1');
      const said = { reservationId, reservationUpdateStatus: word };
      expect(await words()).toEqual([]);
      expect(await shown()).toMatchObject([{ reservationId, state: 'active' }]);
      await (await in_(5)).call('ReservationStatusUpdate', said);
      expect(await words()).toEqual(lost(version));
      expect(await shown()).toMatchObject([{ reservationId, state: word.toLowerCase() }]);

      await (await in_(6)).call('ReservationStatusUpdate', said);
      expect(await words()).toEqual([]);
    },
  );

  it('whose connector of OCPP 1.6 is free again before its time is reported once', async () => {
    const plant = await haveReserved(version, 'ocpp1.6');
    const { in_, reservationId, words, shown, chargerKey } = plant;
    const report = async (seconds: number, status: string) => {
      const charger = await in_(seconds);
      await charger.call('StatusNotification', { connectorId: 1, errorCode: 'NoError', status });
      await settle(database, chargerKey);
    };
    const states = [];
    for (const [n, status] of ['Reserved', 'Available', 'Reserved', 'Available'].entries()) {
      const before = await scan(database, database.state);
      await report(n + 1, status);
      states.push(await words(before));
    }
    expect(states).toEqual([[], lost(version), [], []]);
    expect(await shown()).toMatchObject([{ reservationId, state: 'released' }]);
  });
});

type Reserved = Awaited<ReturnType<typeof haveReserved>>;

/** Its operator takes it back, which the charger answers, or not. */
async function takeBack(plant: Reserved, answers: object | 'nothing') {
  const { operator, chargerKey, partner, reservationId, work } = plant;
  const form = { type: 'cancel-reservation', reservationId };
  const chargerId = chargerKey.split('#').at(-1);
  const made = await operator.call('POST', `/chargers/${chargerId}/commands`, form);
  expect(made.status).toBe(202);
  partner.commandMessages.push(...takeSent(chargerKey));
  await work(answers);
}

/** The charger drops it, as its version says so; answers the words that the partner gets. */
async function drop(plant: Reserved, protocol: Protocol, second: number) {
  const { in_, reservationId, chargerKey, words } = plant;
  const before = await scan(database, database.state);
  const charger = await in_(second);
  if (protocol === 'ocpp1.6') {
    const free = { connectorId: 1, errorCode: 'NoError', status: 'Available' };
    await charger.call('StatusNotification', free);
  } else {
    const said = { reservationId, reservationUpdateStatus: 'Removed' };
    await charger.call('ReservationStatusUpdate', said);
  }
  await settle(database, chargerKey);
  return await words(before);
}

async function haveShownReserved(version: string, protocol: Protocol): Promise<Reserved> {
  const plant = await haveReserved(version, protocol);
  const reserved =
    protocol === 'ocpp1.6'
      ? { connectorId: 1, errorCode: 'NoError', status: 'Reserved' }
      : { timestamp: soon(1), connectorStatus: 'Reserved', evseId: 1, connectorId: 1 };
  await (await plant.in_(1)).call('StatusNotification', reserved);
  await settle(database, plant.chargerKey);
  return plant;
}

describe.each([
  { version: '2.1.1', protocol: 'ocpp1.6' },
  { version: '2.2.1', protocol: 'ocpp2.0.1' },
  { version: '2.3.0', protocol: 'ocpp2.1' },
] as const)(
  'a reservation of a partner of OCPI $version that is taken back while a charger of $protocol drops it',
  ({ version, protocol }) => {
    it('it is reported once where the charger never answers', async () => {
      const plant = await haveShownReserved(version, protocol);
      await takeBack(plant, 'nothing');
      expect(await drop(plant, protocol, 3)).toEqual([]);
      expect(await plant.wordsAgain()).toEqual([]);
      await plant.timeOut();
      expect(await plant.wordsAgain()).toEqual(lost(version));
      expect(await plant.wordsAgain()).toEqual([]);
      expect(await plant.words()).toEqual([]);
    });

    it('it is not reported where the charger never answers and drops nothing', async () => {
      const plant = await haveShownReserved(version, protocol);
      await takeBack(plant, 'nothing');
      await plant.timeOut();
      expect(await plant.words()).toEqual([]);
      expect(await plant.wordsAgain()).toEqual([]);
    });

    it.each(['Accepted', 'Rejected'])('it is reported once where it answers %s', async (status) => {
      const plant = await haveShownReserved(version, protocol);
      await takeBack(plant, { status });
      expect(await plant.words()).toEqual(lost(version));
      expect(await drop(plant, protocol, 3)).toEqual([]);
      expect(await plant.wordsAgain()).toEqual([]);
    });
  },
);

describe('a reservation of a partner', () => {
  it('that expires when its time is over, or that was used, is not reported', async () => {
    const { in_, reservationId, words } = await haveReserved('2.2.1', 'ocpp2.0.1');
    const said = { reservationId, reservationUpdateStatus: 'Expired' };
    await (await in_(601)).call('ReservationStatusUpdate', said);
    expect(await words()).toEqual([]);

    const used = await haveReserved('2.2.1', 'ocpp1.6');
    const { driver: idTag, chargerKey } = used;
    const begun = { connectorId: 1, idTag, meterStart: 0, timestamp: soon(1) };
    const status = async (seconds: number, word: string) =>
      await (await used.in_(seconds)).call('StatusNotification', {
        ...{ connectorId: 1, errorCode: 'NoError', status: word },
      });
    await status(1, 'Reserved');
    await settle(database, chargerKey);
    const before = await scan(database, database.state);
    await (await used.in_(2)).call('StartTransaction', {
      ...begun,
      reservationId: used.reservationId,
    });
    await status(3, 'Available');
    await settle(database, chargerKey);
    expect(await used.words(before)).toEqual([]);
    expect(await used.shown()).toMatchObject([{ state: 'used' }]);
  });

  it('of nobody, that a charger says has ended, changes nothing', async () => {
    const { in_, words, shown, reservationId } = await haveReserved('2.2.1', 'ocpp2.1');
    for (const raw of [{ reservationId: 4711, reservationUpdateStatus: 'Removed' }]) {
      await (await in_(5)).call('ReservationStatusUpdate', raw);
    }
    expect(await words()).toEqual([]);
    expect(await shown()).toMatchObject([{ reservationId, state: 'active' }]);
  });
});
