import '../quiet.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { chargerKey } from '../../../core/charger/charger-key.ts';
import { takeOver } from '../../../lambdas/store/chargers/connections.ts';
import { noteFirmwareUploaded, readFirmware } from '../../../lambdas/store/files/firmware.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { rootValidUntil } from '../../core/certificate/root-valid-until.ts';
import { ecRoot } from '../../core/command/root-certificates.ts';
import { newOperator, type TestOperator } from '../plant.ts';

process.env['FILES_URL'] = 'https://files.example';

let database: TestDatabase;
beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});
afterEach(() => {
  vi.useRealTimers();
});

const form = { version: '2.0', fileName: 'a.bin', bytes: 1, sha256: '0'.repeat(64) };

const register = async (operator: TestOperator, certificate: string) =>
  await operator.call('POST', '/firmware', {
    ...form,
    signed: { certificate, signature: 'c2lnbmVk' },
  });

/** A connected charger, and an uploaded firmware whose certificate is valid for so many ms more. */
async function signedFirmware(ms: number) {
  const operator = await newOperator(database);
  await operator.call('POST', '/chargers', { chargerId: 'CP-1' });
  await takeOver(database, chargerKey(operator.operatorId, 'CP-1'), {
    ...{ connectionId: 'c-1', protocol: 'ocpp2.0.1', connectedAt: new Date().toISOString() },
  });
  const validTo = Math.floor((Date.now() + ms) / 1000) * 1000;
  const registered = await register(operator, rootValidUntil(validTo));
  const firmwareId = String(registered.body['firmwareId']);
  const own = await readFirmware(database, operator.operatorId, firmwareId);
  if (own === undefined) throw new Error('The firmware was not registered');
  await noteFirmwareUploaded(database, own, new Date().toISOString());
  const update = async (more: object = {}) =>
    await operator.call('POST', '/chargers/CP-1/commands', {
      ...{ type: 'update-firmware', firmwareId, ...more },
    });
  const campaign = async () =>
    await operator.call('POST', '/firmware-campaigns', {
      ...{ firmwareId, chargers: { chargerIds: ['CP-1'] } },
    });
  return { validTo, update, campaign };
}

const refusal = { code: 'CERTIFICATE_EXPIRED', body: { details: [{ path: 'body.firmwareId' }] } };

describe('the certificate of a registered firmware', () => {
  it('a firmware is refused whose certificate no charger would use, since its campaign would send it to all of them', async () => {
    const operator = await newOperator(database);
    expect(await register(operator, 'PEM')).toMatchObject({
      code: 'CERTIFICATE_UNREADABLE',
      body: { details: [{ path: 'body.signed.certificate' }] },
    });
    expect(await register(operator, ecRoot)).toMatchObject({ status: 201, body: { signed: true } });
  });

  it('an update is refused that a charger is to retrieve when the certificate of its firmware has expired', async () => {
    const { validTo, update } = await signedFirmware(3_600_000);
    const at = (ms: number) => ({ retrieveAt: new Date(validTo + ms).toISOString() });
    expect(await update(at(1_000))).toMatchObject(refusal);
    expect(await update(at(0))).toMatchObject({ status: 202 });
  });

  it('neither an update nor a campaign is begun with a firmware whose certificate has expired since it was registered', async () => {
    const { validTo, update, campaign } = await signedFirmware(3_600_000);
    vi.useFakeTimers({ toFake: ['Date'], now: validTo + 1 });
    expect(await update()).toMatchObject(refusal);
    expect(await campaign()).toMatchObject(refusal);
    vi.setSystemTime(validTo);
    expect(await update()).toMatchObject({ status: 202 });
    expect(await campaign()).toMatchObject({ status: 201 });
  });
});
