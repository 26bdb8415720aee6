import '../quiet.ts';
import { describe, expect, it } from 'vitest';
import { expectDescribed } from '../expect-described.ts';

const token = {
  tokenId: 'TAG',
  accountId: null,
  parentTokenId: null,
  validFrom: null,
  validUntil: null,
  allowedChargers: null,
};

describe('the check of answers by GET /openapi.json', () => {
  it.each([
    ['a status', { status: 418, body: undefined }],
    ['an error', { status: 404, body: { code: 'CDR_NOT_FOUND', message: 'No.', details: [] } }],
    ['a property', { status: 200, body: { ...token, colour: 'red' } }],
    ['a type', { status: 200, body: { ...token, tokenId: 7 } }],
    ['no body', { status: 200, body: undefined }],
    ['a body', { status: 204, body: token }],
  ])('%s that the description does not have fails the test that gets it', (_what, answer) => {
    expect(() => expectDescribed('GET', '/tokens/TAG', answer)).toThrow(
      /^GET \/tokens\/\{tokenId\} is answered otherwise: /,
    );
  });

  it('an answer of a path that the description does not have is no other than 404', () => {
    const answer = { status: 404, body: { code: 'ROUTE_NOT_FOUND', message: 'No.', details: [] } };

    expect(() => expectDescribed('GET', '/nothing', answer)).not.toThrow();
    expect(() => expectDescribed('GET', '/nothing', { status: 200, body: {} })).toThrow();
  });
});
