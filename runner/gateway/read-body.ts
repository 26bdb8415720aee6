import type { IncomingMessage } from 'node:http';

/** The whole body of a request; undefined when it is over a limit, and what is left of it is not kept. */
export async function readBody(
  request: IncomingMessage,
  limitBytes: number,
): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length <= limitBytes) {
      chunks.push(chunk);
    }
  }
  return length > limitBytes ? undefined : Buffer.concat(chunks);
}
