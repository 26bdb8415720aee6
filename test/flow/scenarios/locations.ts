import { describe, expect, it } from 'vitest';
import { connect, eventually, type Flow, registerCharger, registerTariff } from '../flow.ts';

type Page = { readonly items: readonly object[] };

/** Locations on the way that all others take, with the privileges of the functions that they need. */
export const locationScenarios = (flow: () => Flow): void => {
  describe('a charger of a location', () => {
    it('a charger without a tariff is billed by that of its location, in the time zone there', async () => {
      const operator = await flow().newOperator('Sites');
      const own = { ...flow(), operator };
      const tariffId = await registerTariff(own, { perKwh: '0.40', vatPercent: '20' });
      const accountId = 'harbour';
      await operator.post('/tokens', { tokenId: 'SITE-TAG', accountId });
      const made = await operator.post<{ readonly locationId: string }>('/locations', {
        name: 'Harbour',
        address: 'Quay 1',
        city: 'Ponta Delgada',
        country: 'PRT',
        coordinates: { latitude: '37.74028', longitude: '-25.66833' },
        timeZone: 'Atlantic/Azores',
        tariffId,
      });
      expect(made.status).toBe(201);
      const { locationId } = made.body;
      const charger = await registerCharger(own, { locationId, timeZone: undefined });
      const plug = await connect(own, charger);
      const at = (minute: number) => new Date(Date.now() - (60 - minute) * 60_000).toISOString();
      const { transactionId } = await plug.call('StartTransaction', {
        connectorId: 1,
        idTag: 'SITE-TAG',
        timestamp: at(0),
        meterStart: 0,
      });
      await plug.call('StopTransaction', { transactionId, timestamp: at(30), meterStop: 5000 });
      await plug.close();

      const { body } = await eventually(
        () => operator.get<Page>('/cdrs'),
        (answer) => answer.body.items.length > 0,
      );
      expect(body.items).toMatchObject([
        { state: 'sealed', timeZone: 'Atlantic/Azores', tariff: { tariffId }, energyKwh: 5 },
      ]);
      const there = await operator.get<Page>(`/chargers?locationId=${locationId}`);
      expect(there.body.items).toMatchObject([{ chargerId: charger.chargerId, locationId }]);
      for (const query of [`locationId=${locationId}`, `accountId=${accountId}`]) {
        for (const list of ['sessions', 'cdrs']) {
          const found = await operator.get<Page>(`/${list}?${query}`);
          expect(found.body.items).toMatchObject([{ chargerId: charger.chargerId, accountId }]);
        }
      }
    });
  });
};
