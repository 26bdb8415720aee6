import { describe, expect, test } from 'vitest';
import { hottestKey } from '../../bench/aws-bill/hottest-key.ts';
import { total, usageBySteps } from '../../bench/aws-bill/step-usage.ts';
import type { Usage } from '../../runner/runner-interfaces.ts';

const used = (
  operation: string,
  units: Usage['units'],
  key?: string,
  caller = 'S/Message',
): Usage => ({
  service: 'dynamodb',
  operation,
  caller,
  units,
  ...(key !== undefined && { key }),
});

describe('usage of a session', () => {
  const usages: readonly Usage[] = [
    used('PutItem', { request: 1, write: 1 }, 'a'),
    used('PutItem', { write: 1 }, 'list'),
    used('UpdateItem', { request: 2, write: 4 }, 'b'),
    used('BatchGetItem', { request: 1, read: 1.5 }),
    used('Query', { request: 1, read: 0.5 }, undefined, 'S/Cdr'),
    { service: 'kms', operation: 'Sign', caller: 'S/Cdr', units: { request: 1 } },
    { service: 'kms', operation: 'GetPublicKey', caller: 'S/Cdr', units: { request: 1 } },
    {
      service: 'lambda',
      operation: 'Invoke',
      caller: 'S/Cdr',
      units: { request: 1, milliseconds: 9 },
    },
    { service: 'apigateway', operation: 'WebSocketMessageIn', units: { message: 1 } },
  ];
  const steps = usageBySteps(usages, (address) => address.replace('S/', '').toLowerCase());

  test('requests count once, however many keys they write, and index writes count as units', () => {
    expect(steps.find(({ step }) => step === 'message')).toEqual({
      step: 'message',
      invocations: 0,
      milliseconds: 0,
      writeRequests: 3,
      readRequests: 1,
      writeUnits: 6,
      readUnits: 1.5,
      signatures: 0,
    });
  });

  test('only signing counts as a signature', () => {
    expect(total(steps, 'signatures')).toBe(1);
  });

  test('usage outside any function has no step name', () => {
    expect(steps.map(({ step }) => step)).toEqual(['message', 'cdr', '']);
  });

  test('the hottest key is the one with the most write units, including indexes', () => {
    expect(hottestKey(usages)).toEqual({ key: 'b', share: 4 / 6 });
  });

  test('there is no hottest key when nothing was written', () => {
    expect(hottestKey([used('Query', { request: 1, read: 1 })])).toEqual({ key: '', share: 0 });
  });
});
