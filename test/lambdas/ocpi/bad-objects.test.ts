import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ocpiVersions } from '../../../core/ocpi/partner/ocpi-versions.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { type CallWithObject, callsWithObjects, havePlaceOf } from './calls-with-objects.ts';
import { haveEmsp } from './cpo-partner.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

const long = 'x'.repeat(5_000);

/** Documents of a call that are wrong in a field: missing, where it has all of them, of another type, too long. */
const wrongOnes = ({ method, document }: CallWithObject, name: string): readonly object[] => {
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
const ofItsOwn = (call: CallWithObject, field: string, wrong: object, n: number): object => {
  if (call.method !== 'POST') return wrong;
  const own = Object.entries({ id: `${field}-${n}`, session_id: `S-${field}-${n}` });
  return {
    ...wrong,
    ...Object.fromEntries(own.filter(([name]) => name !== field && name in call.document)),
  };
};

describe.each([...ocpiVersions])(
  'a CPO of OCPI %s that sends objects that are wrong',
  (version) => {
    it.each(callsWithObjects(version).map((call) => [call.method, call.place, call] as const))(
      '%s %s: each field that is missing, of another type or too long is taken, or refused by its name, and the object stays readable',
      async (method, place, call) => {
        const { send } = await havePlaceOf(database, await haveEmsp(database), version, call);
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
