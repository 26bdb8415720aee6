import '../quiet.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { countRequests } from '../count-requests.ts';
import { at, codesOf, meterValues } from '../plant.ts';
import { openSite, start, stop, type TestSite } from '../test-site.ts';

let site: TestSite;
let path: string;

beforeAll(async () => {
  site = await openSite({
    tokens: [{ tokenId: 'TAG1' }],
    tariff: { name: 'AC', currency: 'EUR', perKwh: '0.50' },
    charger: { maxPowerKw: 22, timeZone: 'Europe/Berlin' },
  });
});

beforeEach(async () => {
  path = `/chargers/${await site.register()}`;
});

afterAll(async () => {
  await site.close();
});

/** A stop of 4711 after readings of 10 kWh, whose start never came. */
async function stopAlone(): Promise<void> {
  const charger = await site.plugIn();
  await charger.call('MeterValues', meterValues(at(1), 1_000, 4711));
  await charger.call('MeterValues', meterValues(at(59), 10_800, 4711));
  await charger.call('StopTransaction', stop(4711));
  await site.settle();
}

const theCdr = async () => await site.cdrOf((await site.sessions())[0]);

describe('a stop without its start', () => {
  it('a stop without its start is held, and priced by the registered tariff of its charger once an operator accepts', async () => {
    await stopAlone();

    const [session] = await site.sessions();
    expect(session?.['tariffId']).toBe(site.tariffId);
    const held = await theCdr();
    expect(held).toMatchObject({ state: 'held', tariff: { tariffId: site.tariffId }, total: null });
    expect(codesOf(held)).toContain('STOP_WITHOUT_START');
    expect(codesOf(held)).not.toContain('NO_TARIFF');

    const decision = { decision: 'setEnergy', energyKwh: 10, reason: 'As the readings say.' };
    await site.call('POST', `/cdrs/${held['cdrId']}/resolve`, decision);
    await site.settle();
    expect(await theCdr()).toMatchObject({ state: 'sealed', total: { inclVat: '5.00' } });
  });

  it('a stop without its start takes the tariff registered when it arrives, also on an older connection', async () => {
    const charger = await site.plugIn();
    const dear = { name: 'Dear', currency: 'EUR', perKwh: '0.90' };
    const { tariffId } = (await site.call('POST', '/tariffs', dear)).body;
    await site.call('PATCH', path, { tariffId, timeZone: 'Asia/Tokyo' });

    await charger.call('StopTransaction', stop(4711));
    await site.settle();

    expect(await theCdr()).toMatchObject({ tariff: { tariffId }, timeZone: 'Asia/Tokyo' });
  });

  it('a stop without its start takes the tariff of its location if its charger has none', async () => {
    const beside = { name: 'Beside the road', currency: 'EUR', perKwh: '0.70' };
    const { tariffId } = (await site.call('POST', '/tariffs', beside)).body;
    const place = {
      name: 'Hof',
      address: 'Ring 1',
      city: 'Hof',
      country: 'DEU',
      coordinates: { latitude: '50.3', longitude: '11.9' },
      timeZone: 'Europe/Berlin',
      tariffId,
    };
    const { locationId } = (await site.call('POST', '/locations', place)).body;
    await site.call('PATCH', path, { tariffId: null, locationId });

    await stopAlone();

    const held = await theCdr();
    expect(held).toMatchObject({ state: 'held', tariff: { tariffId } });
    expect(codesOf(held)).not.toContain('NO_TARIFF');
  });

  it('a stop without its start says that there is no tariff if none is registered', async () => {
    await site.call('PATCH', path, { tariffId: null });

    await stopAlone();

    const held = await theCdr();
    expect(held).toMatchObject({ state: 'held', tariff: null });
    expect(codesOf(held)).toEqual(expect.arrayContaining(['STOP_WITHOUT_START', 'NO_TARIFF']));
  });

  it('a stop reads the registration of its charger, and its site, only if the start is missing', async () => {
    const charger = await site.plugIn();
    const { transactionId } = await charger.call('StartTransaction', start());
    const whole = await countRequests(site.database, async () => {
      await charger.call('StopTransaction', stop(transactionId));
      await charger.call('StopTransaction', stop(transactionId));
    });
    const alone = await countRequests(site.database, async () => {
      await charger.call('StopTransaction', stop(4711));
    });

    expect(whole.reads).toEqual([]);
    expect(alone.reads).toEqual(['GetItem', 'BatchGetItem']);
  });
});
