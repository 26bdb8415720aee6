import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { callApi } from '../plant.ts';
import { type Steps, startSteps } from '../run-steps.ts';

let database: TestDatabase;
let steps: Steps;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
  steps = await startSteps(database);
});

afterAll(async () => {
  steps.stop();
  await database.stop();
});

const invoke = async (request: unknown): Promise<Record<string, string>> =>
  (await steps.run('operators', request)) as Record<string, string>;

/** The ids of the API keys that a key is shown. */
async function keysShownTo(apiKey: string | undefined): Promise<readonly unknown[]> {
  const { status, body } = await callApi(database, `Bearer ${apiKey}`, 'GET', '/api-keys');
  expect(status).toBe(200);
  return (body.items ?? []).map(({ apiKeyId }) => apiKeyId);
}

describe('the creation of an operator', () => {
  it('an operator is created with a first key that may do everything, and a slug made of its name', async () => {
    const made = await invoke({ name: 'Stadtwerke Köln' });

    expect(made).toMatchObject({ name: 'Stadtwerke Köln', slug: 'stadtwerke-koln' });
    expect(await keysShownTo(made['apiKey'])).toEqual([made['apiKeyId']]);
  });

  it('operators of the same name have different slugs, and neither is shown what the other has', async () => {
    const first = await invoke({ name: 'Twins' });
    const second = await invoke({ name: 'Twins' });

    expect([first['slug'], second['slug']]).toEqual(['twins', 'twins-2']);
    expect(first['operatorId']).not.toBe(second['operatorId']);
    expect(await keysShownTo(second['apiKey'])).toEqual([second['apiKeyId']]);
  });

  it('an operator is refused a slug that another one has', async () => {
    await invoke({ name: 'First', slug: 'wanted' });

    expect(await invoke({ name: 'Second', slug: 'wanted' })).toMatchObject({ code: 'SLUG_TAKEN' });
  });

  it.each([
    [{}],
    [{ name: '  ' }],
    [{ name: 'x'.repeat(101) }],
    [{ name: 'Good', slug: 'Not a slug' }],
    [{ name: 'Good', unknown: true }],
    [{ operatorId: 'op_1', keyName: '' }],
    [null],
    ['name'],
  ])('a request that makes neither an operator nor a key is refused: %j', async (request) => {
    expect(await invoke(request)).toEqual({
      code: 'INVALID_REQUEST',
      message: expect.stringMatching(/\.$/),
    });
  });
});

describe('one more administrator key', () => {
  it('an operator whose keys were lost gets one more, beside those that it has', async () => {
    const made = await invoke({ name: 'Forgetful' });

    const found = await invoke({ operatorId: made['operatorId'], keyName: 'Found again' });

    expect(found['operatorId']).toBe(made['operatorId']);
    const both = [made['apiKeyId'], found['apiKeyId']];
    expect([...(await keysShownTo(found['apiKey']))].sort()).toEqual(both.sort());
  });

  it('no key is made for an operator that does not exist', async () => {
    expect(await invoke({ operatorId: 'op_nobody', keyName: 'Key' })).toMatchObject({
      code: 'OPERATOR_NOT_FOUND',
    });
  });
});
