import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkRequest } from '../../../lambdas/authority/check-request.ts';
import { makeRequest, newPair, type Pair } from '../../core/certificate/make-request.ts';

const pair = newPair();
const verdictOn = (keys: { readonly pair?: Pair; readonly signer?: Pair }) => {
  const named = { names: ['CP-1'], organizations: ['Stadtwerke'] };
  const applicant = { chargerId: 'CP-1', organizations: ['Stadtwerke'] };
  return checkRequest(makeRequest({ ...named, pair, ...keys }), applicant);
};
const refusal = (reason: RegExp) => ({ kind: 'refused', reason: expect.stringMatching(reason) });

describe('the key of a request for a certificate', () => {
  it('a request is refused that another key has signed', () => {
    expect(verdictOn({ signer: newPair() })).toEqual(refusal(/signature/));
    expect(verdictOn({}).kind).toBe('fit');
  });

  it('a request is refused whose key OCPP does not allow, and one of RSA is certified as well', () => {
    const small = generateKeyPairSync('rsa', { modulusLength: 1024 });
    expect(verdictOn({ pair: small, signer: small })).toEqual(refusal(/key must be/));
    const odd = generateKeyPairSync('ec', { namedCurve: 'secp256k1' });
    expect(verdictOn({ pair: odd, signer: odd })).toEqual(refusal(/key must be/));
    const large = generateKeyPairSync('rsa', { modulusLength: 2048 });
    expect(verdictOn({ pair: large, signer: large }).kind).toBe('fit');
    expect(verdictOn({ pair: large, signer: pair })).toEqual(refusal(/own key/));
  });
});
