import { describe, expect, it } from 'vitest';
import { lawRegisterOf } from '../../../core/ocmf/billable-obis-register.ts';
import { parseOcmf } from '../../../core/ocmf/parse-ocmf.ts';

const recordOf = (received: string | Uint8Array) => {
  const parsed = parseOcmf(received);
  if (parsed.kind === 'malformed') throw new Error(parsed.message);
  return parsed.record;
};

const whole =
  'OCMF|{"FV":"1.0","PG":"T1","MS":"M-1","RD":[{"TM":"2026-03-02T10:00:00,500+0100 S","TX":"B","RV":2935.600,"RI":"1-b:1.8.0","RU":"kWh","ST":"G"}]}|{"SD":"00"}';

describe('parseOcmf', () => {
  it('parseOcmf keeps numbers as they are written', () => {
    const [reading] = recordOf(whole.replace('2935.600', '12345678901234567890.1230')).readings;

    expect(reading?.value).toBe('12345678901234567890.1230');
  });

  it('parseOcmf takes the signed bytes from between the first two bars', () => {
    expect(Buffer.from(recordOf(whole).payload).toString()).toBe(whole.split('|')[1]);
  });

  it('parseOcmf fills in the defaults of the format for a short signature section', () => {
    expect(recordOf(whole).signature).toEqual({
      algorithm: 'ECDSA-secp256r1-SHA256',
      encoding: 'hex',
      data: '00',
    });
  });

  it('parseOcmf reads user, charge point, gateway and meter of a record', () => {
    const record = recordOf(
      'OCMF|{"FV":"1.2","GI":"gi","GS":"gs","GV":"gv","PG":"F7","MV":"mv","MM":"mm","MS":"ms","MF":"mf","IS":false,"IL":"NONE","IF":["RFID_NONE",1],"IT":"NONE","ID":"","TT":"tt","CF":"cf","LC":{"LN":"cable","LI":1,"LR":2.50,"LU":"mOhm"},"CT":"EVSEID","CI":"DE*ABC*E1","RD":[{"TM":"2026-03-02T10:00:00,000+0100 R","CL":0.50}]}|{}',
    );

    expect(record).toMatchObject({
      formatVersion: '1.2',
      pagination: 'F7',
      gateway: { id: 'gi', serial: 'gs', version: 'gv' },
      meter: { vendor: 'mv', model: 'mm', serial: 'ms', firmware: 'mf' },
      user: { assigned: false, level: 'NONE', flags: ['RFID_NONE'], type: 'NONE', id: '' },
      chargePoint: { type: 'EVSEID', id: 'DE*ABC*E1' },
      tariffText: 'tt',
      controllerFirmware: 'cf',
      cable: { name: 'cable', id: '1', resistance: '2.50', unit: 'mOhm' },
      readings: [{ cumulatedLoss: '0.50', timeStatus: 'R' }],
      remarks: [],
    });
  });

  it('parseOcmf reads the time of a reading and its synchronization status', () => {
    expect(recordOf(whole).readings[0]).toMatchObject({
      at: BigInt(Date.parse('2026-03-02T09:00:00.500Z')),
      timeStatus: 'S',
    });
  });

  it.each([
    ['FORMAT_VERSION_MISSING', whole.replace('"FV":"1.0",', '')],
    ['FORMAT_VERSION_AHEAD', whole.replace('"1.0"', '"1.4"')],
    ['FORMAT_VERSION_AHEAD', whole.replace('"1.0"', '"1.10"')],
    ['FORMAT_VERSION_AHEAD', whole.replace('"1.0"', '"2.0"')],
    ['TEXT_AS_NUMBER', whole.replace('"1.0"', '1.0')],
    ['FIELD_MISTYPED', whole.replace('"M-1"', '"M-1","MV":{}')],
    ['FIELD_MISTYPED', whole.replace('"RD":[', '"RD":[7,')],
    ['FIELD_MISTYPED', whole.replace('2935.600', '[1]')],
    ['METER_SERIAL_MISSING', whole.replace('"M-1"', '" "')],
    ['PAGINATION_MISSING', whole.replace('"T1"', '"12"')],
    ['READINGS_MISSING', whole.replace(/"RD":.*\]/, '"RD":[]')],
    ['VALUE_AS_TEXT', whole.replace('2935.600', '"   2935.600"')],
    ['VALUE_UNREADABLE', whole.replace('2935.600', '"-"')],
    ['UNIT_UNKNOWN', whole.replace('kWh', 'sec')],
    ['TIME_UNREADABLE', whole.replace(' S"', '"')],
    ['TIME_UNREADABLE', whole.replace('+0100', '')],
    ['READING_EXTENDED', whole.replace('"RU"', '"XV":1,"RU"')],
    ['WHITESPACE_AROUND', ` ${whole}\r\n`],
    ['WHITESPACE_IN_PAYLOAD', whole.replace('"PG":', '"PG" :')],
    ['WHITESPACE_IN_PAYLOAD', whole.replace('"PG":', '\t"PG":')],
    ['PUBLIC_KEY_APPENDED', `${whole}|3059`],
    ['NOT_UTF8', Buffer.from(whole.replace('M-1', 'Zähler'), 'latin1')],
  ])('parseOcmf reads a record with the remark %s (case %#)', (remark, received) => {
    const known = ['VALUE_UNREADABLE', 'VALUE_AS_TEXT'];
    const { remarks } = recordOf(received);

    expect(remarks).toContain(remark);
    expect(remarks.filter((code) => code !== remark && !known.includes(code))).toEqual([]);
  });

  it('parseOcmf gives no remarks for a record that follows the format', () => {
    expect(recordOf(whole).remarks).toEqual([]);
    expect(recordOf(whole.replace('M-1', 'M , : { 1')).remarks).toEqual([]);
    expect(recordOf(whole.replace('1.0', '1.3')).remarks).toEqual([]);
  });

  it.each([
    ['a record with another header', whole.replace('OCMF', 'OCMG')],
    ['a record without a header', whole.slice(5)],
    ['a record with one section', 'OCMF|{}'],
    ['a record with one bar too many', `${whole}|a|b`],
    ['a payload that is a list', 'OCMF|[]|{}'],
    ['a payload that is cut off', 'OCMF|{"FV":|{}'],
    ['a signature section that is text', 'OCMF|{}|"00"'],
    ['a record that is far too long', `OCMF|{"TT":"${'x'.repeat(300_000)}"}|{}`],
    ['an empty record', ''],
  ])('parseOcmf rejects %s', (_about, received) => {
    expect(parseOcmf(received)).toMatchObject({ kind: 'malformed' });
  });
});

