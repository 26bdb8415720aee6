import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { verifyOcmf } from '../../cli/commands/verify-ocmf.ts';
import { newSigner, samplePayload, signatureOf, signedRecord } from '../core/ocmf/sign-record.ts';

const folder = mkdtempSync(join(tmpdir(), 'joulegate-ocmf-'));
afterAll(() => rmSync(folder, { recursive: true }));

const signer = newSigner('brainpoolP256r1');
const record = signedRecord(signer, samplePayload());
const hex = signer.spki.toString('hex');
const base64 = signer.spki.toString('base64');

const fileOf = (content: string | Uint8Array): string => {
  const path = join(folder, 'record');
  writeFileSync(path, content);
  return path;
};

const verify = (content: string | Uint8Array, key = hex, encoding?: string) =>
  verifyOcmf.run({
    positionals: [fileOf(content)],
    values: { 'public-key': key, ...(encoding !== undefined && { encoding }) },
  });

const valid = {
  exitCode: 0,
  json: {
    valid: true,
    algorithm: 'ECDSA-brainpoolP256r1-SHA256',
    readings: [
      { transaction: 'B', value: '1833.50', unit: 'kWh', at: '2026-03-02T09:00:00.000Z' },
      { transaction: 'E', value: '1846.00', unit: 'kWh', at: '2026-03-02T10:00:00.000Z' },
    ],
    pair: { energyKwh: '12.5', time: 'clock' },
  },
};

describe('joulegate verify-ocmf', () => {
  it('joulegate verify-ocmf verifies a record with its key, in hex or base64', async () => {
    expect(await verify(record)).toMatchObject(valid);
    expect(await verify(record, hex, 'hex')).toMatchObject(valid);
    expect(await verify(record, base64)).toMatchObject(valid);
    expect(await verify(record, base64, 'base64')).toMatchObject(valid);
  });

  it('joulegate verify-ocmf verifies the bytes of the file in any character encoding', async () => {
    const latin1 = Buffer.from(JSON.stringify(samplePayload({ TT: 'Säule' })), 'latin1');
    const section = {
      SA: 'ECDSA-brainpoolP256r1-SHA256',
      SD: signatureOf(signer, latin1).toString('hex'),
    };
    const content = Buffer.concat([
      Buffer.from('OCMF|'),
      latin1,
      Buffer.from(`|${JSON.stringify(section)}`),
    ]);

    expect(await verify(content)).toMatchObject(valid);
  });

  it('joulegate verify-ocmf ignores a line end that an editor appended', async () => {
    const { json } = await verify(record);

    expect(json).not.toHaveProperty('reason');
    expect((await verify(`${record}\n`)).json).toEqual(json);
    expect((await verify(`${record}\r\n`)).json).toEqual(json);
  });

  it('joulegate verify-ocmf verifies a record inside an OCPP value', async () => {
    const value = JSON.stringify({ signedMeterData: Buffer.from(record).toString('base64') });

    expect(await verify(value)).toMatchObject(valid);
  });

  it('joulegate verify-ocmf states the fault of a record', async () => {
    expect(await verify(record.replace('1846.00', '1847.00'))).toMatchObject({
      exitCode: 1,
      json: {
        valid: false,
        reason: 'SIGNATURE_DOES_NOT_MATCH',
        algorithm: 'ECDSA-brainpoolP256r1-SHA256',
        readings: [{ value: '1833.50' }, { value: '1847.00' }],
      },
    });
    expect(await verify('no record')).toMatchObject({
      exitCode: 1,
      json: { valid: false, reason: 'RECORD_MALFORMED', algorithm: null, readings: [] },
    });
    expect(await verify(record, base64, 'hex')).toMatchObject({
      exitCode: 1,
      json: { valid: false, reason: 'KEY_UNREADABLE' },
    });
  });

  it('joulegate verify-ocmf states why the Transparenzsoftware would refuse a valid record', async () => {
    const { text, json } = await verify(signedRecord(signer, samplePayload({ FV: '1.4' })));

    expect(json).toMatchObject({
      valid: true,
      refusedByTransparenzsoftware: ['FORMAT_VERSION_AHEAD'],
    });
    expect(text).toMatch(/^valid\n.*1846\.00 kWh.*Refused by the Transparenzsoftware/s);
  });

  it('joulegate verify-ocmf refuses unusable arguments', async () => {
    const twice = `<value><signedData>${record}</signedData></value>`.repeat(2);
    const missing = { positionals: [], values: {} };
    const nowhere = { positionals: [join(folder, 'nowhere')], values: { 'public-key': hex } };

    await expect(verify(twice)).rejects.toMatchObject({ code: 'CLI_DOCUMENT_MALFORMED' });
    await expect(verify(record, hex, 'utf8')).rejects.toMatchObject({ code: 'CLI_OPTION_INVALID' });
    await expect(verifyOcmf.run(missing)).rejects.toMatchObject({ code: 'CLI_ARGUMENT_MISSING' });
    await expect(verifyOcmf.run({ ...nowhere, positionals: [] })).rejects.toMatchObject({
      code: 'CLI_ARGUMENT_MISSING',
    });
    await expect(verifyOcmf.run(nowhere)).rejects.toMatchObject({ code: 'CLI_FILE_UNREADABLE' });
  });

  it.each([
    [record, 0, { valid: true }],
    [record.replace('1846.00', '1847.00'), 1, { valid: false }],
  ])(
    'joulegate verify-ocmf reads standard input and exits with a status',
    (input, status, answer) => {
      const words = ['cli/joulegate.ts', 'verify-ocmf', '--public-key', hex, '--json', '-'];

      const done = spawnSync(process.execPath, words, { input, encoding: 'utf8' });

      expect(done.status).toBe(status);
      expect(JSON.parse(done.stdout)).toMatchObject(answer);
    },
  );
});
