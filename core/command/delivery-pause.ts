/** Seconds that nothing is sent after so many commands in a row (at least 1) found their connection gone; 300 at most. */
export const deliveryPause = (failures: number): number =>
  Math.min(300, 2 ** Math.min(failures, 10));
