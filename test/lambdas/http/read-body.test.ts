import { describe, expect, it } from 'vitest';
import { readBody } from '../../../lambdas/http/read-body.ts';

/** A body as API Gateway hands it over: decoded where its media type is one of text, else in base64. */
const handedOver = (bytes: Buffer) => [
  readBody(bytes.toString('utf8'), false),
  readBody(bytes.toString('base64'), true),
];

const body = { name: 'Müller 東京 🚗' };
const text = JSON.stringify(body);

describe('the text of a body', () => {
  it('every letter of a body in UTF-8 is kept', () => {
    for (const read of handedOver(Buffer.from(text, 'utf8'))) {
      expect(read).toEqual({ kind: 'json', value: body });
    }
  });

  it.each([
    ['ISO 8859-1', Buffer.from('{"name":"Müller"}', 'latin1')],
    ['UTF-8 that ends within a letter', Buffer.from('{"name":"Mü', 'utf8').subarray(0, -1)],
    ['half of a surrogate pair in bytes', Buffer.from('7b226e223a22eda0bd227d', 'hex')],
    ['UTF-8 that lost a letter before', Buffer.from('{"name":"M\uFFFDller"}', 'utf8')],
  ])('a body in %s is refused, and not stored with letters missing', (_, bytes) => {
    for (const read of handedOver(bytes)) {
      expect(read).toEqual({ kind: 'malformed', reason: expect.stringContaining('not UTF-8') });
    }
  });

  it('a body in UTF-16 is refused', () => {
    for (const read of handedOver(Buffer.from(text, 'utf16le'))) {
      expect(read).toMatchObject({ kind: 'malformed' });
    }
  });

  it('the sign for a lost letter is a letter like any other where it is escaped', () => {
    expect(readBody('{"name":"M\\ufffdller"}', false)).toEqual({
      kind: 'json',
      value: { name: 'M\uFFFDller' },
    });
  });

  it.each([
    ['{"tokenId":"DK1","tokenId":"DK2"}', 'tokenId'],
    ['{"a":{"b":1},"c":[{"d\u0061":1,"da":2}]}', 'da'],
  ])(
    'of %s nobody can tell which value was meant, and it is refused by the name of its key',
    (twice, key) => {
      expect(readBody(twice, false)).toEqual({
        kind: 'malformed',
        reason: `The key "${key}" occurs twice in one object.`,
      });
    },
  );

  it('a key may occur again in another object, and in a text', () => {
    const again = { a: { a: 1 }, list: [{ a: 1 }, { a: 1 }], text: '"a":1,"a":2' };
    expect(readBody(JSON.stringify(again), false)).toEqual({ kind: 'json', value: again });
  });
});
