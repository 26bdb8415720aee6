import type { ConformanceBlock } from '../conformance-case.ts';
import { ordered } from '../steps.ts';

const shows = (content: string) => {
  const message = { id: 1, priority: 'NormalCycle', message: { format: 'UTF8', content } };
  return ordered({ type: 'set-display-message', message }, ['SetDisplayMessage', { message }]);
};

/** Block O, messages on the display. */
export const displayCases: ConformanceBlock = {
  name: 'O Display',
  protocol: 'ocpp2.0.1',
  cases: [
    {
      id: 'TC_O_12',
      statement: 'a message on the display is replaced by another one of the same number',
      steps: [shows('Welcome'), shows('Welcome back')],
    },
  ],
};
