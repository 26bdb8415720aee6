import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ocpiVersions } from '../../../core/ocpi/partner/ocpi-versions.ts';
import { writeJsonLiterals } from '../../../core/units/write-json-literals.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { addPartner, openRoaming } from '../partners/roaming-plant.ts';
import { settle } from '../plant.ts';
import { type CpoPartner, haveCpo, haveEmsp } from './cpo-partner.ts';
import { type Golden, goldenDocument } from './golden-document.ts';
import { haveDrivers, ordersOf, verdictAt } from './received-verdicts.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

/** CDRs of 2.1.1 name no session; those of 2.2.1 need not. */
const versions = ['2.1.1', '2.2.1'] as const;

const havePartner = async (version: string): Promise<CpoPartner> =>
  await haveCpo(database, await haveDrivers(await haveEmsp(database)), version, 'JNA', {
    negativeCredits: version === '2.1.1',
  });

/** A CDR at a location that names no session. */
const cdrAt = (version: string, locationId: string, more: object = {}): Golden => {
  const { session_id: _session, ...cdr } = goldenDocument(version, 'cdr', more);
  const place = version === '2.1.1' ? 'location' : 'cdr_location';
  return { ...cdr, [place]: { ...(cdr[place] as object), id: locationId } };
};

/** The session of such a CDR, complete. */
const sessionAt = (version: string, locationId: string, id: string, more: object = {}): Golden => {
  const cdr = goldenDocument(version, 'cdr');
  const whole = {
    ...{ id, status: 'COMPLETED', kwh: cdr['total_energy'], total_cost: cdr['total_cost'] },
    ...more,
  };
  if (version !== '2.1.1') {
    const end_date_time = cdr['end_date_time'];
    const evse_uid = (cdr['cdr_location'] as Golden)['evse_uid'];
    const place = { location_id: locationId, evse_uid, end_date_time };
    return goldenDocument(version, 'session', { ...place, ...whole });
  }
  const location = { ...(cdr['location'] as object), id: locationId };
  const end_datetime = cdr['stop_date_time'];
  return goldenDocument(version, 'session', { location, end_datetime, ...whole });
};

const negative = (version: string, of: Golden): unknown => {
  const total = of['total_cost'];
  if (version === '2.1.1') return -Number(total);
  const { excl_vat, incl_vat } = total as Record<string, number>;
  return { excl_vat: -Number(excl_vat), incl_vat: -Number(incl_vat) };
};

const sent = ['first', 'second', 'credit', 'session'] as const;

/** Sends one of two CDRs of a charging, of which one may name its session, the credit of the first, or the session. */
const sendOne = async (partner: CpoPartner, n: number, one: (typeof sent)[number]) => {
  const { version } = partner;
  const [at, hasCredits] = [`L-${n}`, version !== '2.1.1'];
  if (one === 'session') {
    await partner.send('PUT', `sessions/DE/JNA/S-${n}`, sessionAt(version, at, `S-${n}`));
    return undefined;
  }
  const first = cdrAt(version, at, { id: `C-${n}` });
  const named = hasCredits ? { credit: true, credit_reference_id: `C-${n}` } : {};
  const documents = {
    first,
    second: { ...first, id: `D-${n}`, ...(hasCredits ? { session_id: `S-${n}` } : {}) },
    credit: { ...first, id: `E-${n}`, ...named, total_cost: negative(version, first) },
  };
  return (await partner.send('POST', 'cdrs', documents[one])).location;
};

