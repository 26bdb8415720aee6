import * as z from 'zod';
import { done, refused } from '../../http/answer.ts';
import { readWaitingRoom, type WaitingRoomBounds } from '../../store/chargers/waiting-room.ts';
import { type Admission, readAdmission, writeAdmission } from '../../store/operators/admission.ts';
import { type ApiRoute, route } from '../api-route.ts';
import { whole } from '../forms.ts';

const closed = { places: 0, hours: 24 } as const;

const AdmissionSchema = z
  .strictObject({
    approveNewChargers: z.boolean().meta({
      description:
        'True if a charger that is registered from now on is pending until it is approved.',
    }),
    waitingRoom: z.strictObject({ places: z.int(), hours: z.int() }).meta({
      description:
        'Places for unknown chargers that try to connect by the URL of the operator, and hours after which one that does not come again is forgotten. Closed while there is no place.',
    }),
  })
  .meta({ id: 'Admission' });

const AdmissionForm = z.strictObject({
  approveNewChargers: z.boolean().default(false),
  waitingRoom: z
    .strictObject({
      places: whole(20).default(closed.places),
      hours: whole(168)
        .refine((count) => count > 0, { message: 'The value must be at least 1.' })
        .default(closed.hours),
    })
    .prefault({}),
});

// A closed room has forgotten everything.
const admissionView = (admission: Admission, room: WaitingRoomBounds | undefined) => ({
  ...admission,
  waitingRoom: room ?? closed,
});

/** The calls about which chargers take part. */
export const admissionRoutes: readonly ApiRoute[] = [
  route({
    method: 'GET',
    path: '/settings/admission',
    summary: 'Returns which chargers take part.',
    scope: 'settings:read',
    response: AdmissionSchema,
    versioned: [],
    run: async ({ database, operatorId }) => {
      const [admission, room] = await Promise.all([
        readAdmission(database, operatorId),
        readWaitingRoom(database, operatorId),
      ]);
      return done(admissionView(admission, room?.bounds));
    },
  }),
  route({
    method: 'PUT',
    path: '/settings/admission',
    summary:
      'Sets which chargers take part. Omitted settings get their default; chargers that are registered already stay as they are.',
    scope: 'settings:write',
    body: AdmissionForm,
    example: { approveNewChargers: true, waitingRoom: { places: 5, hours: 48 } },
    response: AdmissionSchema,
    errors: ['PRECONDITION_FAILED'],
    versioned: [],
    run: async ({ database, operatorId }, { body: { waitingRoom, ...admission }, isSeen }) => {
      const written = await writeAdmission(
        database,
        operatorId,
        admission,
        waitingRoom,
        isSeen && (({ admission: kept, room }) => isSeen(admissionView(kept, room))),
      );
      if (written === 'changed') return refused('PRECONDITION_FAILED');
      return done(admissionView(admission, waitingRoom.places === 0 ? undefined : waitingRoom));
    },
  }),
];
