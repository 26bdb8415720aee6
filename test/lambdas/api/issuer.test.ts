import '../quiet.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Attempt } from '../../../core/payment/attempt.ts';
import { withCdr } from '../../../core/payment/bill.ts';
import { IssuerForm, issuerView } from '../../../lambdas/api/issuer/issuer-form.ts';
import { issuerHtml } from '../../../lambdas/api/issuer/issuer-html.ts';
import { followAttempt } from '../../../lambdas/api/payments/pay/follow-attempt.ts';
import { changeBill } from '../../../lambdas/store/payments/bills.ts';
import { escapeHtml } from '../../../lambdas/view/escape-html.ts';
import { haveCpo, haveEmsp } from '../ocpi/cpo-partner.ts';
import { at, type Body, newOperator } from '../plant.ts';
import { testServices } from '../test-services.ts';
import { openSite, start, stop, type TestSite } from '../test-site.ts';
import { servePages } from './serve-pages.ts';

const issuer = {
  name: 'Juna Charge GmbH',
  addressLines: ['Lindenstraße 7', 'Hof 2'],
  postalCode: '10969',
  city: 'Berlin',
  country: 'DEU',
  vatId: 'DE123456789',
  registration: 'Amtsgericht Charlottenburg, HRB 12345',
};
const moved = { ...issuer, addressLines: ['Ahornallee 1'], postalCode: null, registration: null };

let site: TestSite;
let pages: Awaited<ReturnType<typeof servePages>>;

beforeAll(async () => {
  process.env['FILES_URL'] = 'https://api.example';
  site = await openSite({
    tokens: [{ tokenId: 'TAG1', accountId: 'acc' }],
    tariff: { name: 'AC', currency: 'EUR', perKwh: '0.50', vatPercent: '19' },
  });
  pages = await servePages(site.database, testServices);
});
beforeEach(async () => {
  expect((await site.call('PUT', '/settings', {})).status).toBe(200);
});
afterAll(async () => {
  pages.stop();
  await site.close();
});

const sells = async (who: object | null) =>
  expect((await site.call('PUT', '/settings', { issuer: who })).status).toBe(200);

/** Charges and gives the sealed CDR. */
const bill = async (): Promise<Body> => {
  await site.register();
  const charger = await site.heardAt(61);
  const { transactionId } = await charger.call('StartTransaction', start());
  await charger.call('StopTransaction', stop(Number(transactionId)));
  await site.settle();
  return await site.cdrOf((await site.sessions())[0]);
};

/** A page or its data, as its reader gets it. */
const open = async (url: string, accept: string, apiKey?: string): Promise<string> => {
  const headers = { accept, ...(apiKey && { authorization: `Bearer ${apiKey}` }) };
  return await (await fetch(url, { headers })).text();
};

const receiptAt = async (url: unknown) => {
  const at = `${pages.address}${new URL(String(url)).pathname}`;
  const page = await open(at, 'text/html');
  return { receipt: JSON.parse(await open(at, 'application/json')), page };
};

const issue = async (cdr: Body): Promise<unknown> =>
  (await site.call('POST', `/cdrs/${cdr['cdrId']}/receipt`)).body['receiptUrl'];

describe('who sells', () => {
  it('an operator says who sells, sees it, and takes it back by leaving it out; others do not see it', async () => {
    expect((await site.call('GET', '/settings')).body['issuer']).toBeNull();
    const set = await site.call('PUT', '/settings', { issuer });
    expect(set.body['issuer']).toEqual(issuer);
    expect((await site.call('GET', '/settings')).body['issuer']).toEqual(issuer);
    const other = await newOperator(site.database, 'Other');
    expect((await other.call('GET', '/settings')).body['issuer']).toBeNull();

    const shown = (await site.call('GET', '/settings')).body;
    expect((await site.call('PUT', '/settings', shown)).body).toEqual(shown);
    await site.call('PUT', '/settings', {});
    expect((await site.call('GET', '/settings')).body['issuer']).toBeNull();
  });

  it.each([
    ['no name', { name: ' ' }, 'name'],
    ['a name that is too long', { name: 'n'.repeat(101) }, 'name'],
    ['a name of two lines', { name: 'Juna\nCharge' }, 'name'],
    ['no address', { addressLines: [] }, 'addressLines'],
    ['five lines of address', { addressLines: ['1', '2', '3', '4', '5'] }, 'addressLines'],
    ['half a character', { city: 'Berlin\ud800' }, 'city'],
    ['a postal code that is too long', { postalCode: '1'.repeat(21) }, 'postalCode'],
    ['a country in words', { country: 'Germany' }, 'country'],
    ['a VAT id that its country does not write so', { vatId: 'DE12' }, 'vatId'],
    ['a registration that is too long', { registration: 'r'.repeat(201) }, 'registration'],
    ['a field that does not exist', { phone: '030' }, ''],
  ])('a seller with %s is refused by the name of the field', async (_, wrong, field) => {
    const { code, body } = await site.call('PUT', '/settings', { issuer: { ...issuer, ...wrong } });
    expect(code).toBe('INVALID_REQUEST');
    expect(JSON.stringify(body['details'])).toContain(`body.issuer${field && `.${field}`}`);
  });

  it('whatever is accepted as a line is shown as it is, and is never HTML', () => {
    const line = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }),
      fc.constantFrom('</dd><script>alert(1)</script>', '"\'&<>', '<!--', '&lt;'),
    );
    let accepted = 0;
    fc.assert(
      fc.property(line, line, line, (name, street, registration) => {
        const read = IssuerForm.safeParse({
          ...issuer,
          ...{ name, addressLines: [street], registration },
        });
        if (!read.success) return;
        accepted += 1;
        const html = issuerHtml(issuerView(read.data));
        for (const text of [name, street, registration]) {
          expect(html).toContain(escapeHtml(text.trim()));
        }
        expect(html.replaceAll(/<\/?(?:dl|dt|dd)>|<br>/g, '')).not.toMatch(/[<>]/);
      }),
    );
    expect(accepted).toBeGreaterThan(10);
  });
});

