import '../quiet.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { newOperator } from '../plant.ts';
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

const verdictOf = async (headers: Readonly<Record<string, string>>) => {
  const answer = await steps.run('feed-authorizer', { methodArn: 'arn', headers });
  return (answer as { readonly context: object }).context;
};

it('the key of a reader is taken from its header in any case, or from its subprotocols', async () => {
  const { operatorId, apiKey } = await newOperator(database);
  const accepted = { verdict: 'accepted', operatorId, apiKeyId: apiKey.split('_')[2] };

  expect(await verdictOf({ AUTHORIZATION: `bearer ${apiKey}` })).toEqual(accepted);
  expect(await verdictOf({ 'Sec-WebSocket-Protocol': `joulegate.feed, ${apiKey}` })).toEqual(
    accepted,
  );
});

it('a reader without a key, with an unknown one or without the scope is not let in', async () => {
  const operator = await newOperator(database);
  const form = { name: 'Other', scopes: ['cdrs:read'] };
  const { body } = await operator.call('POST', '/api-keys', form);
  const unknown = `jg_live_${'a'.repeat(16)}_${'b'.repeat(40)}`;

  expect(await verdictOf({})).toEqual({ verdict: 'AUTH_HEADER_MISSING' });
  expect(await verdictOf({ authorization: `Bearer ${unknown}` })).toEqual({
    verdict: 'INVALID_API_KEY',
  });
  expect(await verdictOf({ authorization: `Bearer ${body['apiKey']}` })).toEqual({
    verdict: 'SCOPE_MISSING',
  });
});