describe('parseOcmf with a very long record', () => {
  it('parseOcmf reads a very long record within three seconds even when every reading has its own fields', {
    timeout: 3000,
  }, () => {
    const own = Array.from({ length: 8000 }, (_, n) => ({ [`X${n}`]: 1 }));
    const { readings, remarks } = recordOf(
      `OCMF|${JSON.stringify({ FV: '1.0', RD: [{ RV: 1 }, ...own] })}|{}`,
    );

    expect(readings).toHaveLength(8001);
    expect(readings.every(({ value }) => value === '1')).toBe(true);
    expect(remarks).toContain('READING_EXTENDED');
  });
});

describe('lawRegisterOf', () => {
  it.each([
    ['1-b:1.8.0', 0x01, false],
    ['1-b:1.8.e', 0x01, false],
    ['1-0:1.8.0*198', 0x01, false],
    ['01-00:01.08.00.FF', 0x01, false],
    ['1-0:98.8.0.FF', 0x98, true],
    ['1-0:9E.8.0', 0x9e, false],
    ['01-00:B0.08.00*FF', 0xb0, false],
    ['01-00:b1.08.00*ff', 0xb1, true],
    ['01-00:B3.08.00*FF', 0xb3, true],
    ['01-00:C1.08.00*FF', 0xc1, true],
    ['01-00:C3.08.00*FF', 0xc3, true],
    ['01-00:C7.08.00*FF', 0xc7, false],
  ])(
    'lawRegisterOf reads %s as quantity %i with compensation %s',
    (obis, quantity, isCompensated) => {
      expect(lawRegisterOf(obis)).toEqual({ quantity, isCompensated });
    },
  );

  it.each([
    ['exported energy', '1-0:2.8.0'],
    ['power', '1-b:1.7.0'],
    ['the energy of the period', '1-b:1.9.0'],
    ['seconds', '01-00:00.08.06.FF'],
    ['a code beyond C7', '1-0:C8.8.0'],
    ['a code before B0', '1-0:AF.8.0'],
    ['another medium', '7-0:1.8.0'],
    ['text that is not an OBIS code', 'energy'],
    ['a missing code', undefined],
  ])('lawRegisterOf rejects %s', (_about, obis) => {
    expect(lawRegisterOf(obis)).toBeUndefined();
  });
});

