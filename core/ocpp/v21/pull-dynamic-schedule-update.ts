import type { OcppEvent } from '../event.ts';
import type { PullDynamicScheduleUpdateRequest } from '../generated/v21/pull-dynamic-schedule-update-request.js';
import type { Tolerated } from '../v2x/tolerated.ts';

/** Reads PullDynamicScheduleUpdateRequest of OCPP 2.1: the charger asks for the limits of a dynamic charging profile. */
export const toScheduleAsked = (
  { chargingProfileId: profileId }: Tolerated<PullDynamicScheduleUpdateRequest>,
  raw: string,
): readonly OcppEvent[] => [{ kind: 'scheduleAsked', profileId, raw }];
