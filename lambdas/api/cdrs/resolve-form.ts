import * as z from 'zod';
import type { CdrChoice } from '../../../core/cdr/compute/cdr-decision.ts';
import { decidedEnergy, decidedEnergyRule } from '../../../core/cdr/compute/decided-energy.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { decimal, id } from '../forms.ts';

const reason = z.string().trim().min(1).max(500);
const tariffId = id(64).nullish();

const energyKwh = decimal.transform((text, context) => {
  const energy = decidedEnergy(text);
  if (energy !== undefined) return energy;
  context.addIssue({ code: 'custom', message: decidedEnergyRule });
  return z.NEVER;
});

/** An operator's decision about a held CDR. */
export const ResolveForm = z.discriminatedUnion('decision', [
  z.strictObject({ decision: z.literal('accept'), reason: reason.nullish(), tariffId }),
  z.strictObject({ decision: z.literal('setEnergy'), energyKwh, reason, tariffId }),
  z.strictObject({ decision: z.literal('void'), reason }),
]);

/** Reads a form as the decision that it states. */
export function choiceOf(form: z.infer<typeof ResolveForm>): CdrChoice {
  if (form.decision === 'void') return { kind: 'void', reason: form.reason };
  const tariff = { tariffId: form.tariffId ?? undefined };
  return form.decision === 'accept'
    ? omitUndefined({
        kind: 'accept',
        reason: form.reason ?? undefined,
        ...tariff,
      })
    : omitUndefined({
        kind: 'setEnergy',
        energyKwh: form.energyKwh,
        reason: form.reason,
        ...tariff,
      });
}
