import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { multipartFile } from '../../../lambdas/files/multipart-file.ts';

const form = async (name: string | undefined, content: Uint8Array<ArrayBuffer>) => {
  const data = new FormData();
  data.append('kind', 'diagnostics');
  data.append('file', new Blob([content]), name);
  const response = new Response(data);
  return {
    type: response.headers.get('content-type') ?? '',
    body: Buffer.from(await response.arrayBuffer()),
  };
};

describe('a log that comes as a form', () => {
  it('the file of a form is found with its name, whatever it contains', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        const content = Uint8Array.from([13, 10, ...bytes, 13, 10]);
        const { body, type } = await form('charger.log', content);
        const found = multipartFile(body, type);

        expect(found?.name).toBe('charger.log');
        expect(Buffer.from(content).equals(found?.content ?? Buffer.alloc(0))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('any other body is no form, and a form that breaks off has no file', async () => {
    const { body, type } = await form('charger.log', Uint8Array.from([1, 2, 3]));

    expect(multipartFile(body, 'application/octet-stream')).toBeUndefined();
    expect(multipartFile(body.subarray(0, body.length / 2), type)).toBeUndefined();
  });
});
