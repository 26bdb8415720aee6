import { askApi } from '../cli/operator-api.ts';
import type { StackAccess } from '../cli/stack-access.ts';
import {
  drawFleet,
  type FleetPicture,
  type ViewedCdr,
  type ViewedCharger,
  type ViewedSession,
} from './fleet-view.ts';

type Page<T> = { readonly items: readonly T[] };

/** Asks the operator API for what one picture of the fleet needs. */
export const lookAtFleet = async (access: StackAccess): Promise<FleetPicture> => {
  const [chargers, active, cdrs] = await Promise.all([
    askApi<Page<ViewedCharger>>(access, 'GET', '/chargers?limit=20'),
    askApi<Page<ViewedSession>>(access, 'GET', '/sessions/active?limit=20'),
    askApi<Page<ViewedCdr>>(access, 'GET', '/cdrs?limit=100'),
  ]);
  const demo = ({ chargerId }: { chargerId: string }): boolean => chargerId.startsWith('demo-');
  return {
    chargers: chargers.items.filter(demo),
    active: active.items.filter(demo),
    cdrs: cdrs.items.filter(demo),
  };
};

/** Shows the fleet on standard output: redrawn in place on a terminal, a block of lines now and then elsewhere. */
export const fleetScreen = (): {
  readonly show: (picture: FleetPicture, last?: boolean) => void;
} => {
  const terminal = process.stdout.isTTY === true;
  let drawn = 0;
  let silent = 0;
  return {
    show: (picture, last = false) => {
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
