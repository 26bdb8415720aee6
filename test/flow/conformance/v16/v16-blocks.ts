import type { ConformanceBlock } from '../conformance-case.ts';
import { coreCases } from './core-cases.ts';
import { coreSettingsCases } from './core-settings-cases.ts';
import { firmwareCases } from './firmware-cases.ts';
import { localListCases } from './local-list-cases.ts';
import { reservationCases } from './reservation-cases.ts';
import { securityCases } from './security-cases.ts';
import { smartChargingCases } from './smart-charging-cases.ts';
import { triggerCases } from './trigger-cases.ts';

/** All cases of OCPP 1.6 and its security extension. */
export const v16Blocks: readonly ConformanceBlock[] = [
  coreCases,
  coreSettingsCases,
  localListCases,
  firmwareCases,
  reservationCases,
  triggerCases,
  smartChargingCases,
  securityCases,
];
