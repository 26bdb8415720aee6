import { describe, expect, it } from 'vitest';
import { giveFirmware } from '../../../lambdas/files/give-firmware.ts';

const now = Date.UTC(2026, 4, 1);
const objectKey = 'firmware/op/fw';
const asked = { method: 'GET', range: undefined, now } as const;

describe('a firmware that a charger downloads', () => {
  it('a small firmware is given at once, in the range that the charger asks for', async () => {
    const ranges: (string | undefined)[] = [];
    const call = async (
      _request: object,
      { range }: { readonly range?: string | undefined } = {},
    ) => {
      ranges.push(range);
      const headers = { 'content-range': 'bytes 0-1/4', 'x-amz-request-id': 'secret' };
      return new Response('ab', { status: 206, headers });
    };
    const given = await giveFirmware(
      call,
      { objectKey, bytes: 4 },
      { ...asked, range: 'bytes=0-1' },
    );

    expect(ranges).toEqual(['bytes=0-1']);
    expect(given).toMatchObject({
      statusCode: 206,
      isBase64Encoded: true,
      body: Buffer.from('ab').toString('base64'),
      headers: { 'content-range': 'bytes 0-1/4' },
    });
    expect(JSON.stringify(given)).not.toContain('secret');
  });

  it('a large firmware, and any that is only looked at, is found by a redirect to S3', async () => {
    const never = async () => await Promise.reject(new Error('S3 is not called'));
    const large = await giveFirmware(never, { objectKey, bytes: 5_000_000 }, asked);
    const head = await giveFirmware(never, { objectKey, bytes: 4 }, { ...asked, method: 'HEAD' });

    for (const answer of [large, head]) {
      expect(answer).toMatchObject({ statusCode: 302 });
      expect(JSON.stringify(answer)).toContain(`/${objectKey}?`);
    }
  });

  it('a firmware that was deleted is gone, by whichever status S3 says so', async () => {
    for (const status of [403, 404]) {
      const call = async () => new Response(null, { status });

      expect(await giveFirmware(call, { objectKey, bytes: 4 }, asked)).toBe('gone');
    }
  });
});
