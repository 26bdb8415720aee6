/** Whether this machine itself may be reached (JOULEGATE_ALLOW_LOOPBACK): on a laptop alone, where integrators try things out. */
export const allowLoopback = process.env['JOULEGATE_ALLOW_LOOPBACK'] === '1';
