import '../quiet.ts';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileReceiptScript } from '../../../build/receipt-script.ts';
import { readTransparencyXml } from '../../../core/ocmf/read-transparency-xml.ts';
import type { Attempt } from '../../../core/payment/attempt.ts';
import { withCdr } from '../../../core/payment/bill.ts';
import { answerRequest } from '../../../lambdas/api/answer-request.ts';
import { apiErrors } from '../../../lambdas/api/errors.ts';
import { followAttempt } from '../../../lambdas/api/payments/pay/follow-attempt.ts';
import { receiptPage } from '../../../lambdas/api/receipts/receipt-page.ts';
import { httpResponse } from '../../../lambdas/http/http-response.ts';
import { changeBill } from '../../../lambdas/store/payments/bills.ts';
import { charge, openSignedSite, registerKey, signedEnds } from '../cdr/signed-plant.ts';
import { matched } from '../http-event.ts';
import { type Body, newOperator } from '../plant.ts';
import { testServices } from '../test-services.ts';
import { type TestSite, verdictOn } from '../test-site.ts';

let site: TestSite;
let cdr: Body;

beforeAll(async () => {
  process.env['FILES_URL'] = 'https://api.example';
  site = await openSignedSite();
  const charger = await site.register();
  await registerKey(site, charger, { connectorId: 1 });
  cdr = (await charge(site, charger, signedEnds())) as Body;
});
afterAll(async () => {
  await site.close();
});

/** Opens a path without a key, as whoever has the link does. */
const visit = async (path: string, accept = 'application/json') => {
  const { routeKey, pathParameters, queryStringParameters } = matched('GET', path);
  const request = {
    routeKey,
    path: pathParameters,
    query: queryStringParameters,
    headers: { accept },
    body: undefined,
    base64: false,
  };
  const served = await answerRequest(site.database, request, Date.now(), testServices);
  return httpResponse(served, apiErrors);
};

const linkOf = async (): Promise<string> => {
  const { body } = await site.call('POST', `/cdrs/${cdr['cdrId']}/receipt`);
  return String(body['receiptUrl']).replace('https://api.example', '');
};

describe('the receipt of a session', () => {
  it('whoever has the link sees bill, meter and signed values without a key, and nothing of who charged', async () => {
    const path = await linkOf();
    expect(path).toMatch(/^\/receipts\/[a-z2-7]{32}$/);
    const { statusCode, body = '' } = await visit(path);
    expect(statusCode).toBe(200);
    const receipt = JSON.parse(body);
    expect(receipt).toMatchObject({
      state: 'final',
      cdrId: cdr['cdrId'],
      issuedBy: 'Test',
      energyKwh: 7.004,
      meterStart: { wh: 1000 },
      meterStop: { wh: 8004 },
      lines: [{ component: 'ENERGY' }],
      total: cdr['total'],
      signedEnergyKwh: 7.004,
      signedValues: [{ verdict: 'valid' }, { verdict: 'valid' }],
    });
    expect(body).not.toContain(String(cdr['tokenId']));
    const page = (await visit(path, 'text/html,*/*')).body ?? '';
    for (const text of ['7.004 kWh', '1 kWh', '8.004 kWh', 'VAT', 'How to check', 'OCMF|']) {
      expect(page).toContain(text);
    }
    expect(page).not.toMatch(/https?:\/\//);
  });

  it('a session has one link however often it is asked for, its CDR shows it and stays as it was sealed, and revoked it opens nothing', async () => {
    const path = await linkOf();
    expect(await linkOf()).toBe(path);
    const shown = (await site.call('GET', `/cdrs/${cdr['cdrId']}`)).body;
    expect(shown['receiptUrl']).toBe(`https://api.example${path}`);
    expect((await verdictOn(site, shown)).valid).toBe(true);

    const link = `/cdrs/${cdr['cdrId']}/receipt`;
    expect((await site.call('DELETE', link)).status).toBe(204);
    expect((await site.call('DELETE', link)).code).toBe('RECEIPT_NOT_FOUND');
    expect((await visit(path)).statusCode).toBe(404);
    const page = await visit(path, 'text/html');
    expect([page.statusCode, page.body?.includes('No receipt')]).toEqual([404, true]);
    expect(await linkOf()).not.toBe(path);
    const other = await newOperator(site.database, 'Other');
    expect((await other.call('POST', link)).code).toBe('CDR_NOT_FOUND');
  });

  it('a link that was revoked stays revoked when its driver looks again, until the operator makes another one', async () => {
    const { operatorId } = site.operator;
    const sessionId = String(cdr['sessionId']);
    await changeBill(site.database, { operatorId, shard: 0, sessionId }, (bill) =>
      withCdr(bill, cdr as never),
    );
    const shownToDriver = async () => {
      const attempt = { operatorId, sessionId } as Attempt;
      const now = new Date().toISOString();
      return (await followAttempt(site.database, attempt, now)).receiptUrl;
    };
    const link = `/cdrs/${cdr['cdrId']}/receipt`;
    const first = await shownToDriver();
    expect(first).toContain(await linkOf());
    await site.call('DELETE', link);

    expect(await shownToDriver()).toBeUndefined();
    expect(await shownToDriver()).toBeUndefined();
    expect((await site.call('GET', `/cdrs/${cdr['cdrId']}`)).body['receiptUrl'] ?? null).toBeNull();
    expect((await site.call('DELETE', link)).code).toBe('RECEIPT_NOT_FOUND');
    const again = await linkOf();
    expect(first).not.toContain(again);
    expect(await shownToDriver()).toContain(again);
  });

  it('the file that the page offers holds each signed value with its key, as the Transparenzsoftware reads them', async () => {
    const page = (await visit(await linkOf(), 'text/html')).body ?? '';
    const file = /href="data:application\/xml;base64,([^"]+)"/.exec(page)?.[1] ?? '';
    const values = readTransparencyXml(Buffer.from(file, 'base64').toString('utf8'));
    expect(values).toHaveLength(2);
    for (const { data, format, publicKey } of values) {
      expect([data.startsWith('OCMF|'), format, typeof publicKey]).toEqual([
        true,
        'OCMF',
        'string',
      ]);
    }
  });

  it('texts of an operator or a charger are shown and never run', async () => {
    const receipt = JSON.parse((await visit(await linkOf())).body ?? '');
    const evil = '</script><script>alert(1)</script>"\'&';
    const value = { ...receipt.signedValues[0], record: evil, publicKey: evil, contexts: [evil] };
    const place = { name: evil, address: evil, city: evil, country: evil };
    const page = receiptPage({
      ...receipt,
      place,
      issuedBy: evil,
      issuer: {
        ...{ name: evil, addressLines: [evil], postalCode: evil, city: evil },
        ...{ country: evil, vatId: evil, registration: evil },
      },
      chargerId: evil,
      tariffName: evil,
      meterSerial: evil,
      signedValues: [value],
      lines: [{ ...receipt.lines[0], reason: evil }],
    });
    expect(page).not.toContain('<script>alert');
    expect(page.match(/<script\b/g)).toHaveLength(2);
  });

  it('the script that is served is the verifier as it is now (npm run generate)', async () => {
    const path = '../../../lambdas/api/receipts/generated/receipt-script.ts';
    const generated = readFileSync(fileURLToPath(new URL(path, import.meta.url)), 'utf8');
    expect(generated).toBe(await compileReceiptScript());
    const { headers, body } = await visit('/receipts/receipt.js');
    expect(String(headers?.['content-type'])).toContain('text/javascript');
    expect(body?.length).toBeLessThan(100_000);
  });
});
