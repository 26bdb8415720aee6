import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerOutcome } from '../../../core/ocpi/envelope/answer-outcome.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { newOperator } from '../plant.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});

afterAll(async () => {
  await database.stop();
});

const party = { countryCode: 'DE', partyId: 'OUR', businessName: 'Ours', roles: ['CPO'] };

describe('an operator that is no party of OCPI yet', () => {
  it('an operator invites nobody before it has said what party it is, and does afterwards', async () => {
    const operator = await newOperator(database);
    const invite = async () =>
      await operator.call('POST', '/partners', { name: 'Drivers', versions: ['2.2.1'] });

    expect(await invite()).toMatchObject({ code: 'OCPI_SETTINGS_MISSING' });
    expect((await operator.call('GET', '/partners')).body.items).toEqual([]);
    await operator.call('PUT', '/settings/ocpi', party);
    expect((await invite()).status).toBe(201);
  });

  it('a partner that registers all the same reads what is missing', () => {
    const answer = answerOutcome({ kind: 'no-party' }, '2.2.1');
    expect(JSON.stringify(answer)).toContain('has not set its country code and party id');
    expect(JSON.stringify(answer)).toContain('3000');
  });
});
