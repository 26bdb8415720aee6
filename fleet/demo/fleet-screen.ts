import { drawFleet, type FleetPicture } from './fleet-view.ts';

/** Where pictures of the fleet are shown. */
export type FleetScreen = {
  /** `last` says that no other picture follows. */
  readonly show: (picture: FleetPicture, last: boolean) => void;
};

/** Shows the fleet on standard output: redrawn in place on a terminal, a block of lines now and then elsewhere. */
export const fleetScreen = (): FleetScreen => {
  const terminal = process.stdout.isTTY === true;
  let drawn = 0;
  let silent = 0;
  return {
    show: (picture, last) => {
      const lines = drawFleet(picture, terminal);
      if (terminal) {
        const up = drawn > 0 ? `\u001b[${drawn}A` : '';
        process.stdout.write(`${up}${lines.map((line) => `\u001b[2K${line}\n`).join('')}`);
        drawn = lines.length;
        return;
      }
      // A log wants news, not frames: every tenth picture and the last are enough.
      if (silent === 0 || last) process.stdout.write(`${lines.join('\n')}\n\n`);
      silent = (silent + 1) % 10;
    },
  };
};
