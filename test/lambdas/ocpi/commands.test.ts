import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ocpiVersions } from '../../../core/ocpi/partner/ocpi-versions.ts';
import type { Protocol } from '../../../core/ocpp/protocol.ts';
import { type JsonLiteral, NumberLiteral } from '../../../core/units/json-literals.ts';
import { toItem } from '../../../lambdas/store/table/item.ts';
import { partnerReservationKey } from '../../../lambdas/store/table/keys/partner-keys.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { putItem } from '../../contracts/put-item.ts';
import { addPartner } from '../partners/roaming-plant.ts';
import { at, settle } from '../plant.ts';
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

const newUid = (): string => {
  uids += 1;
  return `CMD-${uids}`;
};

const haveCharger = async (version: string, answer: object, protocol?: Protocol) =>
  await haveCommandedCharger(database, version, answer, protocol);

const tokenOf = (version: string, uid: string): JsonLiteral => ({
  ...(version === '2.1.1'
    ? { auth_id: `NL-PAR-${uid}` }
    : { country_code: 'NL', party_id: 'PAR', contract_id: `NL-PAR-${uid}` }),
  ...{ uid, type: version === '2.1.1' ? 'OTHER' : 'APP_USER', issuer: 'Partner' },
  ...{ valid: true, whitelist: 'NEVER', last_updated: '2026-04-14T16:30:00Z' },
});

describe.each([...ocpiVersions])('commands of a partner of OCPI %s', (version) => {
  it('START_SESSION starts a session for a driver whom nobody knows, whose session names the command, and STOP_SESSION stops it; the partner gets both results', async () => {
    const plant = await haveCharger(version, { status: 'Accepted' });
    const { order, locationId, uid, asked, work, results, charger, publish, partner } = plant;
    const driver = newUid();
    const reference = version === '2.1.1' ? {} : { authorization_reference: 'A-77' };
    const started = await order('START_SESSION', {
      ...{ token: tokenOf(version, driver), location_id: locationId, evse_uid: uid },
      ...reference,
    });
    expect(started).toMatchObject({ http: 200, statusCode: 1000, data: { result: 'ACCEPTED' } });
    await work();
    expect(asked).toEqual([['RemoteStartTransaction', { idTag: driver, connectorId: 1 }]]);
    const begun = { connectorId: 1, idTag: driver, meterStart: 0, timestamp: at(0) };
    const { transactionId, idTagInfo } = await charger.call('StartTransaction', begun);
    expect(idTagInfo).toMatchObject({ status: 'Accepted' });
    await publish();
    const [session] = await partner.list('sessions');
    expect(session).toMatchObject(
      version === '2.1.1'
        ? { auth_id: `NL-PAR-${driver}`, auth_method: 'AUTH_REQUEST' }
        : { auth_method: 'COMMAND', authorization_reference: 'A-77' },
    );

    const stopped = await order('STOP_SESSION', { session_id: String(session?.['id']) });
    expect(stopped.data).toMatchObject({ result: 'ACCEPTED' });
    await work();
    expect(asked.at(-1)).toEqual(['RemoteStopTransaction', { transactionId }]);
    const told = await results();
    expect(told.map(({ url, body }) => [url, JSON.parse(body ?? '').result])).toEqual([
      [responseUrl, 'ACCEPTED'],
      [responseUrl, 'ACCEPTED'],
    ]);
    expect(told[0]?.headers['authorization']).toContain('Token ');
  });

  it('RESERVE_NOW reserves under a number of ours, and again under the same', async () => {
    const { order, locationId, uid, asked, work } = await haveCharger(version, {
      status: 'Accepted',
    });
    const driver = newUid();
    // 2.1.1 numbers reservations, and cannot take them back.
    const isNumbered = version === '2.1.1';
    const asking = {
      ...{ token: tokenOf(version, driver), location_id: locationId, evse_uid: uid },
      expiry_date: new Date(Date.now() + 600_000).toISOString(),
      reservation_id: isNumbered ? new NumberLiteral('17') : 'R-17',
    };
    expect((await order('RESERVE_NOW', asking)).data).toMatchObject({ result: 'ACCEPTED' });
    expect((await order('RESERVE_NOW', asking)).data).toMatchObject({ result: 'ACCEPTED' });
    await work();
    const [[action, first] = [], [, second] = []] = asked;
    expect(action).toBe('ReserveNow');
    expect(first).toMatchObject({ connectorId: 1, idTag: driver });
    expect(second?.['reservationId']).toBe(first?.['reservationId']);

    const cancelled = await order('CANCEL_RESERVATION', { reservation_id: 'R-17' });
    if (isNumbered) return expect(cancelled.http).toBe(404);
    expect(cancelled.data).toMatchObject({ result: 'ACCEPTED' });
    await work();
    expect(asked.at(-1)).toEqual([
      'CancelReservation',
      { reservationId: first?.['reservationId'] },
    ]);
    expect((await order('CANCEL_RESERVATION', { reservation_id: 'R-18' })).data).toMatchObject({
      result: 'REJECTED',
    });
  });
});

