import type { PartnerTariff } from '../../core/ocpi/model/tariff.ts';
import { allTranslators } from '../../core/ocpi/partner/all-translators.ts';
import { answerList } from './answer-list.ts';
import type { OcpiCaller } from './ocpi-caller.ts';
import type { OcpiRequest } from './ocpi-request.ts';
import type { OcpiResponse } from './ocpi-response.ts';
import type { ModulePlace } from './place.ts';

/** Answers a page of the tariffs that our locations name. */
export async function answerTariffs(
  caller: OcpiCaller,
  { version, rest }: ModulePlace,
  request: OcpiRequest,
): Promise<OcpiResponse> {
  if (request.method !== 'GET' || rest.length > 0) return { outcome: { kind: 'object-not-found' } };
  const { operatorId } = caller.partner;
  return await answerList<PartnerTariff>(caller, request, {
    list: { operatorId, scope: '-', module: 'tariffs' },
    pair: allTranslators[version].tariff,
  });
}