describe.each([...versions])('a CDR of OCPI %s that names no session', (version) => {
  it('it is held against the session at its place and time, and one of another driver, place or time is not', async () => {
    const partner = await havePartner(version);
    const put = async (id: string, at: string, more: object) =>
      await partner.send('PUT', `sessions/DE/JNA/${id}`, sessionAt(version, at, id, more));
    await put('S-1', 'L-1', { kwh: 14 });
    await put(
      'S-2',
      'L-2',
      version === '2.1.1'
        ? { auth_id: 'OTHER' }
        : {
            cdr_token: {
              ...(goldenDocument(version, 'cdr')['cdr_token'] as object),
              contract_id: 'OTHER',
            },
          },
    );
    const times =
      version === '2.1.1'
        ? { start_datetime: '2026-03-11T10:00:00Z', end_datetime: '2026-03-11T11:00:00Z' }
        : { start_date_time: '2026-03-11T10:00:00Z', end_date_time: '2026-03-11T11:00:00Z' };
    await put('S-3', 'L-3', { kwh: 14, ...times });
    const codes = await Promise.all(
      ['L-1', 'L-2', 'L-3', 'L-4'].map(async (at, n) => {
        const posted = await partner.send('POST', 'cdrs', cdrAt(version, at, { id: `C-${n}` }));
        return (await verdictAt(database, partner, posted.location)).codes;
      }),
    );
    expect(codes).toEqual([['SESSION_ENERGY'], [], [], []]);
  });

  it('a CDR that may be of two sessions says so, until what comes next tells which it is', async () => {
    const partner = await havePartner(version);
    const posted = await partner.send('POST', 'cdrs', cdrAt(version, 'L-1'));
    for (const id of ['S-1', 'S-2']) {
      await partner.send('PUT', `sessions/DE/JNA/${id}`, sessionAt(version, 'L-1', id));
    }
    const { codes, expected } = await verdictAt(database, partner, posted.location);
    expect([codes, expected]).toEqual([['SESSION_AMBIGUOUS'], ['one session; there are S-1, S-2']]);

    const invalid = sessionAt(version, 'L-1', 'S-2', {
      ...{ status: 'INVALID', last_updated: '2026-06-01T00:00:00Z' },
    });
    await partner.send('PUT', 'sessions/DE/JNA/S-2', invalid);
    expect(await verdictAt(database, partner, posted.location)).toMatchObject({ codes: [] });
  });

  it('two CDRs that bill the same charging differ both, whichever of them names its session', async () => {
    const partner = await havePartner(version);
    const session_id = version === '2.1.1' ? {} : { session_id: 'S-1' };
    const places: (string | undefined)[] = [];
    for (const more of [{ id: 'C-1' }, { id: 'C-2', ...session_id }]) {
      const cdr = { ...cdrAt(version, 'L-1'), ...more };
      places.push((await partner.send('POST', 'cdrs', cdr)).location);
    }
    const verdicts = await Promise.all(places.map((at) => verdictAt(database, partner, at)));
    const differs = { verdict: 'differs', codes: ['SESSION_BILLED_BEFORE'] };
    expect(verdicts).toMatchObject([
      { ...differs, expected: ['one CDR; there are C-2'] },
      { ...differs, expected: ['one CDR; there are C-1'] },
    ]);
  });

  it('a charging that is billed twice agrees once a credit took one of the CDRs back, in whatever order all come', async () => {
    const partner = await havePartner(version);
    // The law of all orders is that of the visits alone; where a field names the session, fewer are enough.
    const orders = ordersOf(sent).filter((_, n) => n % (version === '2.1.1' ? 3 : 8) === 0);
    await Promise.all(
      orders.map(async (order, n) => {
        const places = new Map<string, string | undefined>();
        for (const one of order) places.set(one, await sendOne(partner, n, one));
        // All of it again, as after answers that were lost, changes nothing.
        if (n < 2) for (const one of order) await sendOne(partner, n, one);
        const verdicts = await Promise.all(
          ['first', 'second', 'credit'].map((one) => verdictAt(database, partner, places.get(one))),
        );
        const agreed = { verdict: 'agrees', codes: [] };
        expect([order, verdicts]).toMatchObject([order, [agreed, agreed, agreed]]);
      }),
    );
  });
});

describe.each([...ocpiVersions])('what we send as CPO in OCPI %s', (version) => {
  it('a session, its CDR, and the credit and the CDR in its place when late readings come, agree with our check as eMSP', async () => {
    const roaming = await openRoaming(database);
    const agreed: object = version === '2.1.1' ? { negativeCredits: true } : {};
    const drivers = await addPartner(database, roaming.operator, version, agreed);
    const emsp = await haveEmsp(database);
    await emsp.call('POST', '/tokens', { tokenId: 'ROAM' });
    await emsp.call('POST', '/tokens', { tokenId: 'NL-PAR-ROAM' });
    const chargers = await haveCpo(database, emsp, version, 'OUR', agreed);
    const plain = (document: unknown): Golden => JSON.parse(writeJsonLiterals(document as never));
    const sendAll = async () => {
      await roaming.publish();
      const since = { date_from: '2026-01-01T00:00:00Z' };
      for (const session of (await drivers.list('sessions', since)).map(plain)) {
        await chargers.send('PUT', `sessions/DE/OUR/${session['id']}`, session);
      }
      const places: (string | undefined)[] = [];
      for (const cdr of (await drivers.list('cdrs')).map(plain)) {
        places.push((await chargers.send('POST', 'cdrs', cdr)).location);
      }
      return await Promise.all(places.map((at) => verdictAt(database, chargers, at)));
    };
    await drivers.pushToken('ROAM');
    const session = await roaming.begin('ROAM');
    await session.read(2000);
    expect(await sendAll()).toEqual([]);
    await session.end();
    const agrees = { verdict: 'agrees', codes: [], expected: [] };
    expect(await sendAll()).toEqual([agrees]);
    await session.read(4000);
    await settle(database, session.chargerKey);
    const after = await sendAll();
    expect(after).toEqual(after.map(() => agrees));
  });
});
