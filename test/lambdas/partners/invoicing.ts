import { goldenValue } from '../../../build/ocpi/golden-objects.ts';
import type { PartnerCdr } from '../../../core/ocpi/model/cdr.ts';
import { takeMessage } from '../../../lambdas/partners/take-message.ts';
import { writePublication } from '../../../lambdas/store/partners/publications.ts';
import type { TestDatabase } from '../../contracts/engines.ts';
import { havePushes } from '../webhooks/push-plant.ts';
import type { Document } from './roaming-plant.ts';

/** The module by which a partner learns what an invoice bills. */
export const invoices = 'invoicereconciliation';

const golden = goldenValue({ name: 'cdr', kind: 'cdr' }) as PartnerCdr;

/** The settlement that is billed in these tests. */
export const march = { month: '2026-03', currency: 'EUR' };

/** An operator of chargers with a partner that takes records of invoices, and CDRs that it was sent. */
export async function haveInvoicing(
  database: TestDatabase,
  version = '2.3.0',
  receivers: string[] = [invoices],
) {
  const plant = await havePushes(database, version, receivers);
  const { operator, partner, publishing } = plant;
  const { operatorId } = operator;
  const { partnerId } = partner;
  const at = `/partners/${partnerId}/invoices`;
  const sendCdr = async (id: string, more: Partial<PartnerCdr> = {}) => {
    const endDateTime = '2026-03-11T20:00:00.000Z';
    const cdr = { ...golden, id, countryCode: 'DE', partyId: 'OUR', endDateTime, ...more };
    const lastUpdated = cdr.endDateTime;
    const object = { kind: 'cdr', cdr, lastUpdated };
    const list = { operatorId, scope: partnerId, module: 'cdrs' } as const;
    await writePublication(database, list, undefined, { objectId: id, lastUpdated, object });
  };
  const issue = async (invoiceNumber: string, more: object = {}) =>
    await operator.call('POST', at, { invoiceNumber, ...march, ...more });
  /** Its invoices, those of all pages. */
  const issued = async (): Promise<readonly Document[]> => {
    const all: Document[] = [];
    for (let cursor: unknown = ''; cursor !== null; ) {
      const page = cursor === '' ? at : `${at}?cursor=${String(cursor)}`;
      const { items, nextCursor } = (await operator.call('GET', page)).body;
      all.push(...((items ?? []) as readonly Document[]));
      cursor = nextCursor ?? null;
    }
    return all;
  };
  /** Does what the messages of the API lead to, for each of its invoices; to do it again changes nothing. */
  const settle = async (until?: number) => {
    for (const { partnerInvoiceId } of await issued()) {
      const thing = { kind: 'invoice' as const, partnerId, recordId: String(partnerInvoiceId) };
      await takeMessage(publishing, { kind: 'look', operatorId, thing });
    }
    await plant.run(plant.pushes.splice(0), until);
  };
  const taken = () => plant.receiving.taken.splice(0).map(({ method, path }) => [method, path]);
  return { ...plant, at, sendCdr, issue, issued, settle, taken, operatorId, partnerId };
}
