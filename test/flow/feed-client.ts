import { WebSocket } from 'ws';
import type { Event } from '../../core/event/event.ts';

/** A frame of the live feed. */
export type Frame = {
  readonly type: 'subscribed' | 'events' | 'pong' | 'error' | 'closed';
  readonly code?: string;
  readonly position?: string;
  readonly events?: readonly Event[];
};

/** An open connection of the live feed. */
export type FeedClient = {
  readonly socket: WebSocket;
  readonly frames: readonly Frame[];
  readonly send: (frame: object) => void;
  /** The next frame of a type, also where it came already. */
  readonly frame: (type: Frame['type']) => Promise<Frame>;
  readonly closed: Promise<unknown>;
};

/** Connects to the live feed; gives the status of a handshake that is refused. */
export const openFeed = (
  url: string,
  options: {
    readonly apiKey?: string;
    readonly protocols?: readonly string[];
    readonly heard?: (frame: Frame) => void;
  },
): Promise<FeedClient | number> =>
  new Promise((resolve, reject) => {
    const { apiKey, protocols = [], heard } = options;
    const headers = apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` };
    const socket = new WebSocket(url, [...protocols], { headers });
    const frames: Frame[] = [];
    const waiting = new Set<() => void>();
    socket.on('message', (data) => {
      const frame = JSON.parse(String(data)) as Frame;
      frames.push(frame);
      heard?.(frame);
      for (const wake of waiting) wake();
    });
    const client: FeedClient = {
      socket,
      frames,
      send: (frame) => socket.send(JSON.stringify(frame)),
      frame: (type) =>
        new Promise((found) => {
          const look = (): void => {
            const frame = frames.find((one) => one.type === type);
            if (frame === undefined) return;
            waiting.delete(look);
            found(frame);
          };
          waiting.add(look);
          look();
        }),
      closed: new Promise((ended) => socket.on('close', ended)),
    };
    socket.on('open', () => resolve(client));
    socket.on('unexpected-response', (_request, { statusCode }) => resolve(statusCode ?? 0));
    socket.on('error', reject);
  });

/** Connects to the live feed; a refusal is a fault. */
export const followFeed = async (
  url: string,
  apiKey: string,
  heard?: (frame: Frame) => void,
): Promise<FeedClient> => {
  const client = await openFeed(url, { apiKey, ...(heard && { heard }) });
  if (typeof client === 'number') throw new Error(`refused with ${client}`);
  return client;
};
