import { describe, expect, it } from 'vitest';
import type { Cdr } from '../../../core/cdr/model/cdr.ts';
import type { ListedMessage } from '../../../core/cdr/verify/cdr-proof.ts';
import { verifyCdr } from '../../../core/cdr/verify/verify-cdr.ts';
import { loadDecoder } from '../../../core/ocpp/load-decoder.ts';
import { rulesFor } from '../../../lambdas/billing/rules-for.ts';
import { carriedKey } from '../../core/cdr/test-seal-key.ts';
import {
  cdrOf,
  connect,
  eventually,
  type Flow,
  type Registered,
  registerCharger,
  registerTariff,
  registerToken,
  sessionsOf,
} from '../flow.ts';
import { energyAt, minutesAfter } from '../meter-values.ts';
import type { TestCharger } from '../test-charger.ts';

const start = '2026-02-17T18:00:00.000Z';
const cdrFunction = /CdrStepFunction/;

/** Readings that a charger reports only after their session was billed. */
export const correctionScenarios = (flow: () => Flow): void => {
  /** The energy of the first half hour costs half as much: it matters when it flowed. */
  const charger = async (): Promise<Registered> => {
    const tariffId = await registerTariff(flow(), {
      elements: [
        {
          priceComponents: [{ type: 'ENERGY', price: '0.60' }],
          restrictions: { minDuration: 1800 },
        },
        { priceComponents: [{ type: 'ENERGY', price: '0.30' }] },
      ],
    });
    await registerToken(flow(), 'NOETHER');
    return registerCharger(flow(), { tariffId });
  };
  const begin = async (plug: TestCharger) => {
    const begun = { connectorId: 1, idTag: 'NOETHER', meterStart: 0, timestamp: start };
    const { transactionId } = await plug.call('StartTransaction', begun);
    return transactionId;
  };
  const read = (plug: TestCharger, transactionId: unknown, minute: number, wattHours: number) =>
    plug.call('MeterValues', {
      connectorId: 1,
      transactionId,
      meterValue: [energyAt(minutesAfter(start, minute), wattHours)],
    });
  const end = (plug: TestCharger, transactionId: unknown) =>
    plug.call('StopTransaction', {
      transactionId,
      meterStop: 8000,
      timestamp: minutesAfter(start, 60),
    });
  const shown = async (path: string): Promise<Cdr> => (await flow().operator.get<Cdr>(path)).body;
  const totals = (cdrs: readonly Cdr[]) => cdrs.map(({ total }) => total?.exclVat);

  /** The three CDRs of a session that was corrected once, by their ids, each verified by what the API gives for it. */
  const corrected = async (cdrId: string): Promise<readonly Cdr[]> => {
    await eventually(
      () => flow().operator.get(`/cdrs/${cdrId}-2`),
      ({ status }) => status === 200,
    );
    const cdrs = await Promise.all(
      [cdrId, `${cdrId}-C`, `${cdrId}-2`].map((id) => shown(`/cdrs/${id}`)),
    );
    for (const [index, cdr] of cdrs.entries()) {
      const readings = await flow().operator.get<{ items: ListedMessage[] }>(
        `/cdrs/${cdr.cdrId}/readings`,
      );
      const previous = cdrs[index - 1]?.seal;
      const { valid, checks } = verifyCdr(cdr, {
        readings: readings.body.items,
        rules: rulesFor(cdr.evidence.session, await loadDecoder([cdr.evidence.session.protocol])),
        key: carriedKey(cdr.seal),
        ...(previous && { previous }),
      });
      expect([valid, checks.filter(({ outcome }) => outcome !== 'passed')]).toEqual([true, []]);
    }
    return cdrs;
  };

  describe('a charger that sends what it kept only after its session was billed', () => {
    it('readings sent after the bill lead to one credit and one new CDR, and everything can be audited', async () => {
      const registered = await charger();
      const plug = await connect(flow(), registered);
      const transactionId = await begin(plug);
      await end(plug, transactionId);
      const [session] = await sessionsOf(flow(), registered.chargerId);
      const { cdrId } = await cdrOf(flow(), session?.sessionId ?? '');
      expect(totals([await shown(`/cdrs/${cdrId}`)])).toEqual(['3.60']);

      for (let times = 0; times < 3; times += 1) await read(plug, transactionId, 30, 7000);

      const cdrs = await corrected(cdrId);
      expect(totals(cdrs)).toEqual(['3.60', '-3.60', '2.70']);
      expect(cdrs).toMatchObject([
        { state: 'credited', creditedBy: `${cdrId}-C`, seal: { sequence: 1 } },
        { state: 'sealed', creditOf: cdrId, seal: { sequence: 2 } },
        { state: 'sealed', replaces: cdrId, seal: { sequence: 3 } },
      ]);
      await flow().drained();
      const { items } = (
        await flow().operator.get<{ items: Cdr[] }>(`/cdrs?chargerId=${registered.chargerId}`)
      ).body;
      expect(items).toHaveLength(3);
      const [after] = await sessionsOf(flow(), registered.chargerId);
      expect(after).toMatchObject({ cdrId: `${cdrId}-2`, cost: { exclVat: '2.70' } });
      expect(after?.anomalies.map(({ code }) => code)).toEqual(['CDR_CORRECTED']);
      await plug.close();
    });

    it('readings sent between the stop and the bill are billed', async () => {
      const registered = await charger();
      const plug = await connect(flow(), registered);
      const transactionId = await begin(plug);
      await read(plug, transactionId, 10, 1000);
      flow().database.failsFor = cdrFunction;
      try {
        await end(plug, transactionId);
        await read(plug, transactionId, 30, 7000);
      } finally {
        flow().database.failsFor = undefined;
      }
      const [session] = await sessionsOf(flow(), registered.chargerId);
      // The bill was made without the reading and corrected, or waited for it, as it happens.
      const { body: inForce } = await eventually(
        () => flow().operator.get<Cdr>(`/sessions/${session?.sessionId}/cdr`),
        ({ body }) => body.total?.exclVat === '2.70',
      );
      expect(totals([inForce])).toEqual(['2.70']);
      await flow().drained();
      const { items } = (
        await flow().operator.get<{ items: Cdr[] }>(`/cdrs?chargerId=${registered.chargerId}`)
      ).body;
      const sum = items.reduce((all, { total }) => all + Number(total?.exclVat), 0);
      expect(sum).toBeCloseTo(2.7, 9);
      await plug.close();
    });
  });
};
