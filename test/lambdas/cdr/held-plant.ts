import type { Cdr } from '../../../core/cdr/model/cdr.ts';
import { at, meterValues } from '../plant.ts';
import { openSite, start, type TestSite } from '../test-site.ts';

/** A site whose CDRs are decided on: 0.50 EUR per kWh and 1 EUR for each session. */
export const openHeldSite = (): Promise<TestSite> =>
  openSite({
    tokens: [{ tokenId: 'TAG1' }, { tokenId: 'BLOCKED', status: 'Blocked' }],
    tariff: { name: 'AC', currency: 'EUR', perKwh: '0.50', sessionFee: '1' },
    charger: { maxPowerKw: 22, timeZone: 'Europe/Berlin' },
  });

/** A session that another one took over from, so that its CDR is held; gives its id and transaction id. */
export async function superseded(
  site: TestSite,
): Promise<{ sessionId: string; cdrId: string; transactionId: number }> {
  const charger = await site.plugIn();
  const { transactionId } = await charger.call('StartTransaction', start());
  await charger.call('MeterValues', meterValues(at(30), 9000, Number(transactionId)));
  await charger.call('StartTransaction', start({ timestamp: at(50), idTag: 'TAG2' }));
  await site.settle();
  const session = (await site.sessions()).find(
    (one) => one['transactionId'] === String(transactionId),
  );
  const { sessionId, cdrId } = session ?? {};
  return {
    sessionId: String(sessionId),
    cdrId: String(cdrId),
    transactionId: Number(transactionId),
  };
}

/** Decision of the operator about a CDR. */
export const resolve = (site: TestSite, cdrId: unknown, body: unknown) =>
  site.call('POST', `/cdrs/${cdrId}/resolve`, body);

/** The CDR of a session. */
export const cdrOf = async (site: TestSite, sessionId: unknown): Promise<Cdr> =>
  (await site.cdrOf({ sessionId })) as unknown as Cdr;
