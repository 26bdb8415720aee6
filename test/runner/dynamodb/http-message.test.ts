import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMessageReader, headerReader } from '../../../runner/dynamodb/http-message.ts';

type Sent = { readonly text: string; readonly chunks?: readonly string[] };

const answers = fc.array(
  fc.oneof(
    fc.record({ text: fc.string({ unit: 'binary', maxLength: 40 }) }),
    fc
      .array(fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }))
      .map((chunks) => ({ text: chunks.join(''), chunks })),
  ),
  { minLength: 1, maxLength: 5 },
);

const bytesOf = ({ text, chunks }: Sent): Buffer => {
  const first = 'HTTP/1.1 200 OK\r\nX-Amz-Target: A.b\r\n';
  if (chunks === undefined) {
    const length = Buffer.byteLength(text);
    return Buffer.from(`${first}Content-Length: ${length}\r\n\r\n${text}`);
  }
  const pieces = chunks.map((chunk) => `${Buffer.byteLength(chunk).toString(16)}\r\n${chunk}\r\n`);
  return Buffer.from(`${first}transfer-encoding: chunked\r\n\r\n${pieces.join('')}0\r\n\r\n`);
};

describe('what a connection brings', () => {
  it('a connection gives the same messages in the same order, wherever what it brings breaks', () => {
    fc.assert(
      fc.property(answers, fc.array(fc.nat(400)), (sent, breaks) => {
        const bytes = Buffer.concat(sent.map(bytesOf));
        const bounds = [...new Set([0, ...breaks, bytes.length])]
          .filter((at) => at <= bytes.length)
          .sort((a, b) => a - b);
        const bodies: string[] = [];
        const targets: string[] = [];
        const target = headerReader('x-amz-target');
        const read = createMessageReader((message) => {
          bodies.push(message.body.toString());
          targets.push(target(message));
        });
        for (const [index, from] of bounds.entries()) {
          read(bytes.subarray(from, bounds[index + 1] ?? bytes.length));
        }
        expect(bodies).toEqual(sent.map(({ text }) => Buffer.from(text).toString()));
        expect(targets).toEqual(sent.map(() => 'A.b'));
      }),
    );
  });

  it('a message is refused when its headers have no end, or a chunk no length', () => {
    const read = createMessageReader(() => {});
    expect(() => read(Buffer.alloc(70_000, 'a'))).toThrow('no end');
    const chunked = createMessageReader(() => {});
    const bytes = Buffer.from('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n');
    expect(() => chunked(bytes)).toThrow('no length');
  });
});
