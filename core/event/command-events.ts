import type { EventDraft } from './event.ts';
import type { CommandImage } from './state-image.ts';

/** A command came to its end: its charger answered, or nothing more is awaited. */
export function commandEvents(
  old: CommandImage | undefined,
  image: CommandImage,
  writtenAt: string,
): readonly EventDraft[] {
  if (isUnderWay(image) || (old !== undefined && !isUnderWay(old))) return [];
  const { chargerKey, commandId, type, state, sessionId = null, error = null } = image;
  return [
    {
      type: 'command.finished',
      subject: { kind: 'charger', chargerKey },
      at: image.finishedAt ?? writtenAt,
      data: { commandId, type, state, sessionId, error },
    },
  ];
}

function isUnderWay({ state }: CommandImage): boolean {
  switch (state) {
    case 'queued':
    case 'sent':
      return true;
    case 'accepted':
    case 'rejected':
    case 'failed':
    case 'timed-out':
    case 'expired':
    case 'cancelled':
      return false;
    default:
      return state satisfies never;
  }
}
