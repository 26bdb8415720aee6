import type { EventDraft } from './event.ts';
import type { ConnectionImage } from './state-image.ts';

/** That a charger whose connection has ended is offline, once that is noted. */
function offline(
  old: ConnectionImage | undefined,
  { chargerKey, connectionId, offlineSince: since, offlineAt: at }: ConnectionImage,
): readonly EventDraft[] {
  if (since === undefined || at === undefined) return [];
  if (old?.connectionId === connectionId && old.offlineSince !== undefined) return [];
  return [
    { type: 'charger.offline', subject: { kind: 'charger', chargerKey }, at, data: { since } },
  ];
}

/** That a charger which was offline has connected. */
function online(
  old: ConnectionImage | undefined,
  { chargerKey, connectedAt }: ConnectionImage,
): readonly EventDraft[] {
  const since = old?.offlineSince;
  if (since === undefined) return [];
  const seconds = Math.floor((Date.parse(connectedAt) - Date.parse(since)) / 1000);
  return [
    {
      type: 'charger.online',
      subject: { kind: 'charger', chargerKey },
      at: connectedAt,
      data: { since, connectedAt, durationSeconds: Math.max(0, seconds) },
    },
  ];
}

/**
 * A charger that came or went, or is offline or no more. One that comes back on a new connection before the old one was missed has only come; the end of a
 * connection that another one took over from is stored nowhere, and is no event.
 */
export function connectionEvents(
  old: ConnectionImage | undefined,
  image: ConnectionImage | undefined,
  writtenAt: string,
): readonly EventDraft[] {
  if (image === undefined) return ended(old, image, writtenAt);
  if (old?.connectionId === image.connectionId) {
    return [...ended(old, image, writtenAt), ...offline(old, image)];
  }
  const { protocol, connectedAt } = image;
  const came: EventDraft = {
    type: 'charger.connected',
    subject: { kind: 'charger', chargerKey: image.chargerKey },
    at: connectedAt,
    data: { ocppVersion: protocol.replace('ocpp', ''), connectedAt },
  };
  const back = [came, ...online(old, image)];
  return image.disconnectedAt === undefined
    ? back
    : [...back, went(image, image.disconnectedAt), ...offline(old, image)];
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
