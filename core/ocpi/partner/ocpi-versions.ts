import type { OcpiVersion } from '../translators.ts';

/** The versions that we speak, best first. */
export const ocpiVersions = ['2.3.0', '2.2.1', '2.1.1'] as const satisfies readonly OcpiVersion[];

/** Says whether a text names a version that we speak. */
export const isOcpiVersion = (text: string | undefined): text is OcpiVersion =>
  ocpiVersions.some((version) => version === text);
