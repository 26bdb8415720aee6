import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkSignedValues, type DeliveredValue } from '../../../core/ocmf/check-signed-values.ts';
import { findSignedRecords } from '../../../core/ocmf/find-signed-records.ts';
import { parseOcmf } from '../../../core/ocmf/parse-ocmf.ts';
import { type PublicKeyText, verifyOcmf } from '../../../core/ocmf/verify-ocmf.ts';
import {
  compressedPointOf,
  curveNames,
  newSigner,
  pointOf,
  type Signer,
  samplePayload,
  sampleReading,
  signatureOf,
  signedRecord,
} from './sign-record.ts';

const payload = JSON.stringify(samplePayload());
const spkiHex = ({ spki }: Signer): PublicKeyText => ({ text: spki.toString('hex') });

const delivered = (value: string): DeliveredValue => ({ value });

/** The encodings in which public keys are published. */
const keyForms = (signer: Signer): Readonly<Record<string, string>> => {
  const { spki } = signer;
  const hex = spki.toString('hex');
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  return {
    'SPKI in hex': hex,
    'SPKI as printed': (hex.toUpperCase().match(/.{1,4}/g) ?? []).join(' '),
    'SPKI with colons': (hex.match(/../g) ?? []).join(':'),
    'SPKI with 0x': `0x${hex}`,
    'SPKI in base64': spki.toString('base64'),
    'X and Y in hex': pointOf(signer).subarray(1).toString('hex'),
    'X and Y in base64': pointOf(signer).subarray(1).toString('base64'),
    '04, X and Y in hex': pointOf(signer).toString('hex'),
    'compressed in hex': compressedPointOf(signer).toString('hex'),
    'compressed in base64': compressedPointOf(signer).toString('base64'),
    'OCA base16': `oca:base16:asn1:${hex.toUpperCase()}`,
    'OCA base16 as printed, in base64': base64(`oca:base16:asn1:0x${hex.match(/../g)?.join('.')}`),
    'OCA base64, in base64': base64(`oca:base64:asn1:${spki.toString('base64')}`),
  };
};

describe.each(curveNames)('verifyOcmf on curve %s', (curve) => {
  const signer = newSigner(curve);
  const record = signedRecord(signer, payload);

  it('verifyOcmf accepts a record with its key in any encoding', () => {
    for (const [form, text] of Object.entries(keyForms(signer))) {
      expect([form, verifyOcmf(record, { text }).kind]).toEqual([form, 'valid']);
    }
  });

  it('verifyOcmf accepts DER and raw signatures, in hex or base64', () => {
    const raw = signatureOf(signer, payload, 'ieee-p1363');
    const der = signatureOf(signer, payload);
    const inBase64 = { SD: der.toString('base64'), SE: 'base64' };

    const verdicts = [{ SD: raw.toString('hex') }, inBase64].map((section) =>
      verifyOcmf(signedRecord(signer, payload, section), spkiHex(signer)),
    );

    expect(verdicts).toMatchObject([
      { kind: 'valid', curve, signatureForm: 'raw', remarks: ['RAW_SIGNATURE', 'VALUE_AS_TEXT'] },
      { kind: 'valid', curve, signatureForm: 'der', remarks: ['VALUE_AS_TEXT'] },
    ]);
  });

  it('verifyOcmf accepts a correctly signed payload with any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const said = JSON.stringify({ ...samplePayload(), TT: text.replaceAll('|', '/') });
        expect(verifyOcmf(signedRecord(signer, said), spkiHex(signer)).kind).toBe('valid');
      }),
      { numRuns: 10 },
    );
  });

  it('verifyOcmf rejects a record with the key of another meter', () => {
    expect(verifyOcmf(record, spkiHex(newSigner(curve)))).toMatchObject({
      kind: 'invalid',
      reason: 'SIGNATURE_DOES_NOT_MATCH',
    });
  });

  it('verifyOcmf rejects a record with a key on another curve', () => {
    const other = newSigner(curve === 'secp256k1' ? 'secp256r1' : 'secp256k1');

    expect(verifyOcmf(record, spkiHex(other))).toMatchObject({
      kind: 'invalid',
      reason: 'KEY_OF_ANOTHER_CURVE',
    });
  });
});

