import * as z from 'zod';
import { uptimeDefinitions } from '../../core/uptime/uptime-definition.ts';

/** A place in a list over all operators, such as that of chargers: after one of an operator, or before its first. */
const PlaceForm = z.object({
  operatorId: z.string().max(64),
  after: z.string().max(2000).optional(),
});

const ContextForm = z.object({ theme: z.enum(['light', 'dark']).catch('light') });

const shared = { widgetContext: ContextForm.default({ theme: 'light' }) };

/** The event that CloudWatch sends for a widget: the parameters of its definition or of a button, and the context of its viewer. */
export const WidgetRequest = z.union([
  z.object({ describe: z.literal(true) }),
  z.discriminatedUnion('widget', [
    z.object({
      widget: z.literal('chargers'),
      ...shared,
      operatorId: z.string().max(64).optional(),
      /** Minutes for which a charger has been offline, to be shown for that. */
      offlineMinutes: z.number().min(0).max(1_000_000).optional(),
      /** True if chargers with a faulted connector are shown. */
      faulted: z.boolean().default(false),
      limit: z.int().min(1).max(100).default(50),
      from: PlaceForm.optional(),
    }),
    z.object({
      widget: z.literal('held'),
      ...shared,
      operatorId: z.string().max(64).optional(),
      limit: z.int().min(1).max(100).default(50),
      from: PlaceForm.optional(),
    }),
    z.object({
      widget: z.enum(['fleet', 'charging']),
      ...shared,
      operatorId: z.string().max(64).optional(),
      from: PlaceForm.optional(),
      /** The chargers before that place, which the button for more hands on. */
      before: z.object({ looked: z.int().nonnegative(), online: z.int().nonnegative() }).optional(),
    }),
    z.object({
      widget: z.literal('uptime'),
      ...shared,
      operatorId: z.string().max(64).optional(),
      /** One of them; all beside each other where it is absent. */
      definition: z.enum(uptimeDefinitions).optional(),
      limit: z.int().min(1).max(100).default(20),
      from: PlaceForm.optional(),
    }),
    z.object({
      widget: z.enum(['failed', 'bills']),
      ...shared,
      operatorId: z.string().max(64).optional(),
      limit: z.int().min(1).max(100).default(20),
      from: PlaceForm.optional(),
    }),
    z.object({
      widget: z.literal('tariffs'),
      ...shared,
      operatorId: z.string().max(64).optional(),
      limit: z.int().min(1).max(100).default(20),
    }),
    z.object({
      widget: z.enum(['deliveries', 'commands']),
      ...shared,
      operatorId: z.string().max(64).optional(),
    }),
    z.object({ widget: z.literal('failures'), ...shared }),
    z.object({
      widget: z.literal('money'),
      ...shared,
      operatorId: z.string().max(64).optional(),
      days: z.int().min(1).max(31).default(7),
    }),
  ]),
]);

/** A widget that is asked for, with the defaults of what was left out. */
export type WidgetRequest = z.output<typeof WidgetRequest>;

/** The request for one of the widgets. */
export type WidgetOf<Name extends string> = WidgetRequest extends infer One
  ? One extends { readonly widget: infer Names }
    ? Name extends Names
      ? One
      : never
    : never
  : never;
