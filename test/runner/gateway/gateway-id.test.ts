import { expect, it } from 'vitest';
import { newGatewayId } from '../../../runner/gateway/gateway-id.ts';

it('ids of requests, messages and connections have the form of API Gateway, and no two are the same', () => {
  const ids = Array.from({ length: 10_000 }, newGatewayId);
  for (const id of ids) expect(id).toMatch(/^[\w-]{15}=$/);
  expect(new Set(ids).size).toBe(ids.length);
});
