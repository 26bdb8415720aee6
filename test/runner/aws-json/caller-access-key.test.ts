import { describe, expect, it } from 'vitest';
import { callerAccessKey } from '../../../runner/aws-json/caller-access-key.ts';

const keyOf = (scope: string): string =>
  callerAccessKey({
    authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=00`,
  });

describe('the caller of a service', () => {
  it('a request is its caller’s where it is signed for a day, a region and a service', () => {
    expect(keyOf('ASIAOCPP/20260314/eu-central-1/dynamodb/aws4_request')).toBe('ASIAOCPP');
  });

  it.each([
    'ASIAOCPP',
    'ASIAOCPP/20260314///aws4_request',
    'ASIAOCPP/20260314/eu-central-1//aws4_request',
    'ASIAOCPP/2026/eu-central-1/dynamodb/aws4_request',
    'ASIAOCPP/20260314/eu-central-1/dynamodb/aws5_request',
  ])('a request that AWS would refuse for its scope is nobody’s: %s', (scope) => {
    expect(keyOf(scope)).toBe('');
  });

  it('a request without a signature is nobody’s', () => {
    expect(callerAccessKey({})).toBe('');
  });
});
