import '../printed.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sharedByRecord } from '../../../lambdas/events/shared-things.ts';
import { isKept } from '../../../lambdas/store/chargers/refusals.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { countRequests } from '../count-requests.ts';
import { newOperator, type TestOperator } from '../plant.ts';
import { printed } from '../printed.ts';
import { type Steps, startSteps } from '../run-steps.ts';

let database: TestDatabase;
let operator: TestOperator;
let steps: Steps;
let slug: string;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
  operator = await newOperator(database);
  steps = await startSteps(database);
  const { body } = await operator.call('POST', '/chargers', { chargerId: 'CP-1' });
  slug = (body as { urls: { basic: string } }).urls.basic.split('/').at(-2) ?? '';
});

afterAll(async () => {
  steps.stop();
  await database.stop();
});

/** A handshake with a wrong password, by the authorizer and then by `$connect`. */
async function knock(chargerId: string): Promise<Record<string, unknown>> {
  const queryStringParameters = { operatorSlug: slug, chargerId, viewerAddress: '192.0.2.7' };
  const headers = {
    Authorization: `Basic ${btoa(`${chargerId}:wrongwrongwrong12`)}`,
    'Sec-WebSocket-Protocol': 'ocpp1.6',
  };
  const event = { methodArn: 'arn', queryStringParameters, headers };
  const { context } = (await steps.run('authorizer', event)) as { context: object };
  return (await steps.run('connect', {
    queryStringParameters,
    headers,
    requestContext: { authorizer: context, connectionId: 'c', connectedAt: Date.now() },
  })) as Record<string, unknown>;
}

const refusals = () =>
  printed
    .flatMap((text) => text.split('\n'))
    .filter((text) => text.includes('Connection refused'))
    .map((text) => JSON.parse(text));

const lastRefusal = async () => (await operator.call('GET', '/chargers/CP-2')).body['lastRefusal'];

describe('a charger that is refused', () => {
  it('a registered charger shows its last refusal, and anybody who goes on costs no further write', async () => {
    await operator.call('POST', '/chargers', { chargerId: 'CP-2' });
    expect(await lastRefusal()).toBeNull();
    expect(await knock('cp-2')).toMatchObject({ statusCode: 401 });
    const shown = await lastRefusal();
    expect(shown).toEqual({
      at: expect.any(String),
      reason: 'wrong-password',
      address: '192.0.2.7',
    });

    const { writes } = await countRequests(database, async () => await knock('CP-2'));
    expect(writes).toEqual([]);
    expect(await lastRefusal()).toEqual(shown);
  });

  it('the log says which charger was refused and why, also of one that nobody registered', async () => {
    expect(await knock('CP-1')).toMatchObject({ statusCode: 401 });
    expect(await knock('NOBODY')).toMatchObject({ statusCode: 404 });

    expect(refusals()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          verdict: 'wrong-password',
          chargerId: 'CP-1',
          operatorSlug: slug,
          viewerAddress: '192.0.2.7',
        }),
        expect.objectContaining({ verdict: 'unknown-charger', chargerId: 'NOBODY' }),
      ]),
    );
    expect(JSON.stringify(refusals())).not.toContain('wrongwrong');
  });

  it('a refusal is kept when the last one is a quarter of an hour old', () => {
    const refusal = (at: string) => ({ at, reason: 'wrong-password' }) as const;
    const last = refusal('2026-04-14T16:00:00.000Z');
    expect(isKept(refusal('2026-04-14T16:14:59.999Z'), last)).toBe(false);
    expect(isKept(refusal('2026-04-14T16:15:00.000Z'), last)).toBe(true);
    expect(isKept(last, undefined)).toBe(true);
  });

  it('a refusal is no change of the charger that roaming partners hear of', () => {
    const image = {
      kind: { S: 'CHARGER' },
      operatorId: { S: 'op_1' },
      locationId: { S: 'loc_1' },
      chargerId: { S: 'CP-1' },
    };
    const changed = (more: object) =>
      sharedByRecord({
        eventName: 'MODIFY',
        dynamodb: { OldImage: image, NewImage: { ...image, ...more } },
      } as never);

    expect(changed({ refusal: { S: '{}' } })).toEqual([]);
    expect(changed({ name: { S: 'New' } })).not.toEqual([]);
  });
});
