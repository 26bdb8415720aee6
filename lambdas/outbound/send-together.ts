import type { OutboundMessage } from './delivery-message.ts';
import type { SendOutbound } from './send-outbound.ts';

/** Sends what several send at the same moment by as few requests as it takes; each of them waits until all of it is queued. */
export function sendTogether(send: SendOutbound): SendOutbound {
  let waiting: OutboundMessage[] = [];
  let sent: Promise<void> | undefined;
  return async (messages) => {
    waiting.push(...messages);
    sent ??= new Promise<void>((done) => setImmediate(done)).then(async () => {
      const together = waiting;
      waiting = [];
      sent = undefined;
      await send(together);
    });
    await sent;
  };
}
