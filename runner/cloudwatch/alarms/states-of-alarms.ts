import type { Deployment } from '../../runner-interfaces.ts';
import { type AlarmSources, type AlarmState, alarmState } from './alarm-state.ts';

/** The state of each alarm of a deployment by its ARN; a composite alarm is raised while any of those in its rule is. */
export function statesOfAlarms(
  { resources }: Deployment,
  sources: AlarmSources,
): ReadonlyMap<string, AlarmState> {
  const states = new Map(
    resources
      .filter(({ type }) => type === 'AWS::CloudWatch::Alarm')
      .map((alarm) => [alarm.attributes['Arn'] ?? '', alarmState(alarm.properties, sources)]),
  );
  for (const { type, attributes, properties } of resources) {
    if (type !== 'AWS::CloudWatch::CompositeAlarm') continue;
    states.set(attributes['Arn'] ?? '', composite(String(properties['AlarmRule']), states));
  }
  return states;
}

/** The state of a rule `(ALARM("…") OR ALARM("…"))`; unknown where none is raised and one is unknown, or the rule has another form. */
function composite(rule: string, states: ReadonlyMap<string, AlarmState>): AlarmState {
  if (!/^\(?ALARM\("[^"]+"\)( OR ALARM\("[^"]+"\))*\)?$/.test(rule)) return 'unknown';
  const parts = [...rule.matchAll(/ALARM\("([^"]+)"\)/g)].map(([, arn = '']) => states.get(arn));
  if (parts.includes('alarm')) return 'alarm';
  return parts.every((state) => state === 'ok') ? 'ok' : 'unknown';
}
