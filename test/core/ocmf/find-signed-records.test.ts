import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findSignedRecords, holdsSignedRecord } from '../../../core/ocmf/find-signed-records.ts';

const record = 'OCMF|{"FV":"1.0"}|{"SD":"00"}';
const base64 = (text: string | Uint8Array) => Buffer.from(text).toString('base64');
const hex = (text: string) => Buffer.from(text).toString('hex');
const found = [{ format: 'ocmf', record }];

describe('findSignedRecords', () => {
  it.each([
    ['plain text', record],
    ['hexadecimal digits', hex(record)],
    ['uppercase hexadecimal digits', hex(record).toUpperCase()],
    ['base64', base64(record)],
    ['base64 without padding', base64(record).replace(/=+$/, '')],
    ['URL-safe base64', base64(record).replaceAll('+', '-').replaceAll('/', '_')],
    ['base64 with line breaks', base64(record).replace(/.{20}/g, '$&\r\n')],
    ['signedMeterData', JSON.stringify({ signedMeterData: base64(record), publicKey: '' })],
    ['unencoded signedMeterData', JSON.stringify({ signedMeterData: record })],
    ['signedMeterValue', JSON.stringify({ signedMeterValue: hex(record) })],
    ['a nested object', `{"signedMeterValue":{"signedMeterData":"${base64(record)}"}}`],
    ['a list of objects', `[{"value":1},{"signedMeterData":"${base64(record)}"}]`],
    ['XML', `<values><value><signedData>\n${record}\n</signedData></value></values>`],
    ['XML without a value element', `<signedData format="OCMF">${base64(record)}</signedData>`],
    ['older XML', `<values><value><encodedData>${hex(record)}</encodedData></value></values>`],
    ['XML with CDATA', `<value><signedData><![CDATA[ ${record} ]]></signedData></value>`],
    [
      'XML with entities',
      `<value><signedData>${record.replaceAll('"', '&quot;')}</signedData></value>`,
    ],
    [
      'XML with numbered entities',
      `<value><signedData>${record.replaceAll('|', '&#124;').replaceAll('{', '&#x7B;')}</signedData></value>`,
    ],
  ])('findSignedRecords finds a record in %s', (_about, value) => {
    expect(findSignedRecords(value)).toEqual(found);
  });

  it('findSignedRecords keeps the whitespace around a plain record', () => {
    expect(findSignedRecords(` ${record}\n`)).toEqual([{ format: 'ocmf', record: ` ${record}\n` }]);
  });

  it('findSignedRecords returns the public key sent with the record', () => {
    const inJson = JSON.stringify({ signedMeterData: base64(record), publicKey: 'b2Nh' });
    const inXml = `<value><signedData>${record}</signedData><publicKey encoding="hex">3059 30</publicKey></value>`;

    expect(findSignedRecords(inJson)).toEqual([{ format: 'ocmf', record, publicKey: 'b2Nh' }]);
    expect(findSignedRecords(inXml)).toEqual([{ format: 'ocmf', record, publicKey: '3059 30' }]);
  });

  it('findSignedRecords finds several records in one XML, each with its own key and format', () => {
    const value = [
      '<values>',
      `<value transactionId="1"><signedData format="OCMF">${record}</signedData><publicKey>AA</publicKey></value>`,
      '<value><signedData format="ISA_EDL_40_P" encoding="hex">0102</signedData></value>',
      '<value><publicKey>BB</publicKey></value>',
      '</values>',
    ].join('');

    expect(findSignedRecords(value)).toEqual([
      { format: 'ocmf', record, publicKey: 'AA' },
      { format: 'edl', record: '0102' },
    ]);
  });

  it.each([
    ['alfen', 'AP;0;3;AB;CD;', undefined],
    ['alfen', 'whatever', 'Alfen Eichrecht'],
    ['edl', base64(Buffer.from('1b1b1b1b0101010176', 'hex')), undefined],
    ['edl', 'whatever', 'EDL40 E-Mobility Extension'],
    ['mennekes', 'whatever', 'EDL40 Mennekes'],
    ['mennekes', '<ns:Billing xmlns:ns="x"></ns:Billing>', undefined],
    ['pcdf', '(A:1)(SG:00)', undefined],
    ['pcdf', 'whatever', 'PCDF'],
    ['ocmf', 'whatever', 'OCMF'],
    ['unknown', 'whatever', 'a format of tomorrow'],
    ['unknown', 'whatever', undefined],
    ['unknown', '{"signedMeterDate":"x"}', undefined],
    ['unknown', '{"signedMeterData":', undefined],
    ['unknown', '[]', undefined],
    ['unknown', '[[[[[[[[{"signedMeterData":"x"}]]]]]]]]', undefined],
    ['unknown', '<html></html>', undefined],
    ['unknown', '<value><signedData>never closed', undefined],
    ['unknown', '(A:1)', undefined],
    ['unknown', base64(Buffer.from([0xff, 0xfe])), undefined],
  ])(
    'findSignedRecords returns format %s with unchanged text: %s, declared as %s',
    (format, value, name) => {
      expect(findSignedRecords(value, name)).toEqual([{ format, record: value }]);
    },
  );

  it('findSignedRecords trusts the content over the declared format', () => {
    expect(findSignedRecords(record, 'ALFEN')).toEqual(found);
  });

  it('findSignedRecords keeps signedMeterData of another format in its encoding', () => {
    const signedMeterData = base64(Buffer.from([0xff, 1, 2]));

    expect(findSignedRecords(JSON.stringify({ signedMeterData, encodingMethod: 'EDL' }))).toEqual([
      { format: 'edl', record: signedMeterData },
    ]);
  });

  it('findSignedRecords finds no record in an empty value', () => {
    expect(findSignedRecords('')).toEqual([]);
    expect(findSignedRecords(' \n', 'OCMF')).toEqual([]);
  });

  it('findSignedRecords gives up on too many layers of encoding', () => {
    let value = record;
    for (let layers = 0; layers < 8; layers += 1) value = base64(value);

    expect(findSignedRecords(value)).toEqual([{ format: 'unknown', record: value }]);
  });

  it('findSignedRecords reads hostile input within two seconds', () => {
    const hostile = ['<value '.repeat(20_000), '&#x'.repeat(40_000), '<value>'.repeat(20_000)];

    for (const each of hostile) expect(findSignedRecords(`<${each}`)).toHaveLength(1);
  }, 2000);
});

describe('holdsSignedRecord', () => {
  it('holdsSignedRecord is true for a record in any encoding', () => {
    const inJson = JSON.stringify({ signedMeterData: 'of a format that nobody knows' });

    for (const value of [record, hex(record), base64(record), base64(hex(record)), inJson]) {
      expect([value, holdsSignedRecord(value)]).toEqual([value, true]);
    }
  });

  it('holdsSignedRecord is false for numbers, JSON and any other text', () => {
    const digits = fc.stringMatching(/^-?[0-9a-f]{1,60}([.,][0-9]{1,30})?$/);
    fc.assert(
      fc.property(fc.oneof(digits, fc.double().map(String), fc.string(), fc.json()), (value) => {
        expect(holdsSignedRecord(value)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});