describe('parseOcmf of text that is no record', () => {
  const padded = (length: number) => `OCMF|{}|{"SD":"${'0'.repeat(length - 17)}"}`;

  it.each([
    ['OCMF|{}', 'A record has the form OCMF|payload|signature, without any other bar.'],
    ['OCMF|[]|{}', 'The payload of the record is not a JSON object.'],
    ['OCMF|{|{}', 'The payload of the record is not a JSON object.'],
    ['OCMF|null|{}', 'The payload of the record is not a JSON object.'],
    ['OCMF|{}|[]', 'The signature section is not a JSON object.'],
    ['OCMF|{}|null', 'The signature section is not a JSON object.'],
    [padded(262_145), 'The record is longer than any meter writes.'],
  ])('parseOcmf says of %.20s… why it is none', (text, message) => {
    expect(parseOcmf(text)).toEqual({ kind: 'malformed', message });
  });

  it('parseOcmf reads a record of the greatest length that it takes', () => {
    expect(padded(262_144)).toHaveLength(262_144);
    expect(parseOcmf(padded(262_144))).toMatchObject({ kind: 'record' });
  });
});

describe('parseOcmf of what the format forbids', () => {
  const [, payload = ''] = whole.split('|');
  const remarksOf = (text: string) => recordOf(text).remarks;
  const withPayload = (changed: string) => whole.replace(payload, changed);

  it.each([
    ['before the payload', ` ${payload}`],
    ['after the payload', `${payload} `],
    ['after a comma', payload.replace(',', ', ')],
    ['before a colon', payload.replace(':', ' :')],
  ])('a space %s is remarked', (_, changed) => {
    expect(remarksOf(withPayload(changed))).toContain('WHITESPACE_IN_PAYLOAD');
  });

  it.each(['M 1', 'M, 1', 'M\\" : 1'])(
    'a space inside the text %j is nothing unusual',
    (serial) => {
      expect(remarksOf(whole.replace('M-1', serial))).toEqual([]);
    },
  );

  it.each([
    ['T1', false],
    ['F20', false],
    ['XT1', true],
    ['T1X', true],
    ['T', true],
    ['', true],
  ])('the pagination %j is remarked: %s', (pagination, isRemarked) => {
    const remarks = remarksOf(whole.replace('"T1"', JSON.stringify(pagination)));

    expect(remarks.includes('PAGINATION_MISSING')).toBe(isRemarked);
  });

  it.each([
    ['0.4', false],
    ['1.3', false],
    ['1.4', true],
    ['2.0', true],
  ])('the version %s is ahead of the format: %s', (version, isAhead) => {
    const remarks = remarksOf(whole.replace('"1.0"', JSON.stringify(version)));

    expect(remarks.includes('FORMAT_VERSION_AHEAD')).toBe(isAhead);
  });

  it('a public key behind the signature is kept without the space around it', () => {
    expect(recordOf(`${whole}| 3059 `)).toMatchObject({ appendedKey: '3059' });
    expect(recordOf(whole)).not.toHaveProperty('appendedKey');
    expect(recordOf(`${whole}| `)).not.toHaveProperty('appendedKey');
  });

  it.each(['1', '"true"', 'null'])(
    'a user who is assigned by %s is not known to be',
    (assigned) => {
      const record = recordOf(withPayload(payload.replace('{', `{"IS":${assigned},`)));

      expect(record.user).not.toHaveProperty('assigned');
    },
  );

  it('a field that is null is as if it were not there', () => {
    const record = recordOf(withPayload(payload.replace('{', '{"GI":null,')));

    expect(record.gateway).toEqual({});
    expect(record.remarks).toEqual([]);
  });

  it('a register number with space around it is read', () => {
    expect(lawRegisterOf(' 1-b:1.8.0 ')).toEqual(lawRegisterOf('1-b:1.8.0'));
    expect(lawRegisterOf(undefined)).toBeUndefined();
  });
});
