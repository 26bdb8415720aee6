import { hasEnded } from '../command/command-state.ts';
import type { EventDraft } from './event.ts';
import type { CommandImage } from './state-image.ts';

/** A command came to its end: its charger answered, or nothing more is awaited. */
export function commandEvents(
  old: CommandImage | undefined,
  image: CommandImage,
  writtenAt: string,
): readonly EventDraft[] {
  if (!hasEnded(image.state) || (old !== undefined && hasEnded(old.state))) return [];
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
