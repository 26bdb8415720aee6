import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type JsonLiteral, NumberLiteral } from '../../../core/units/json-literals.ts';
import { writeJsonLiterals } from '../../../core/units/write-json-literals.ts';
import type { TextRequest } from '../../../lambdas/outbound/request-text.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import type { Document } from '../partners/roaming-plant.ts';
import { at } from '../plant.ts';
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
  return `PRF-${uids}`;
};

const haveCharger = async (version: string, answer: object) =>
  await haveCommandedCharger(database, version, answer);

describe.each(['2.2.1', '2.3.0'])('the charging profiles of a partner of OCPI %s', (version) => {
  const answers = {
    status: 'Accepted',
    ...{ connectorId: 1, scheduleStart: '2026-04-14T18:00:00+02:00' },
    chargingSchedule: {
      ...{ chargingRateUnit: 'W', duration: 900, minChargingRate: 1400 },
      chargingSchedulePeriod: [{ startPeriod: 0, limit: 7360.5 }],
    },
  };
  const profile: JsonLiteral = {
    charging_rate_unit: 'A',
    min_charging_rate: new NumberLiteral('6'),
    charging_profile_period: [
      { start_period: new NumberLiteral('0'), limit: new NumberLiteral('16.5') },
      { start_period: new NumberLiteral('600'), limit: new NumberLiteral('10') },
    ],
  };
  const haveSession = async (answer: object) => {
    const plant = await haveCharger(version, answer);
    const { charger, partner, publish } = plant;
    const driver = newUid();
    await partner.pushToken(driver);
    const begun = { connectorId: 1, idTag: driver, meterStart: 0, timestamp: at(0) };
    const { transactionId } = await charger.call('StartTransaction', begun);
    await publish();
    const [session] = await partner.list('sessions');
    const sessionId = String(session?.['id']);
    const ask = async (
      method: string,
      query: Readonly<Record<string, string>>,
      body?: JsonLiteral,
    ) => {
      const { data, ...answered } = await partner.send(
        method,
        `chargingprofiles/${sessionId}`,
        body,
        query,
      );
      return { ...answered, data: JSON.parse(writeJsonLiterals(data)) as Document | null };
    };
    return { ...plant, transactionId, ask };
  };
  const told = async (results: () => Promise<readonly TextRequest[]>) =>
    (await results()).map(({ body }) => JSON.parse(body ?? ''));

  it('a profile is set on the session of its driver, read as the charger follows it, and cleared; the partner gets each result', async () => {
    const { ask, asked, work, results, transactionId } = await haveSession(answers);
    const set = { charging_profile: profile, response_url: responseUrl };
    expect((await ask('PUT', {}, set)).data).toMatchObject({ result: 'ACCEPTED', timeout: 120 });
    await work();
    expect(asked.at(-1)).toMatchObject([
      'SetChargingProfile',
      {
        connectorId: 1,
        csChargingProfiles: {
          ...{
            transactionId,
            chargingProfilePurpose: 'TxProfile',
            chargingProfileKind: 'Relative',
          },
          chargingSchedule: {
            ...{ chargingRateUnit: 'A', minChargingRate: 6 },
            chargingSchedulePeriod: [
              { startPeriod: 0, limit: 16.5 },
              { startPeriod: 600, limit: 10 },
            ],
          },
        },
      },
    ]);
    const read = await ask('GET', { response_url: responseUrl, duration: '900' });
    expect(read.data).toMatchObject({ result: 'ACCEPTED' });
    expect((await ask('DELETE', { response_url: responseUrl })).data).toMatchObject({
      result: 'ACCEPTED',
    });
    await work();
    const id = asked[0]?.[1] as { readonly csChargingProfiles: { chargingProfileId: number } };
    expect(asked.at(-1)).toEqual([
      'ClearChargingProfile',
      { id: id.csChargingProfiles.chargingProfileId },
    ]);
    const given = await told(results);
    expect(given).toContainEqual({
      result: 'ACCEPTED',
      profile: {
        start_date_time: '2026-04-14T16:00:00Z',
        charging_profile: {
          ...{ start_date_time: '2026-04-14T16:00:00Z', duration: 900 },
          ...{ charging_rate_unit: 'W', min_charging_rate: 1400 },
          charging_profile_period: [{ start_period: 0, limit: 7360.5 }],
        },
      },
    });
    expect(given.filter(({ result }) => result === 'ACCEPTED')).toHaveLength(3);
  });

  it('a profile that the charger does not have is UNKNOWN, and one that it refuses REJECTED', async () => {
    const cleared = await haveSession({ status: 'Unknown' });
    await cleared.ask('DELETE', { response_url: responseUrl });
    await cleared.work();
    expect(await told(cleared.results)).toEqual([{ result: 'UNKNOWN' }]);

    const refused = await haveSession({ status: 'Rejected' });
    await refused.ask('PUT', {}, { charging_profile: profile, response_url: responseUrl });
    await refused.work();
    expect(await told(refused.results)).toEqual([{ result: 'REJECTED' }]);
  });

  it('a session of nobody is UNKNOWN_SESSION; what is missing, no number or no public address is 2001 by its name', async () => {
    const { ask, partner } = await haveSession(answers);
    const set = { charging_profile: profile, response_url: responseUrl };
    const unknown = await partner.send('PUT', 'chargingprofiles/ses_nobody', set);
    expect(unknown.data).toMatchObject({ result: 'UNKNOWN_SESSION' });
    for (const [method, query, body] of [
      ['GET', { duration: '900' }, undefined],
      ['GET', { response_url: responseUrl, duration: 'long' }, undefined],
      ['DELETE', {}, undefined],
      ['DELETE', { response_url: 'https://10.0.0.1/x' }, undefined],
      ['PUT', {}, { response_url: responseUrl }],
      ['PUT', {}, { charging_profile: profile, response_url: 'http://partner.example' }],
    ] as const) {
      expect((await ask(method, query, body)).statusCode).toBe(2001);
    }
    const empty = { charging_rate_unit: 'W', charging_profile_period: [] };
    const nothing = await ask('PUT', {}, { charging_profile: empty, response_url: responseUrl });
    expect(nothing.data).toMatchObject({ result: 'REJECTED' });
  });
});
