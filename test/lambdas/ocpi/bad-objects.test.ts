import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ocpiVersions } from '../../../core/ocpi/partner/ocpi-versions.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { type CpoPartner, haveCpo, haveEmsp } from './cpo-partner.ts';
import { type Golden, goldenDocument } from './golden-document.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

type Call = {
  readonly method: string;
  readonly place: string;
  /** Where the object is read back; undefined where its answer says that. */
  readonly at?: string;
  readonly document: Golden;
};

/** Every call of ours as eMSP that takes an object of a CPO, with one that is right. */
function callsOf(version: string): readonly Call[] {
  const of = (name: string) => goldenDocument(version, name);
  const owned = (module: string, ...ids: readonly unknown[]) =>
    [module, 'DE', 'JNA', ...ids].join('/');
  const [location, evse, connector] = [of('location'), of('evse'), of('connector')];
  const [tariff, session, cdr] = [of('tariff'), of('session'), of('cdr')];
  const put = (place: string, document: Golden): readonly Call[] => [
    { method: 'PUT', place, at: place, document },
    { method: 'PATCH', place, at: place, document },
  ];
  const evsePlace = owned('locations', location['id'], evse['uid']);
  const [putTariff, patchTariff] = put(owned('tariffs', tariff['id']), tariff);
  const invoice = version === '2.3.0' ? of('invoiceRecord') : undefined;
  return [
    ...put(owned('locations', location['id']), location),
    ...put(evsePlace, evse),
    ...put(`${evsePlace}/${connector['id']}`, connector),
    ...put(owned('sessions', session['id']), session),
    ...(putTariff ? [putTariff] : []),
    ...(patchTariff && version === '2.1.1' ? [patchTariff] : []),
    { method: 'POST', place: 'cdrs', document: cdr },
    ...(invoice
      ? [
          { method: 'POST', place: 'invoicereconciliation', document: invoice },
          ...put(owned('invoicereconciliation', invoice['id']), invoice).slice(0, 1),
        ]
      : []),
  ];
}

const long = 'x'.repeat(5_000);

/** Documents of a call that are wrong in a field: missing, where it has all of them, of another type, too long. */
const wrongOnes = ({ method, document }: Call, name: string): readonly object[] => {
  const { [name]: value, ...others } = document;
  const sent = method === 'PATCH' ? { last_updated: '2099-01-01T00:00:00Z' } : others;
  return [
    ...(method === 'PATCH' ? [] : [others]),
    { ...sent, [name]: Array.isArray(value) ? 'text' : [['list']] },
    { ...sent, [name]: Array.isArray(value) ? [long] : long },
  ];
};

/** A party that is not the partner's is named by both of its fields together. */
const namesOf = (field: string): RegExp =>
  ['country_code', 'party_id'].includes(field) ? /country_code|party_id/ : new RegExp(field);

/** A CDR of its own, since one that was taken never changes, and of a session of its own: the CDRs of one are judged together. */
const ofItsOwn = (call: Call, field: string, wrong: object, n: number): object => {
  if (call.method !== 'POST') return wrong;
  const own = Object.entries({ id: `${field}-${n}`, session_id: `S-${field}-${n}` });
  return {
    ...wrong,
    ...Object.fromEntries(own.filter(([name]) => name !== field && name in call.document)),
  };
};

/** A CPO with what the object of a call is in. */
async function havePlace(version: string, { place }: Call): Promise<CpoPartner> {
  const partner = await haveCpo(database, await haveEmsp(database), version);
  const around = callsOf(version).filter(({ at }) => at !== undefined && place.startsWith(at));
  for (const { at = '', document } of around) await partner.send('PUT', at, document);
  return partner;
}

describe.each([...ocpiVersions])(
  'a CPO of OCPI %s that sends objects that are wrong',
  (version) => {
    it.each(callsOf(version).map((call) => [call.method, call.place, call] as const))(
      '%s %s: each field that is missing, of another type or too long is taken, or refused by its name, and the object stays readable',
      async (method, place, call) => {
        const { send } = await havePlace(version, call);
        const read = async (at: string) => (await send('GET', at)).data;
        for (const field of Object.keys(call.document)) {
          for (const [n, wrong] of wrongOnes(call, field).entries()) {
            const sent = ofItsOwn(call, field, wrong, n);
            const { http, statusCode, message } = await send(method, place, sent);
            expect([200, 201], `${field}: ${message}`).toContain(http);
            expect([1000, 2001, 2003], `${field}: ${message}`).toContain(statusCode);
            if (statusCode === 2001) expect(message).toMatch(namesOf(field));
          }
          if (call.at === undefined) continue;
          expect([field, await read(call.at)]).toEqual([field, expect.any(Object)]);
        }
      },
    );
  },
);
