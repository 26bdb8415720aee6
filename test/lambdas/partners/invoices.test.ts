import '../quiet.ts';
import { TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../../lambdas/api/api-route.ts';
import { issueInvoiceCall } from '../../../lambdas/api/roaming/issued-invoice-calls.ts';
import type { Database } from '../../../lambdas/store/table/client.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { haveInvoicing as haveInvoicingIn, march, invoices as module } from './invoicing.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

const day = 86_400_000;

const haveInvoicing = async (version?: string, receivers?: string[]) =>
  await haveInvoicingIn(database, version, receivers);

/** The database of a run to which something happens before it writes once more than so often. */
function interrupted(writes: number, happens: () => Promise<void>): Database {
  let left = writes;
  const send = async (...args: [object]): Promise<unknown> => {
    if (args[0] instanceof TransactWriteItemsCommand) {
      if (left === 0) await happens();
      left -= 1;
    }
    return await Reflect.apply(database.client.send, database.client, args);
  };
  const client = new Proxy(database.client, {
    get: (target, name) => (name === 'send' ? send : Reflect.get(target, name)),
  });
  return { ...database, client };
}

/** The database of a run that ends before it writes once more than so often. */
const diesAfter = (writes: number): Database =>
  interrupted(writes, async () => {
    throw new Error('stopped');
  });

describe('invoices to a partner of OCPI 2.3.0', () => {
  it('an invoice bills what the settlement of a month has, and its record is served, pushed once, and names the CDRs', async () => {
    const { sendCdr, issue, issued, settle, partner, receiving, taken, operator, at, deliveries } =
      await haveInvoicing();
    await sendCdr('A');
    await sendCdr('B');
    await sendCdr('NEXT-MONTH', { endDateTime: '2026-04-01T00:00:00.000Z' });
    await sendCdr('OTHER-CURRENCY', { currency: 'CHF' });
    const { status, body } = await issue('R-1');
    expect([status, body]).toMatchObject([
      201,
      { invoiceNumber: 'R-1', state: 'issued', ...march, countryCode: 'DE', partyId: 'OUR' },
    ]);
    expect(body['cdrIds']).toEqual(['A', 'B']);
    const sum = { vatPercent: '19', exclVat: '18.54', vat: '3.52', inclVat: '22.06' };
    expect(body['sums']).toMatchObject([{ ...sum, cdrs: 2 }]);
    const { body: settled } = await operator.call(
      'GET',
      at.replace('invoices', 'settlements/2026-03'),
    );
    expect(settled['sums']).toContainEqual(expect.objectContaining({ ...sum, currency: 'EUR' }));

    await settle();
    const record = {
      ...{ country_code: 'DE', party_id: 'OUR', id: body['partnerInvoiceId'] },
      ...{ invoice_id: 'R-1', cdrs: ['A', 'B'], last_updated: body['lastUpdated'] },
    };
    expect(receiving.taken.map((one) => one.body)).toEqual([record]);
    expect(taken()).toEqual([['POST', module]]);
    expect(await partner.list(module)).toEqual([record]);
    const later = { date_from: new Date(Date.now() + day).toISOString() };
    expect(await partner.list(module, later)).toEqual([]);

    expect((await issue('R-1')).body).toEqual(body);
    await settle();
    expect(taken()).toEqual([]);
    expect(await deliveries()).toEqual([]);
    expect(await issued()).toHaveLength(1);
    const read = await operator.call('GET', `${at}/${body['partnerInvoiceId']}`);
    expect(read.body).toEqual(body);
  });

  it('a CDR that comes late, and a credit of one that was billed, are on the next invoice, each CDR on one', async () => {
    const { sendCdr, issue } = await haveInvoicing();
    await sendCdr('A');
    await issue('R-1');
    expect((await issue('R-2')).code).toBe('INVOICE_EMPTY');
    await sendCdr('LATE');
    const totalCost = { exclVat: '-9.27', inclVat: '-11.03' };
    await sendCdr('A-CREDIT', { credit: true, creditReferenceId: 'A', totalCost });
    const { body } = await issue('R-2');
    expect(body['cdrIds']).toEqual(['LATE', 'A-CREDIT']);
    expect(body['sums']).toMatchObject([{ exclVat: '0', inclVat: '0', cdrs: 2 }]);
  });

  it('invoices that are issued at once bill each CDR once between them', async () => {
    const { sendCdr, issue, issued, operator, at } = await haveInvoicing();
    const ids = Array.from({ length: 130 }, (_none, n) => `C-${n}`);
    for (const id of ids) await sendCdr(id);
    await Promise.all(['R-1', 'R-2', 'R-3', 'R-1'].map(async (number) => await issue(number)));
    const billed: string[] = [];
    for (const { partnerInvoiceId, state } of await issued()) {
      expect(['issued', 'taken-back']).toContain(state);
      const { body } = await operator.call('GET', `${at}/${partnerInvoiceId}`);
      if (state === 'issued') billed.push(...(body['cdrIds'] as string[]));
    }
    expect(new Set(billed).size).toBe(billed.length);
    // CDRs that no invoice bills after all are on the next one.
    const rest = await issue('R-4');
    const left = rest.status === 201 ? (rest.body['cdrIds'] as string[]) : [];
    expect([...billed, ...left].toSorted()).toEqual(ids.toSorted());
  });

  it.each(
    (['look', 'request'] as const).flatMap((next) =>
      Array.from({ length: 4 }, (_none, writes) => ({ next, writes })),
    ),
  )(
    'a run that ends after $writes of its writes leaves an invoice that the next $next completes',
    async ({ next, writes }) => {
      const { sendCdr, issue, settle, taken, operatorId, partnerId, issued, partner } =
        await haveInvoicing();
      for (let n = 0; n < 120; n += 1) await sendCdr(`C-${n}`);
      const caller = {
        ...{ database: diesAfter(writes), operatorId, now: new Date().toISOString() },
        sendPartnerMessages: async () => {},
      } as unknown as Caller;
      const answer = issueInvoiceCall(caller, partnerId, { invoiceNumber: 'R-1', ...march });
      await expect(answer).rejects.toThrow('stopped');
      expect(await partner.list(module)).toEqual([]);

      // Before the first write there is nothing to look at.
      if (next === 'request' || writes === 0) expect((await issue('R-1')).status).toBe(201);
      await settle();
      expect(await issued()).toMatchObject([{ state: 'issued', cdrs: 120 }]);
      expect(taken()).toEqual([['POST', module]]);
      expect((await issue('R-2')).code).toBe('INVOICE_EMPTY');
    },
  );

  it('an invoice that is taken back is deleted at the partner, its CDRs are on the next one, and its number is used', async () => {
    const { sendCdr, issue, settle, taken, operator, at, partner } = await haveInvoicing();
    await sendCdr('A');
    const { body } = await issue('R-1');
    const id = String(body['partnerInvoiceId']);
    await settle();
    taken();
    const back = await operator.call('DELETE', `${at}/${id}`);
    expect(back.body).toMatchObject({ state: 'taken-back', invoiceNumber: 'R-1' });
    expect((await operator.call('DELETE', `${at}/${id}`)).body).toEqual(back.body);
    await settle();
    await settle();
    expect(taken()).toEqual([['DELETE', `${module}/DE/OUR/${id}`]]);
    expect(await partner.list(module)).toEqual([]);
    expect((await issue('R-1')).code).toBe('INVOICE_NUMBER_USED');
    expect((await issue('R-2')).body['cdrIds']).toEqual(['A']);
  });

  it('a partner that reads while an invoice is being issued finds it when it asks for what changed since', async () => {
    const { sendCdr, partner, operatorId, partnerId } = await haveInvoicing();
    await sendCdr('A');
    let readAt = '';
    const slow = interrupted(1, async () => {
      expect(await partner.list(module)).toEqual([]);
      readAt = new Date().toISOString();
    });
    const caller = {
      // The request came 25 seconds ago: there are many CDRs to put on it.
      ...{ database: slow, operatorId, now: new Date(Date.now() - 25_000).toISOString() },
      sendPartnerMessages: async () => {},
    } as unknown as Caller;
    await issueInvoiceCall(caller, partnerId, { invoiceNumber: 'R-1', ...march });
    expect(readAt).not.toBe('');
    expect(await partner.list(module, { date_from: readAt })).toMatchObject([
      { invoice_id: 'R-1' },
    ]);
  });

  it('a number may have every sign that OCPI takes, and names the same invoice in small letters', async () => {
    const { sendCdr, issue, settle, receiving, taken, operator, at } = await haveInvoicing();
    await sendCdr('A');
    const number = 'Re 2026/03 #7?a=b&c=%2F..\\"<>+;';
    const { status, body } = await issue(number);
    expect([status, body['invoiceNumber']]).toEqual([201, number]);
    await settle();
    expect(receiving.taken.map((one) => one.body)).toMatchObject([{ invoice_id: number }]);
    expect((await issue(number.toLowerCase())).body).toEqual(body);
    taken();
    const id = String(body['partnerInvoiceId']);
    expect((await operator.call('DELETE', `${at}/${id}`)).status).toBe(200);
    await settle();
    expect(taken()).toEqual([['DELETE', `${module}/DE/OUR/${id}`]]);
  });

  it('one that is taken back before its partner was ever called is sent neither record nor deletion', async () => {
    const { sendCdr, issue, settle, taken, operator, at } = await haveInvoicing();
    await sendCdr('A');
    const { body } = await issue('R-1');
    await operator.call('DELETE', `${at}/${body['partnerInvoiceId']}`);
    await settle();
    expect(taken()).toEqual([]);
  });

  it('a record waits for a partner that is down, for 14 days, is listed meanwhile, and an answer that was lost is asked for again', async () => {
    const { sendCdr, issue, settle, receiving, clock, deliveries } = await haveInvoicing();
    await sendCdr('A');
    const { body } = await issue('R-1');
    receiving.fails = () => 'is-down';
    await settle(clock.at + 3 * day);
    expect(await deliveries()).toMatchObject([
      { deliveryId: body['deliveryId'], module, state: 'pending' },
    ]);
    let lost = 1;
    receiving.fails = () => {
      lost -= 1;
      return lost === 0 ? 'loses-its-answer' : 'not';
    };
    await settle(clock.at + day);
    expect(receiving.posted).toEqual([body['partnerInvoiceId'], body['partnerInvoiceId']]);
    expect(await deliveries()).toEqual([]);
  });

  it('what cannot be billed is refused by name', async () => {
    const { sendCdr, issue, operator, at } = await haveInvoicing();
    await sendCdr('A');
    for (const [form, code, path] of [
      [{ month: '2026-13' }, 'INVALID_REQUEST', 'body.month'],
      [{ currency: 'euro' }, 'INVALID_REQUEST', 'body.currency'],
      ...['', ' R-1', 'R-1 ', 'R\n1', 'Nº 1', 'R-\u{1f697}', 'x'.repeat(256)].map(
        (invoiceNumber) => [{ invoiceNumber }, 'INVALID_REQUEST', 'body.invoiceNumber'] as const,
      ),
      [{ party: { countryCode: 'AT', partyId: 'OUR' } }, 'INVALID_REQUEST', 'body.party'],
      [{ currency: 'CHF' }, 'INVOICE_EMPTY', ''],
      [{ month: '2026-02' }, 'INVOICE_EMPTY', ''],
    ] as const) {
      const answer = await issue('R-1', form);
      expect([answer.code, JSON.stringify(answer.body)]).toEqual([
        code,
        expect.stringContaining(path),
      ]);
    }
    await issue('R-1');
    await sendCdr('B', { endDateTime: '2026-04-02T00:00:00.000Z' });
    expect((await issue('R-1', { month: '2026-04' })).code).toBe('INVOICE_NUMBER_USED');
    const nobody = await operator.call('GET', `${at}/inv_x`);
    expect(nobody.code).toBe('PARTNER_INVOICE_NOT_FOUND');
    const elsewhere = await operator.call('POST', '/partners/ptn_x/invoices', {
      ...{ invoiceNumber: 'R-1', ...march },
    });
    expect(elsewhere.code).toBe('PARTNER_NOT_FOUND');
  });

  it('a partner that reads alone finds the record; one of an older version has no such module, and its delivery says so', async () => {
    const reading = await haveInvoicing('2.3.0', []);
    await reading.sendCdr('A');
    await reading.issue('R-1');
    await reading.settle();
    expect(reading.taken()).toEqual([]);
    expect(await reading.partner.list(module)).toMatchObject([{ invoice_id: 'R-1' }]);

    const older = await haveInvoicing('2.2.1', []);
    await older.sendCdr('A');
    const { body } = await older.issue('R-1');
    await older.settle();
    expect((await older.partner.send('GET', module)).http).toBe(404);
    const delivery = `/partners/${older.partnerId}/deliveries/${body['deliveryId']}`;
    expect((await older.operator.call('GET', delivery)).body).toMatchObject({
      state: 'impossible',
      reason: 'The version has no records of invoices.',
    });
  });

  it('another partner of the operator sees nothing of it, and owes nothing of it', async () => {
    const { sendCdr, issue } = await haveInvoicing();
    const other = await haveInvoicing();
    await sendCdr('A');
    await issue('R-1');
    expect(await other.partner.list(module)).toEqual([]);
    expect((await other.issue('R-1')).code).toBe('INVOICE_EMPTY');
  });
});
