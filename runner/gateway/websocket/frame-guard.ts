import type { Duplex } from 'node:stream';
import { createFrameReader } from './frame-reader.ts';

/** Says whether a message may be served, by its number on the connection from 0. */
export type FrameGuard = (message: number) => boolean;

/**
 * Watches the frames that a client sends, and reports once if one is larger than allowed, in bytes.
 * It listens in front of the WebSocket library, which bounds whole messages only;
 * messages that ended before the large frame are served.
 */
export function guardFrames(socket: Duplex, limitBytes: number, exceeded: () => void): FrameGuard {
  const reader = createFrameReader(limitBytes);
  let hasExceeded = false;
  const watch = (chunk: Buffer): void => {
    if (reader.exceeds(chunk)) {
      hasExceeded = true;
      socket.off('data', watch);
      // The library has yet to read the same chunk.
      process.nextTick(exceeded);
    }
  };
  socket.prependListener('data', watch);
  return (message) => !hasExceeded || message < reader.messages();
}