describe('a reservation of a partner that an earlier version kept', () => {
  it('it can be taken back', async () => {
    const { order, operator, partner, chargerKey, work, asked } = await haveCharger('2.2.1', {
      status: 'Accepted',
    });
    const { partnerId } = partner;
    await putItem(
      database,
      toItem({
        ...partnerReservationKey(operator.operatorId, partnerId, 'R-19'),
        ...{ kind: 'PARTNERRESERVATION', reservationId: 'R-19', chargerKey, number: 4711 },
        expiresAt: new Date(Date.now() + 600_000).toISOString(),
      }),
    );

    const { data } = await order('CANCEL_RESERVATION', { reservation_id: 'R-19' });
    expect(data).toMatchObject({ result: 'ACCEPTED' });
    await work();
    expect(asked).toEqual([['CancelReservation', { reservationId: 4711 }]]);
  });
});

describe('a reservation of a partner that its operator takes back', () => {
  it.each([...ocpiVersions])('the partner of OCPI %s gets a result for it', async (version) => {
    const plant = await haveCharger(version, { status: 'Accepted' });
    const { order, locationId, uid, asked, work, results, operator, chargerKey, partner } = plant;
    const asking = {
      ...{ token: tokenOf(version, newUid()), location_id: locationId, evse_uid: uid },
      expiry_date: new Date(Date.now() + 600_000).toISOString(),
      reservation_id: version === '2.1.1' ? new NumberLiteral('17') : 'R-17',
    };
    await order('RESERVE_NOW', asking);
    await work();
    const reservationId = asked[0]?.[1]['reservationId'];
    for (const reserved of [reservationId, 4711]) {
      const id = chargerKey.split('#').at(-1);
      const form = { type: 'cancel-reservation', reservationId: reserved };
      const made = await operator.call('POST', `/chargers/${id}/commands`, form);
      expect(made.status).toBe(202);
    }
    partner.commandMessages.push(...takeSent(chargerKey));
    await work();

    const given = (await results()).map(({ body }) => JSON.parse(body ?? '').result);
    // 2.1.1 has no word for it.
    const word = version === '2.1.1' ? 'REJECTED' : 'CANCELED_RESERVATION';
    expect(given.toSorted()).toEqual(['ACCEPTED', word]);
  });
});