describe('the seller on a receipt', () => {
  it('a receipt names the seller with address, VAT id and registration', async () => {
    await sells(issuer);
    const { receipt, page } = await receiptAt(await issue(await bill()));
    expect(receipt).toMatchObject({ issuer, issuedBy: 'Test' });
    expect(page).toContain(
      '<dd>Juna Charge GmbH<br>Lindenstraße 7<br>Hof 2<br>10969 Berlin<br>DEU</dd>',
    );
    for (const text of ['<title>Receipt, Juna Charge GmbH', 'DE123456789', 'HRB 12345']) {
      expect(page).toContain(text);
    }
  });

  it('a receipt that was issued names the same seller whatever is set later, and one that is issued then the new one', async () => {
    await sells(issuer);
    const cdr = await bill();
    const issued = await issue(cdr);
    const before = await receiptAt(issued);

    for (const later of [moved, null]) {
      await sells(later);
      expect(await issue(cdr)).toBe(issued);
      expect(await receiptAt(issued)).toEqual(before);
    }
    await sells(moved);
    await site.call('DELETE', `/cdrs/${cdr['cdrId']}/receipt`);
    const { receipt, page } = await receiptAt(await issue(cdr));
    expect(receipt.issuer).toEqual(moved);
    expect(page).toContain('Ahornallee 1<br>Berlin<br>DEU');
    expect(page).not.toContain('Registration');
  });

  it('without a seller in the settings a receipt names the operator as before, also after one is set', async () => {
    const issued = await issue(await bill());
    await sells(issuer);
    const { receipt, page } = await receiptAt(issued);
    expect(receipt).toMatchObject({ issuer: null, issuedBy: 'Test' });
    expect(page).toContain('<h1>Receipt</h1><p class="quiet">Test</p>');
    expect(page).not.toContain('Issued by');
  });

  it('the receipt of a driver who paid by card names the seller of the moment when the driver first looked', async () => {
    await sells(issuer);
    const cdr = await bill();
    const { operatorId } = site.operator;
    const sessionId = String(cdr['sessionId']);
    await changeBill(site.database, { operatorId, shard: 0, sessionId }, (paid) =>
      withCdr(paid, cdr as never),
    );
    const look = async () =>
      (await followAttempt(site.database, { operatorId, sessionId } as Attempt, at(0))).receiptUrl;
    const first = await look();
    await sells(moved);
    expect(await look()).toBe(first);
    expect((await receiptAt(first)).receipt.issuer).toEqual(issuer);
  });
});

describe('the seller on statements and settlements', () => {
  it('a statement, which is made whenever it is asked for, names the seller of the settings as they are, and nobody without one', async () => {
    const cdr = await bill();
    const path = `/accounts/acc/statements/${String(cdr['endedAt']).slice(0, 7)}`;
    const page = async () =>
      await open(`${pages.address}${path}/page`, 'text/html', site.operator.apiKey);
    expect((await site.call('GET', path)).body['issuer']).toBeNull();
    expect(await page()).not.toContain('Issued by');

    for (const who of [issuer, moved]) {
      await sells(who);
      expect((await site.call('GET', path)).body['issuer']).toEqual(who);
      expect(await page()).toContain(issuerHtml(who));
    }
  });

  it('a settlement names who makes it as a statement does', async () => {
    const operator = await haveEmsp(site.database);
    const { partnerId } = await haveCpo(site.database, operator, '2.2.1');
    const path = `/partners/${partnerId}/settlements/2026-03`;
    const page = async () =>
      await open(`${pages.address}${path}/page`, 'text/html', operator.apiKey);
    expect((await operator.call('GET', path)).body['issuer']).toBeNull();
    expect(await page()).not.toContain('Issued by');

    await operator.call('PUT', '/settings', { issuer });
    expect((await operator.call('GET', path)).body['issuer']).toEqual(issuer);
    expect(await page()).toContain(issuerHtml(issuer));
  });
});
