import { createHash } from 'node:crypto';
import * as z from 'zod';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { type Exclusion, exclusionCauses } from '../../../core/uptime/exclusion.ts';
import { time } from '../../http/time-form.ts';
import type { StoredExclusion } from '../../store/monitoring/exclusions.ts';
import { timeText } from '../common-schemas.ts';
import { whole } from '../forms.ts';

/** A time that an operator wants excluded. */
export const ExclusionForm = z
  .strictObject({
    from: time,
    to: time,
    cause: z.enum(exclusionCauses),
    evseId: whole(255).optional(),
    note: z.string().max(500).optional(),
  })
  .refine(({ from, to }) => from < to, { path: ['to'], message: 'to must be after from.' });

/** A time that is excluded, as the API shows it. */
export const ExclusionSchema = z
  .strictObject({
    exclusionId: z.string(),
    from: timeText,
    to: timeText,
    cause: z.enum(exclusionCauses),
    evseId: z.int().nullable(),
    note: z.string().nullable(),
  })
  .meta({ id: 'UptimeExclusion' });

/** An exclusion with the id that derives from it: the same time of the same EVSE for the same cause is one. */
export function exclusionOf(form: z.output<typeof ExclusionForm>): StoredExclusion {
  const { from, to, cause, evseId, note } = form;
  const exclusion: Exclusion = omitUndefined({ from, to, cause, evseId, note });
  const name = JSON.stringify([from, to, cause, evseId ?? null]);
  const digest = createHash('sha256').update(name).digest('hex').slice(0, 12);
  return { exclusionId: `${from.replace(/[-:]|\.\d+/g, '')}-${digest}`, ...exclusion };
}

/** Shows an exclusion. */
export const exclusionView = ({ exclusionId, from, to, cause, evseId, note }: StoredExclusion) => ({
  exclusionId,
  from,
  to,
  cause,
  evseId: evseId ?? null,
  note: note ?? null,
});
