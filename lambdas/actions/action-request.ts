import * as z from 'zod';
import { type FailingStep, failingSteps } from '../../core/failure/failing-steps.ts';

const ContextForm = z.object({
  theme: z.enum(['light', 'dark']).catch('light'),
  /** The fields of the widget with their contents. */
  forms: z.object({ all: z.record(z.string(), z.string()).catch({}) }).catch({ all: {} }),
});

const shared = { widgetContext: ContextForm.default({ theme: 'light', forms: { all: {} } }) };

/** The event of a button: its parameters, and what CloudWatch says of the widget that it is in. */
export const ActionRequest = z.union([
  z.object({ describe: z.literal(true) }),
  z.discriminatedUnion('action', [
    z.object({
      action: z.enum(['accept', 'setEnergy', 'void']),
      ...shared,
      operatorId: z.string().min(1).max(64),
      cdrId: z.string().min(1).max(200),
    }),
    z.object({
      action: z.literal('retry'),
      ...shared,
      step: z.enum(Object.keys(failingSteps) as FailingStep[]),
    }),
  ]),
]);

/** A button that was pressed. */
export type ActionRequest = Exclude<z.output<typeof ActionRequest>, { readonly describe: true }>;

/** A button of a held CDR. */
export type DecisionRequest = Exclude<ActionRequest, { readonly action: 'retry' }>;
