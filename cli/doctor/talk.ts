import { setTimeout as sleep } from 'node:timers/promises';
import type { WebSocket } from 'ws';

/** A conversation over a charger's connection. */
export type Talk = {
  /** Sends a CALL and gives the payload of its CALLRESULT; rejects on anything else. */
  readonly call: (action: string, payload: object) => Promise<Record<string, unknown>>;
  /** Sends text as it is, and gives what comes back before and shortly after the answer to a Heartbeat. */
  readonly heardAfter: (text: string) => Promise<readonly string[]>;
  readonly close: () => void;
};

const patienceMs = 30_000;
// Long enough for a message that would follow the reply that was sent before the Heartbeat.
const settleMs = 500;

/** Talks OCPP 1.6 over an open connection, one CALL at a time. */
export const talkOver = (socket: WebSocket): Talk => {
  let messages = 0;
  const call = (action: string, payload: object): Promise<Record<string, unknown>> => {
    messages += 1;
    const id = `doctor-${messages}`;
    const answer = answerTo(socket, id, action);
    socket.send(JSON.stringify([2, id, action, payload]));
    return answer;
  };
  return {
    call,
    heardAfter: async (text) => {
      const heard: string[] = [];
      const listen = (data: unknown): void => {
        heard.push(String(data));
      };
      socket.on('message', listen);
      socket.send(text);
      await call('Heartbeat', {});
      await sleep(settleMs);
      socket.off('message', listen);
      return heard;
    },
    close: () => socket.close(),
  };
};

const answerTo = (
  socket: WebSocket,
  id: string,
  action: string,
): Promise<Record<string, unknown>> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => end(reject, new Error(`${action} was not answered.`)),
      patienceMs,
    );
    const end = <T>(settle: (value: T) => void, value: T): void => {
      clearTimeout(timer);
      socket.off('message', read);
      socket.off('close', broken);
      settle(value);
    };
    const broken = (code: number): void =>
      end(reject, new Error(`The connection was closed with ${code} instead of an answer.`));
    const read = (data: unknown): void => {
      const frame = frameOf(String(data));
      if (frame[1] !== id) return;
      if (frame[0] === 3) end(resolve, frame[2] as Record<string, unknown>);
      else end(reject, new Error(`${action} was answered with ${String(data)}.`));
    };
    socket.on('message', read);
    socket.on('close', broken);
  });

const frameOf = (text: string): readonly unknown[] => {
  try {
    const frame: unknown = JSON.parse(text);
    return Array.isArray(frame) ? frame : [];
  } catch {
    return [];
  }
};
