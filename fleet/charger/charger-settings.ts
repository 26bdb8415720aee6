/** The settings of a simulated charger, as they are when it leaves the factory. */
const factorySettings: Readonly<Record<string, string>> = {
  HeartbeatInterval: '86400',
  WebSocketPingInterval: '0',
  MeterValueSampleInterval: '900',
  StopTxnSampledData: 'Energy.Active.Import.Register',
  StopTxnAlignedData: '',
  'OCPPCommCtrlr.HeartbeatInterval': '86400',
  'OCPPCommCtrlr.WebSocketPingInterval': '0',
  'SampledDataCtrlr.TxUpdatedInterval': '900',
  'SampledDataCtrlr.TxEndedInterval': '900',
};

type Named = {
  readonly component: { readonly name: string };
  readonly variable: { readonly name: string };
};
/** The answers of a simulated charger, by the action that it is asked for. */
export type Answers = Readonly<Record<string, (payload: never) => object>>;

const nameOf = ({ component, variable }: Named): string => `${component.name}.${variable.name}`;

/** The answers of a simulated charger to questions about its settings, in all versions of OCPP; it remembers what it is set to. */
export function settingAnswers(): Answers {
  const settings = new Map(Object.entries(factorySettings));
  const change = (key: string, value: string): boolean => {
    if (!settings.has(key)) return false;
    settings.set(key, value);
    return true;
  };
  return {
    GetConfiguration: ({ key = [...settings.keys()] }: { readonly key?: readonly string[] }) => ({
      configurationKey: key
        .filter((one) => settings.has(one))
        .map((one) => ({ key: one, readonly: false, value: settings.get(one) })),
      unknownKey: key.filter((one) => !settings.has(one)),
    }),
    ChangeConfiguration: ({ key, value }: { readonly key: string; readonly value: string }) => ({
      status: change(key, value) ? 'Accepted' : 'NotSupported',
    }),
    GetVariables: ({ getVariableData }: { readonly getVariableData: readonly Named[] }) => ({
      getVariableResult: getVariableData.map((one) => {
        const { component, variable } = one;
        const value = settings.get(nameOf(one));
        return value === undefined
          ? { component, variable, attributeStatus: 'UnknownVariable' }
          : { component, variable, attributeStatus: 'Accepted', attributeValue: value };
      }),
    }),
    SetVariables: ({
      setVariableData,
    }: {
      readonly setVariableData: readonly (Named & { readonly attributeValue: string })[];
    }) => ({
      setVariableResult: setVariableData.map((one) => ({
        component: one.component,
        variable: one.variable,
        attributeStatus: change(nameOf(one), one.attributeValue) ? 'Accepted' : 'UnknownVariable',
      })),
    }),
  };
}
