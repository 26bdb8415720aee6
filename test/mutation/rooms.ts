/** The folders of core that decide a bill, which are changed on purpose, and the tests that should detect it. */
const tests: Readonly<Record<string, readonly string[]>> = {
  units: ['units'],
  metering: ['metering'],
  // Reservations and measured currents come by OCPI alone.
  tariff: ['tariff', 'ocpi'],
  session: ['session'],
  ocmf: ['ocmf'],
  cdr: ['cdr'],
  token: ['token'],
};

/** The rooms in the order in which they build on each other. */
export const rooms: readonly string[] = Object.keys(tests);

/** The test files that a room is judged by, as patterns; those of all rooms unless one is named. Throws for an unknown room. */
export const testsOf = (room: string | undefined): string[] => {
  const folders = room === undefined ? Object.values(tests).flat() : tests[room];
  if (folders === undefined) throw new Error(`"${room}" is not one of ${rooms.join(', ')}.`);
  return folders.map((folder) => `test/core/${folder}/**/*.test.ts`);
};
