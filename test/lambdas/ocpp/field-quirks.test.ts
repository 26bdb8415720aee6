import '../quiet.ts';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { openSite, type TestSite } from '../test-site.ts';
import { type FakeGateway, startFakeGateway } from './fake-gateway.ts';
import type { FieldTranscript } from './field-transcript.ts';
import { replayTranscript } from './replay-transcript.ts';

const folder = join(import.meta.dirname, '../../golden/ocpp/field');
const transcripts = readdirSync(folder).map((file) => ({
  file,
  ...(JSON.parse(readFileSync(join(folder, file), 'utf8')) as FieldTranscript),
}));

let site: TestSite;
let gateway: FakeGateway;

beforeAll(async () => {
  gateway = await startFakeGateway();
  site = await openSite({
    tokens: [
      { tokenId: 'TAG1', accountId: 'acc-1' },
      { tokenId: 'TAG2', accountId: 'acc-2' },
      { tokenId: 'FLEET1', accountId: 'acc-3', parentTokenId: 'FLEET' },
      { tokenId: 'FLEET2', accountId: 'acc-3', parentTokenId: 'FLEET' },
      { tokenId: 'BLOCKED', status: 'Blocked' },
      { tokenId: 'EXPIRED', validUntil: '2020-01-01T00:00:00Z' },
    ],
    tariff: { name: 'AC', currency: 'EUR', perKwh: '0.50' },
    charger: { maxPowerKw: 22, connectors: 2 },
  });
  Object.assign(process.env, {
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'TEST',
    AWS_SECRET_ACCESS_KEY: 'TEST',
    AWS_ENDPOINT_URL_DYNAMODB: site.database.url,
    AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI: `${gateway.url}/stage`,
    AWS_ENDPOINT_URL_SQS: gateway.url,
    COMMANDS_QUEUE_URL: `${gateway.url}/000000000000/commands`,
    STATE_TABLE: site.database.state,
    READINGS_TABLE: site.database.readings,
  });
});

afterAll(async () => {
  await site.close();
  gateway.stop();
});

describe('quirks of chargers in the field', () => {
  it.each(transcripts)('$quirk: $chargers', async (transcript) => {
    await replayTranscript(site, gateway, transcript);
  });
});
