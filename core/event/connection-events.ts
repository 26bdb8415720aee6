import type { EventDraft } from './event.ts';
import type { ConnectionImage } from './state-image.ts';

/**
 * A charger that came or went. One that comes back on a new connection before the old one was missed has only come; the end of a
 * connection that another one took over from is stored nowhere, and is no event.
 */
export function connectionEvents(
  old: ConnectionImage | undefined,
  image: ConnectionImage | undefined,
  writtenAt: string,
): readonly EventDraft[] {
  if (image === undefined || old?.connectionId === image.connectionId) {
    return ended(old, image, writtenAt);
  }
  const { protocol, connectedAt } = image;
  const came: EventDraft = {
    type: 'charger.connected',
    subject: { kind: 'charger', chargerKey: image.chargerKey },
    at: connectedAt,
    data: { ocppVersion: protocol.replace('ocpp', ''), connectedAt },
  };
  return image.disconnectedAt === undefined ? [came] : [came, went(image, image.disconnectedAt)];
}

function ended(
  old: ConnectionImage | undefined,
  image: ConnectionImage | undefined,
  writtenAt: string,
): readonly EventDraft[] {
  if (old === undefined || old.disconnectedAt !== undefined) return [];
  const disconnectedAt = image === undefined ? writtenAt : image.disconnectedAt;
  return disconnectedAt === undefined ? [] : [went(old, disconnectedAt)];
}

const went = (
  { chargerKey, connectedAt }: ConnectionImage,
  disconnectedAt: string,
): EventDraft => ({
  type: 'charger.disconnected',
  subject: { kind: 'charger', chargerKey },
  at: disconnectedAt,
  data: { connectedAt, disconnectedAt },
});
