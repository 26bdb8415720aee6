import type { CommandRequest } from '../../core/command/command-request.ts';
import type { Answers } from '../../core/ocpp/answer.ts';
import { isJsonObject } from '../../core/ocpp/json-object.ts';
import { lastCommands } from '../store/commands/commands.ts';
import type { MessageContext } from './message-context.ts';

/** The latest commands of a charger that are looked through. */
const mostCommands = 50;

/** The limits that a command sets for a profile. */
function updateIn(request: CommandRequest, profileId: number): object | undefined {
  if (request.type !== 'update-dynamic-schedule') return undefined;
  const { chargingProfileId, scheduleUpdate } = request.fields;
  return chargingProfileId === profileId && isJsonObject(scheduleUpdate)
    ? scheduleUpdate
    : undefined;
}

/** Answers for the limits of a dynamic profile: those of the latest command about it that the charger accepted. */
export async function findSchedule(
  { database, charger: { chargerKey } }: MessageContext,
  profileId: number,
): Promise<Answers['scheduleAsked']> {
  const commands = await lastCommands(database, chargerKey, mostCommands);
  const scheduleUpdate = commands
    .filter(({ state }) => state === 'accepted')
    .map(({ request }) => updateIn(request, profileId))
    .find((one) => one !== undefined);
  return scheduleUpdate === undefined
    ? { status: 'Rejected' }
    : { status: 'Accepted', scheduleUpdate };
}
