import { words } from '../codec/word.ts';

/** ConnectorType of 2.1.1. */
export const standards211 =
  words(`CHADEMO DOMESTIC_A DOMESTIC_B DOMESTIC_C DOMESTIC_D DOMESTIC_E DOMESTIC_F DOMESTIC_G
  DOMESTIC_H DOMESTIC_I DOMESTIC_J DOMESTIC_K DOMESTIC_L IEC_60309_2_single_16 IEC_60309_2_three_16
  IEC_60309_2_three_32 IEC_60309_2_three_64 IEC_62196_T1 IEC_62196_T1_COMBO IEC_62196_T2 IEC_62196_T2_COMBO
  IEC_62196_T3A IEC_62196_T3C TESLA_R TESLA_S`);

/** ConnectorType of 2.2.1. */
export const standards221 = [
  ...standards211,
  ...words(`CHAOJI DOMESTIC_M DOMESTIC_N DOMESTIC_O GBT_AC GBT_DC NEMA_5_20 NEMA_6_30 NEMA_6_50 NEMA_10_30
  NEMA_10_50 NEMA_14_30 NEMA_14_50 PANTOGRAPH_BOTTOM_UP PANTOGRAPH_TOP_DOWN`),
];

/** PowerType of 2.1.1. */
export const powerTypes211 = words('AC_1_PHASE AC_3_PHASE DC');

/** PowerType since 2.2.1. */
export const powerTypes221 = [...powerTypes211, ...words('AC_2_PHASE AC_2_PHASE_SPLIT')];

/** Two phases can be charged at as one by a vehicle that knows only that. */
export const powerTypesInstead = { AC_2_PHASE: 'AC_1_PHASE', AC_2_PHASE_SPLIT: 'AC_1_PHASE' };

/** ConnectorFormat, the same in every version. */
export const formats = words('SOCKET CABLE');
