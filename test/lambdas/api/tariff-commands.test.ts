import '../quiet.ts';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { takeOver } from '../../../lambdas/store/chargers/connections.ts';
import { openSite, type TestSite } from '../test-site.ts';

let site: TestSite;

beforeAll(async () => {
  site = await openSite({ tokens: [], tariff: { name: 'AC', currency: 'EUR', perKwh: '0.50' } });
});

afterAll(async () => {
  await site.close();
});

const connect = async (protocol: string) =>
  await takeOver(site.database, site.chargerKey, {
    connectionId: 'c-1',
    connectedAt: new Date().toISOString(),
    protocol,
  });

beforeEach(async () => {
  await site.register();
  await connect('ocpp2.1');
});

const send = async (command: object) =>
  await site.call('POST', `/chargers/${site.chargerId}/commands`, command);

const setDefault = (tariffId: unknown) => ({ type: 'set-default-tariff', evseId: 0, tariffId });

it("a charger of OCPP 2.1 is sent a tariff of its operator's by id, in the version that holds", async () => {
  await site.call('PUT', `/tariffs/${site.tariffId}`, {
    name: 'AC',
    currency: 'EUR',
    perKwh: '0.60',
  });
  const { status, body } = await send(setDefault(site.tariffId));
  expect(status).toBe(202);
  expect(body).toMatchObject({
    type: 'set-default-tariff',
    request: { fields: { evseId: 0 }, tariff: { tariffId: site.tariffId, version: 2 } },
  });
});

it('a tariff that OCPP 2.1 cannot express is refused with the reason', async () => {
  const form = {
    name: 'Grace',
    currency: 'EUR',
    perKwh: '0.5',
    perMinute: '1',
    idleGraceMinutes: 5,
  };
  const { tariffId } = (await site.call('POST', '/tariffs', form)).body;
  const { code, body } = await send(setDefault(tariffId));
  expect(code).toBe('TARIFF_NOT_EXPRESSIBLE');
  expect(body['details']).toMatchObject([{ message: expect.stringContaining('grace period') }]);
});

it('a tariff that nobody has, a message without one and a charger of OCPP 2.0.1 are refused', async () => {
  expect((await send(setDefault('tar_none'))).code).toBe('TARIFF_NOT_FOUND');
  expect((await send(setDefault(undefined))).code).toBe('COMMAND_FIELDS_INVALID');
  await connect('ocpp2.0.1');
  expect((await send(setDefault(site.tariffId))).code).toBe('NOT_SUPPORTED_BY_VERSION');
});
