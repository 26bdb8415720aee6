import { describe, expect, it } from 'vitest';
import { verifyChain } from '../../../cli/commands/verify-chain.ts';
import type { Cdr } from '../../../core/cdr/model/cdr.ts';
import { verifyCdr } from '../../../core/cdr/verify/verify-cdr.ts';
import { carriedKey } from '../../core/cdr/test-seal-key.ts';
import { auditChain, proofOf } from '../audit-chain.ts';
import {
  cdrOf,
  connect,
  registerCharger,
  registerTariff,
  registerToken,
  sessionsOf,
} from '../flow.ts';
import { energyAt, minutesAfter } from '../meter-values.ts';
import type { RunningFlow } from '../start-flow.ts';

const days = ['2026-03-10', '2026-03-11', '2026-03-12', '2026-03-13'];

/** Whoever doubts a bill can check it by what the API gives, and all others of its charger with it. */
export const auditScenarios = (flow: () => RunningFlow): void => {
  /** Four sessions of a charger, the second of a stranger: its CDR is held and has no place in the chain. */
  const chargeForDays = async (): Promise<string> => {
    const tariffId = await registerTariff(flow(), { perKwh: '0.30', vatPercent: '19' });
    await registerToken(flow(), 'MEITNER');
    const charger = await registerCharger(flow(), { tariffId });
    const plug = await connect(flow(), charger);
    for (const [index, day] of days.entries()) {
      const start = `${day}T08:00:00Z`;
      const { transactionId } = await plug.call('StartTransaction', {
        connectorId: 1,
        idTag: index === 1 ? 'STRANGER' : 'MEITNER',
        meterStart: index * 4000,
        timestamp: start,
      });
      await plug.call('MeterValues', {
        connectorId: 1,
        transactionId,
        meterValue: [energyAt(minutesAfter(start, 20), index * 4000 + 2000)],
      });
      await plug.call('StopTransaction', {
        transactionId,
        meterStop: (index + 1) * 4000,
        timestamp: minutesAfter(start, 40),
      });
      const [newest] = await sessionsOf(flow(), charger.chargerId);
      await cdrOf(flow(), newest?.sessionId ?? '');
    }
    await plug.close();
    return charger.chargerId;
  };
  const failuresOf = async (cdr: Cdr | undefined, previous: Cdr | undefined) => {
    if (cdr === undefined) throw new Error('no CDR');
    const { checks } = verifyCdr(cdr, {
      ...(await proofOf(flow().operator, cdr, previous)),
      key: carriedKey(cdr.seal),
    });
    return checks.filter(({ outcome }) => outcome === 'failed').map(({ check }) => check);
  };

  describe('the CDRs of a charger', () => {
    it("the data of the API proves content, hash, signature and order of a charger's CDRs, and forged data does not", async () => {
      const chargerId = await chargeForDays();

      const [first, second, third, ...others] = await auditChain(flow().operator, chargerId);

      expect(others).toEqual([]);
      expect([first, second, third].map((cdr) => cdr?.startedAt.slice(0, 10))).toEqual([
        days[0],
        days[2],
        days[3],
      ]);
      const seal = third?.seal;
      if (first === undefined || third === undefined || !seal) throw new Error('no chain');
      // One left out, one changed by a digit, one with the signature of another.
      expect(await failuresOf(third, first)).toEqual(['chain']);
      const dearer = { ...third, energyKwh: third.energyKwh + 1 };
      expect(await failuresOf(dearer, second)).toEqual(
        expect.arrayContaining(['hash', 'signature', 'content']),
      );
      const listed = `${flow().http}/.well-known/joulegate-cdr-keys`;
      const whole = await verifyChain.run({
        positionals: [chargerId],
        values: { url: flow().http, 'api-key': flow().service.ready.apiKey, keys: listed },
      });
      expect(whole.json).toMatchObject({ valid: true, cdrs: 3, held: 1, problems: [] });
      expect(whole.json).toMatchObject({ keys: [{ source: 'published', keyId: seal.keyId }] });
      const borrowed = { ...third, seal: { ...seal, signature: first.seal?.signature ?? '' } };
      expect(await failuresOf(borrowed, second)).toEqual(['signature']);
    });
  });
};
