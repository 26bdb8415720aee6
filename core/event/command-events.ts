import { hasEnded } from '../command/command-state.ts';
import type { EventDraft } from './event.ts';
import type { CommandImage } from './state-image.ts';

/** A command that somebody ordered came to its end: its charger answered, or nothing more is awaited. */
export function commandEvents(
  old: CommandImage | undefined,
  image: CommandImage,
  writtenAt: string,
): readonly EventDraft[] {
  // A change for a whole fleet is no news of each of its commands.
  if (image.isUnordered) return [];
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
