import * as z from 'zod';
import { isEmi3EvseId } from '../../../core/location/emi3-evse-id.ts';
import type { EvseFacts } from '../../../core/location/evse-facts.ts';
import { formats, powerTypes221, standards221 } from '../../../core/ocpi/common/connector-words.ts';
import {
  capabilities221,
  parkingRestrictions221,
} from '../../../core/ocpi/common/location-words.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { id, wordOf } from '../forms.ts';

/** No charger has more EVSEs, and no EVSE more connectors. */
const mostEvses = 32;
const mostConnectors = 8;

const number = z.int().min(1).max(255);
const quantity = (most: number) => z.int().min(1).max(most);

const ConnectorFacts = z.strictObject({
  connectorId: number,
  standard: wordOf(standards221).optional(),
  format: wordOf(formats).optional(),
  powerType: wordOf(powerTypes221).optional(),
  maxVoltage: quantity(10_000).optional(),
  maxAmperage: quantity(10_000).optional(),
  maxPowerW: quantity(10_000_000).optional(),
  tariffId: id(64).optional(),
});

const Evse = z.strictObject({
  evseId: number,
  emi3Id: z
    .string()
    .max(48)
    .refine(isEmi3EvseId, {
      message:
        'The value must be an EVSE id of eMI3: country, operator, E and 1 or more letters or digits, as in DE*ABC*E1234, at most 48 characters.',
    })
    .transform((text) => text.toUpperCase())
    .optional(),
  physicalReference: z.string().trim().min(1).max(16).optional(),
  floorLevel: z.string().trim().min(1).max(4).optional(),
  capabilities: z.array(wordOf(capabilities221)).max(capabilities221.length).optional(),
  parkingRestrictions: z
    .array(wordOf(parkingRestrictions221))
    .max(parkingRestrictions221.length)
    .optional(),
  connectors: z.array(ConnectorFacts).min(1).max(mostConnectors),
});

/** The facts of a connector as they are shown: those that were stated. */
export const connectorFactFields = {
  standard: z.string().optional(),
  format: z.string().optional(),
  powerType: z.string().optional(),
  maxVoltage: z.int().optional().meta({ description: 'V, between phase and neutral for AC.' }),
  maxAmperage: z.int().optional().meta({ description: 'A, per phase.' }),
  maxPowerW: z.int().optional(),
} as const;

/** The facts of an EVSE as they are shown: those that were stated. */
export const evseFactFields = {
  evseId: z.int(),
  emi3Id: z.string().optional(),
  physicalReference: z.string().optional(),
  floorLevel: z.string().optional(),
  capabilities: z.array(z.string()).optional(),
  parkingRestrictions: z.array(z.string()).optional(),
} as const;

/** The registered facts of an EVSE. */
export const EvseFactsSchema = z
  .strictObject({
    ...evseFactFields,
    connectors: z.array(
      z.strictObject({
        connectorId: z.int(),
        ...connectorFactFields,
        tariffId: z.string().optional().meta({ description: 'Its own tariff.' }),
      }),
    ),
  })
  .meta({ id: 'EvseFacts' });

const isDistinct = (values: readonly unknown[]): boolean => new Set(values).size === values.length;

/** The EVSEs of a charger and their connectors as their operator describes them, in the words of OCPI. */
export const evsesForm = z
  .array(Evse)
  .min(1)
  .max(mostEvses)
  .refine((evses) => isDistinct(evses.map(({ evseId }) => evseId)), {
    message: 'Each evseId may occur once.',
  })
  .refine((evses) => isDistinct(evses.flatMap(({ emi3Id }) => emi3Id ?? [])), {
    message: 'Each emi3Id may occur once.',
  })
  .refine(
    (evses) =>
      evses.every(({ connectors }) => isDistinct(connectors.map(({ connectorId }) => connectorId))),
    { message: 'Each connectorId may occur once in an EVSE.' },
  )
  .transform((evses): readonly EvseFacts[] =>
    evses.map(({ connectors, ...evse }) =>
      omitUndefined({ ...evse, connectors: connectors.map((one) => omitUndefined(one)) }),
    ),
  )
  .meta({
    description:
      'Its EVSEs and their connectors in the words of OCPI; replaced as a whole. A charger of OCPP 1.6 has an EVSE for each connector, with the same number.',
  });