describe('commands of a partner', () => {
  it('UNLOCK_CONNECTOR releases a cable, but not that of somebody else who charges', async () => {
    const { order, locationId, uid, asked, work, charger, operator, chargerKey, results } =
      await haveCharger('2.2.1', { status: 'Unlocked' });
    const asking = { location_id: locationId, evse_uid: uid, connector_id: '1' };
    expect((await order('UNLOCK_CONNECTOR', asking)).data).toMatchObject({ result: 'ACCEPTED' });
    await work();
    expect(asked).toEqual([['UnlockConnector', { connectorId: 1 }]]);
    expect(await results()).toHaveLength(1);

    const own = newUid();
    await operator.call('POST', '/tokens', { tokenId: own });
    const begun = { connectorId: 1, idTag: own, meterStart: 0, timestamp: at(0) };
    await charger.call('StartTransaction', begun);
    await settle(database, chargerKey);
    expect((await order('UNLOCK_CONNECTOR', asking)).data).toMatchObject({ result: 'REJECTED' });
    await work();
    expect(asked).toHaveLength(1);
  });

  it('a charger that refuses reaches the partner by its reason', async () => {
    const { order, locationId, uid, work, results } = await haveCharger('2.2.1', {
      status: 'Rejected',
    });
    await order('START_SESSION', {
      ...{ token: tokenOf('2.2.1', newUid()), location_id: locationId, evse_uid: uid },
    });
    await work();
    expect((await results()).map(({ body }) => JSON.parse(body ?? '').result)).toEqual([
      'REJECTED',
    ]);
  });

  it('a uid that OCPP 1.6 has no room for charges all the same, and the session names it whole', async () => {
    const { order, locationId, asked, work, charger, publish, partner } = await haveCharger(
      '2.2.1',
      { status: 'Accepted' },
    );
    const driver = `${newUid()}-0123456789-0123456789`;
    await order('START_SESSION', { token: tokenOf('2.2.1', driver), location_id: locationId });
    await work();
    const idTag = String(asked[0]?.[1]['idTag']);
    expect(idTag).toMatch(/^[0-9A-F]{20}$/);
    await charger.call('StartTransaction', {
      ...{ connectorId: 1, idTag, meterStart: 0, timestamp: at(0) },
    });
    await publish();
    expect(await partner.list('sessions')).toMatchObject([{ cdr_token: { uid: driver } }]);
  });

  it('a token that its partner pushes after the command, as one to be asked for each time, still starts the session; a blocked one does not', async () => {
    for (const valid of [true, false]) {
      const { order, locationId, work, charger, partner } = await haveCharger('2.2.1', {
        status: 'Accepted',
      });
      const driver = newUid();
      await order('START_SESSION', { token: tokenOf('2.2.1', driver), location_id: locationId });
      await work();
      await partner.pushToken(driver, {
        ...{ type: 'APP_USER', whitelist: 'NEVER', valid, last_updated: '2026-04-14T17:00:00Z' },
      });
      const begun = { connectorId: 1, idTag: driver, meterStart: 0, timestamp: at(0) };
      expect(await charger.call('StartTransaction', begun)).toMatchObject({
        idTagInfo: { status: valid ? 'Accepted' : 'Blocked' },
      });
    }
  });

  it('what cannot be is refused: an unknown place, a foreign token, an address that is not public, a session of nobody', async () => {
    const { order, locationId, uid, operator, asked, work } = await haveCharger('2.2.1', {});
    const token = tokenOf('2.2.1', newUid());
    const start = { token, location_id: locationId, evse_uid: uid };
    expect(await order('START_SESSION', { ...start, location_id: 'x' })).toMatchObject({
      ...{ http: 200, statusCode: 2003 },
    });
    expect((await order('START_SESSION', { ...start, evse_uid: 'x' })).statusCode).toBe(2003);
    const foreign = { ...(token as object), party_id: 'XXX' } as JsonLiteral;
    expect((await order('START_SESSION', { ...start, token: foreign })).statusCode).toBe(2001);
    for (const response_url of ['http://partner.example/', 'https://10.0.0.1/', 'https://[::1]/']) {
      expect((await order('START_SESSION', { ...start, response_url })).statusCode).toBe(2001);
    }
    expect((await order('STOP_SESSION', { session_id: 'ses_x' })).data).toMatchObject({
      result: 'UNKNOWN_SESSION',
    });
    const taken = newUid();
    await operator.call('POST', '/tokens', { tokenId: taken });
    const theirs = await order('START_SESSION', { ...start, token: tokenOf('2.2.1', taken) });
    expect(theirs.data).toMatchObject({ result: 'REJECTED' });
    expect((await order('NO_COMMAND', start)).http).toBe(404);
    await work();
    expect(asked).toEqual([]);
  });

  it('no partner stops the session of another, nor cancels its reservation', async () => {
    const plant = await haveCharger('2.2.1', { status: 'Accepted' });
    const { order, locationId, uid, operator, charger, publish, partner, work } = plant;
    const driver = newUid();
    await order('START_SESSION', {
      ...{ token: tokenOf('2.2.1', driver), location_id: locationId, evse_uid: uid },
    });
    await order('RESERVE_NOW', {
      ...{ token: tokenOf('2.2.1', driver), location_id: locationId, evse_uid: uid },
      ...{ reservation_id: 'R-1', expiry_date: new Date(Date.now() + 600_000).toISOString() },
    });
    await work();
    await charger.call('StartTransaction', {
      ...{ connectorId: 1, idTag: driver, meterStart: 0, timestamp: at(0) },
    });
    await publish();
    const [session] = await partner.list('sessions');
    const other = await addPartner(database, operator, '2.2.1');
    const asOther = async (command: string, fields: object) =>
      (
        await other.send('POST', `commands/${command}`, {
          ...{ response_url: responseUrl, ...fields },
        } as JsonLiteral)
      ).data;

    expect(await asOther('STOP_SESSION', { session_id: session?.['id'] })).toMatchObject({
      result: 'UNKNOWN_SESSION',
    });
    expect(await asOther('CANCEL_RESERVATION', { reservation_id: 'R-1' })).toMatchObject({
      result: 'REJECTED',
    });
    const place = { location_id: locationId, evse_uid: uid, connector_id: '1' };
    expect(await asOther('UNLOCK_CONNECTOR', place)).toMatchObject({ result: 'REJECTED' });
    expect(other.commandMessages).toEqual([]);
  });
});
