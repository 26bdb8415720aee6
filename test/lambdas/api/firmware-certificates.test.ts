import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { ecRoot } from '../../core/command/root-certificates.ts';
import { newOperator } from '../plant.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

const form = { version: '2.0', fileName: 'a.bin', bytes: 1, sha256: '0'.repeat(64) };

describe('the certificate of a registered firmware', () => {
  it('a firmware is refused whose certificate no charger would use, since its campaign would send it to all of them', async () => {
    const operator = await newOperator(database);
    const register = async (certificate: string) =>
      await operator.call('POST', '/firmware', {
        ...form,
        signed: { certificate, signature: 'c2lnbmVk' },
      });
    expect(await register('PEM')).toMatchObject({
      code: 'CERTIFICATE_UNREADABLE',
      body: { details: [{ path: 'body.signed.certificate' }] },
    });
    expect(await register(ecRoot)).toMatchObject({ status: 201, body: { signed: true } });
  });
});
