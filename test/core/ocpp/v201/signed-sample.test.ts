import { describe, expect, it } from 'vitest';
import { findSignedRecords } from '../../../../core/ocmf/find-signed-records.ts';
import { signedSampleOf } from '../../../../core/ocpp/v201/signed-sample.ts';

const record = 'OCMF|{"FV":"1.0","RD":[]}|{"SD":"3006020101020101"}';
const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('a sampled value of OCPP 2.x', () => {
  it.each([
    ['as 2.0.1 asks', { signingMethod: '', encodingMethod: 'OCMF', publicKey: '' }, undefined],
    ['as 2.1 allows, without what is empty', { encodingMethod: 'OCMF' }, undefined],
    [
      'with its key',
      { signingMethod: 'ECDSA-secp256r1-SHA256', encodingMethod: 'OCMF', publicKey: 'b2NhOg==' },
      'b2NhOg==',
    ],
  ])('carries a signed record %s', (_about, section, publicKey) => {
    const sample = signedSampleOf({
      context: 'Transaction.Begin',
      signedMeterValue: { signedMeterData: base64(record), ...section },
    });

    expect(sample).toMatchObject({ format: 'signed', context: 'Transaction.Begin', multiplier: 0 });
    expect(findSignedRecords(sample?.value ?? '')).toEqual([
      { format: 'ocmf', record, ...(publicKey !== undefined && { publicKey }) },
    ]);
  });

  it('says of what the record is, with the defaults of the standard', () => {
    const signedMeterValue = { signedMeterData: base64(record), encodingMethod: 'EDL' };
    const stated = { context: 'Transaction.End', phase: 'L1', location: 'Inlet' };

    expect(signedSampleOf({ signedMeterValue })).toMatchObject({
      context: 'Sample.Periodic',
      measurand: 'Energy.Active.Import.Register',
      location: 'Outlet',
    });
    expect(signedSampleOf({ ...stated, signedMeterValue })).toMatchObject(stated);
  });

  it('has none where the charger sent none', () => {
    expect(signedSampleOf({ context: 'Transaction.End' })).toBeUndefined();
  });
});
