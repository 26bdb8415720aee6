import { describe, expect, it } from 'vitest';
import {
  cdrOf,
  connect,
  eventually,
  type Flow,
  type Registered,
  registerCharger,
  registerTariff,
  type ShownCdr,
  sessionsOf,
} from '../flow.ts';
import { energyAt, minutesAfter } from '../meter-values.ts';

/** A CDR with the version of its tariff. */
type PricedCdr = ShownCdr & {
  readonly tariff: { readonly tariffId: string; readonly version: number } | null;
};

/** Sessions whose start never arrives. */
export const missingStartScenarios = (flow: () => Flow): void => {
  /** Half an hour of 10 kWh from a time on, of which the start got lost; gives its CDR. */
  const chargeWithoutStart = async (
    registered: Registered,
    transactionId: number,
    begun: string,
  ): Promise<PricedCdr> => {
    const plug = await connect(flow(), registered);
    const meterValue = [energyAt(begun, 1_000), energyAt(minutesAfter(begun, 29), 10_800)];
    await plug.call('MeterValues', { connectorId: 1, transactionId, meterValue });
    const stop = { transactionId, timestamp: minutesAfter(begun, 30), meterStop: 11_000 };
    expect(await plug.call('StopTransaction', stop)).toEqual({});
    await plug.close();
    const sessions = await sessionsOf(flow(), registered.chargerId);
    const session = sessions.find((one) => one.transactionId === String(transactionId));
    return (await cdrOf(flow(), session?.sessionId ?? '')) as PricedCdr;
  };
  const codesOf = ({ anomalies }: ShownCdr): readonly string[] => anomalies.map(({ code }) => code);

  describe('a stop whose start never arrives', () => {
    it('a stop without its start is held with the version of its charger that was in force when its readings begin, and billed by it once the operator decides', async () => {
      const tariffId = await registerTariff(flow(), { perKwh: '0.50' });
      const registered = await registerCharger(flow(), { tariffId });
      const dearer = { name: 'Test tariff', currency: 'EUR', perKwh: '0.90' };
      await flow().operator.put(`/tariffs/${tariffId}`, dearer);
      const changedAt = new Date().toISOString();

      const before = await chargeWithoutStart(registered, 4711, minutesAfter(changedAt, -60));
      const after = await chargeWithoutStart(registered, 4712, changedAt);

      expect(before).toMatchObject({ state: 'held', tariff: { tariffId, version: 1 } });
      expect(after).toMatchObject({ state: 'held', tariff: { tariffId, version: 2 } });
      for (const [{ cdrId }, exclVat] of [
        [before, '5.00'],
        [after, '9.00'],
      ] as const) {
        const decision = { decision: 'setEnergy', energyKwh: 10, reason: 'As the readings say.' };
        await flow().operator.post(`/cdrs/${cdrId}/resolve`, decision);
        const sealed = await eventually(
          () => flow().operator.get<ShownCdr>(`/cdrs/${cdrId}`),
          ({ body }) => body.state === 'sealed',
        );
        expect(sealed.body).toMatchObject({ state: 'sealed', energyKwh: 10, total: { exclVat } });
      }
    });

    it('a stop without its start at a charger without a tariff is held, and says that both are missing', async () => {
      const registered = await registerCharger(flow());
      const begun = minutesAfter(new Date().toISOString(), -60);

      const held = await chargeWithoutStart(registered, 4711, begun);

      expect(held).toMatchObject({ state: 'held', tariff: null, total: null });
      expect(codesOf(held)).toEqual(expect.arrayContaining(['STOP_WITHOUT_START', 'NO_TARIFF']));
    });
  });
};
