import * as z from 'zod';
import { done } from '../../http/answer.ts';
import { readAdmission, writeAdmission } from '../../store/operators/admission.ts';
import { type ApiRoute, route } from '../api-route.ts';

const AdmissionSchema = z
  .strictObject({
    approveNewChargers: z.boolean().meta({
      description:
        'True if a charger that is registered from now on is pending until it is approved.',
    }),
  })
  .meta({ id: 'Admission' });

const AdmissionForm = z.strictObject({ approveNewChargers: z.boolean().default(false) });

/** The calls about which chargers take part. */
export const admissionRoutes: readonly ApiRoute[] = [
  route({
    method: 'GET',
    path: '/settings/admission',
    summary: 'Returns which chargers take part.',
    scope: 'settings:read',
    response: AdmissionSchema,
    run: async ({ database, operatorId }) => done(await readAdmission(database, operatorId)),
  }),
  route({
    method: 'PUT',
    path: '/settings/admission',
    summary:
      'Sets which chargers take part. Omitted settings get their default; chargers that are registered already stay as they are.',
    scope: 'settings:write',
    body: AdmissionForm,
    example: { approveNewChargers: true },
    response: AdmissionSchema,
    run: async ({ database, operatorId }, { body }) => {
      await writeAdmission(database, operatorId, body);
      return done(body);
    },
  }),
];
