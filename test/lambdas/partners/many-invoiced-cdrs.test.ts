import '../quiet.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../../lambdas/api/api-route.ts';
import { issueInvoiceCall } from '../../../lambdas/api/roaming/issued-invoice-calls.ts';
import { completeInvoice, invoiceList } from '../../../lambdas/roaming/complete-invoice.ts';
import { putOnInvoice } from '../../../lambdas/store/partners/invoiced-cdrs.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { haveInvoicing, march } from './invoicing.ts';
import type { Document } from './roaming-plant.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

describe('invoices of many CDRs to a partner of OCPI 2.3.0', () => {
  it('of two invoices of several hundred CDRs that are issued at once exactly one stands, in whatever order their requests to the database are done', async () => {
    const { sendCdr, issued, operator, at, operatorId, partnerId } = await haveInvoicing(database);
    const count = 230;
    for (let n = 0; n < count; n += 1) await sendCdr(`C-${n}`);
    let rounds = 0;
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        rounds += 1;
        const send = async (...args: [object]): Promise<unknown> => {
          await scheduler.schedule(Promise.resolve());
          return await Reflect.apply(database.client.send, database.client, args);
        };
        const client = new Proxy(database.client, {
          get: (target, name) => (name === 'send' ? send : Reflect.get(target, name)),
        });
        const caller = {
          ...{ database: { ...database, client }, operatorId, now: new Date().toISOString() },
          // The message has it completed a second time, at the same time.
          sendPartnerMessages: async ([{ thing }]: readonly [{ thing: { recordId: string } }]) => {
            const name = { operatorId, partnerId, recordId: thing.recordId };
            looks.push(completeInvoice(caller.database, name, () => new Date().toISOString()));
          },
        } as unknown as Caller;
        const looks: Promise<unknown>[] = [];
        const numbers = [1, 2].map((n) => `R-${rounds}-${n}`);
        const requests = numbers.map(
          async (invoiceNumber) =>
            await issueInvoiceCall(caller, partnerId, { invoiceNumber, ...march }),
        );
        let isOver = false;
        const over = Promise.all(requests)
          .then(async () => await Promise.all(looks))
          .finally(() => {
            isOver = true;
          });
        while (!isOver) {
          if (scheduler.count() > 0) await scheduler.waitOne();
          else await new Promise((resolve) => setImmediate(resolve));
        }
        await over;
        const known = await issued();
        const standing = known.filter(({ state }) => state !== 'taken-back');
        expect(standing).toMatchObject([{ state: 'issued' }]);
        for (const { partnerInvoiceId } of standing) {
          await operator.call('DELETE', `${at}/${partnerInvoiceId}`);
        }
      }),
      { numRuns: 10 },
    );
  });

  it('a CDR that another run for the same invoice has put on it is no obstacle', async () => {
    const { operatorId, partnerId } = await haveInvoicing(database);
    const list = { ...invoiceList({ operatorId, partnerId }), module: 'cdrs' as const };
    const cdrs = Array.from({ length: 120 }, (_none, n) => ({
      ...{ cdrId: `C-${n}`, before: undefined },
    }));
    for (const record of ['inv_1', 'inv_1']) {
      expect(await putOnInvoice(database, list, record, cdrs)).toBe('written');
    }
    expect(await putOnInvoice(database, list, 'inv_2', cdrs)).toBe('changed');
    const again = cdrs.map(({ cdrId }) => ({ cdrId, before: 'inv_1' }));
    for (const record of ['inv_2', 'inv_2']) {
      expect(await putOnInvoice(database, list, record, again)).toBe('written');
    }
    expect(await putOnInvoice(database, list, 'inv_3', again)).toBe('changed');
  });

  it('CDRs that one record does not hold are on the next invoices of the month, each on one, and their sums are those of the month', async () => {
    const { sendCdr, operator, at, operatorId, partnerId, issued } = await haveInvoicing(database);
    const ids = Array.from({ length: 25 }, (_none, n) => `C-${n}`);
    for (const id of ids) await sendCdr(id);
    const caller = {
      ...{ database, operatorId, now: new Date().toISOString() },
      sendPartnerMessages: async () => {},
    } as unknown as Caller;
    const issueTen = async (invoiceNumber: string) =>
      (await issueInvoiceCall(caller, partnerId, { invoiceNumber, ...march }, 10)) as {
        readonly body: Document;
      };
    const first = await issueTen('R-1');
    expect(await issueTen('R-1')).toEqual(first);
    const invoices = [first, await issueTen('R-2'), await issueTen('R-3')];
    expect(invoices.map(({ body }) => [body['cdrs'], body['hasMore']])).toEqual([
      [10, true],
      [10, true],
      [5, false],
    ]);
    expect(invoices.flatMap(({ body }) => body['cdrIds'])).toEqual(ids);
    expect(await issueTen('R-4')).toMatchObject({ code: 'INVOICE_EMPTY' });
    const { body } = await operator.call('GET', at.replace('invoices', 'settlements/2026-03'));
    const inclVat = (await issued()).flatMap(({ sums }) =>
      (sums as readonly Document[]).map((sum) => Number(sum['inclVat'])),
    );
    const total = inclVat.reduce((sum, amount) => sum + amount, 0).toFixed(2);
    expect(body['sums']).toMatchObject([{ cdrs: 25, inclVat: total }]);
    const [one] = invoices;
    await operator.call('DELETE', `${at}/${one?.body['partnerInvoiceId']}`);
    expect((await issueTen('R-5')).body).toMatchObject({ cdrs: 10, hasMore: false });
  });
});