describe('signature over the payload', () => {
  const signer = newSigner('secp192r1');
  const record = Buffer.from(signedRecord(signer, payload));
  const length = Buffer.from(payload).length;

  it('verifyOcmf rejects a record in which any one byte of the payload differs', () => {
    for (let at = 5; at < 5 + length; at += 1) {
      const changed = Buffer.from(record);
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 7));
      expect([at, verifyOcmf(changed, spkiHex(signer)).kind]).toEqual([at, 'invalid']);
    }
  });

  it('verifyOcmf rejects a payload that was parsed and serialized again', () => {
    const spaced = payload.replace('"1833.50"', '1833.50');
    const again = JSON.stringify(JSON.parse(spaced));

    expect(verifyOcmf(signedRecord(signer, spaced), spkiHex(signer)).kind).toBe('valid');
    expect(
      verifyOcmf(
        signedRecord(signer, again, { SD: signatureOf(signer, spaced).toString('hex') }),
        spkiHex(signer),
      ).kind,
    ).toBe('invalid');
  });

  it('verifyOcmf rejects an additional space in the payload, but not around the record', () => {
    const text = record.toString();

    for (const spaced of [text.replace('|{', '| {'), text.replace('}|', '} |')]) {
      expect(verifyOcmf(spaced, spkiHex(signer)).kind).toBe('invalid');
    }
    expect(verifyOcmf(` ${text} `, spkiHex(signer)).kind).toBe('valid');
  });

  it('verifyOcmf rejects a signature whose r or s is zero or not below the order of the curve', () => {
    for (const half of ['00'.repeat(24), 'ff'.repeat(24)]) {
      const sd = signatureOf(signer, payload, 'ieee-p1363').toString('hex');
      for (const SD of [half + sd.slice(48), sd.slice(0, 48) + half, half + half]) {
        expect(verifyOcmf(signedRecord(signer, payload, { SD }), spkiHex(signer))).toMatchObject({
          kind: 'invalid',
          reason: 'SIGNATURE_DOES_NOT_MATCH',
        });
      }
    }
  });
});

describe('arbitrary input', () => {
  const signer = newSigner('secp256r1');
  const record = signedRecord(signer, payload);
  const known = Buffer.from(record);

  it('verifyOcmf and checkSignedValues never throw on arbitrary input', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string().map((text) => `OCMF|${text}`),
      fc.json().map((json) => `OCMF|${json}|{}`),
      fc.json().map((json) => `OCMF|{"RD":${json}}|${json}`),
      fc
        .json()
        .map((json) => `OCMF|{"RD":[{"TM":${json},"RV":${json},"EF":${json}}]}|{"SD":${json}}`),
      fc.tuple(fc.nat(known.length), fc.uint8Array()).map(([at, bytes]) => {
        return Buffer.concat([known.subarray(0, at), bytes, known.subarray(at + bytes.length)]);
      }),
    );
    fc.assert(
      fc.property(anything, fc.string(), (received, key) => {
        const keys = [{ text: key }, spkiHex(signer), undefined];
        for (const each of keys) expect(() => verifyOcmf(received, each)).not.toThrow();
        const text = typeof received === 'string' ? received : received.toString('latin1');
        expect(() =>
          checkSignedValues([text, key].map(delivered), () => [spkiHex(signer)]),
        ).not.toThrow();
      }),
      { numRuns: 150 },
    );
  });

  it('findSignedRecords finds an unchanged record in any nesting of encodings', () => {
    const quoted = (text: string) =>
      text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    const wrappings: readonly ((text: string) => string)[] = [
      (text) => Buffer.from(text).toString('hex'),
      (text) => Buffer.from(text).toString('base64'),
      (text) => JSON.stringify({ signedMeterData: text, encodingMethod: 'OCMF', publicKey: '' }),
      (text) => JSON.stringify({ signedMeterValue: text }),
      (text) =>
        `<values><value><signedData format="OCMF">${quoted(text)}</signedData></value></values>`,
    ];
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...wrappings), { maxLength: 4 }),
        fc.string({ unit: 'grapheme' }),
        (around, text) => {
          const inner = `OCMF|${JSON.stringify({ TT: text })}|{}`;
          const value = around.reduce((wrapped, wrap) => wrap(wrapped), inner);

          expect(findSignedRecords(value)).toEqual([{ format: 'ocmf', record: inner }]);
        },
      ),
    );
  });

  it('parseOcmf keeps every byte of the signed payload', () => {
    fc.assert(
      fc.property(fc.json({ noUnicodeString: false }), (json) => {
        const text = `{"RD":${json.replaceAll('|', '/')}}`;
        const parsed = parseOcmf(`OCMF|${text}|{}`);

        expect(parsed.kind === 'record' && Buffer.from(parsed.record.payload).toString()).toBe(
          text,
        );
      }),
    );
  });

  it('checkSignedValues gives the same result for records in any order and repetition', () => {
    const begin = signedRecord(signer, samplePayload({ RD: [sampleReading('B', 10, '1')] }));
    const end = signedRecord(
      signer,
      samplePayload({ RD: [sampleReading('E', 11, '2')], PG: 'T13' }),
    );
    const values = [begin, end, record, Buffer.from(end).toString('base64'), 'noise'];
    const keys = () => [spkiHex(signer)];
    fc.assert(
      fc.property(fc.shuffledSubarray([...values, ...values], { minLength: 10 }), (shuffled) => {
        expect(checkSignedValues(shuffled.map(delivered), keys)).toEqual(
          checkSignedValues(values.map(delivered), keys),
        );
      }),
      { numRuns: 5 },
    );
  });
});
