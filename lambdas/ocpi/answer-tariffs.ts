import type { PartnerTariff } from '../../core/ocpi/model/tariff.ts';
import { allTranslators } from '../../core/ocpi/partner/all-translators.ts';
import { tariffScope } from '../../core/ocpi/partner/partner.ts';
import { answerList } from './answer-list.ts';
import type { OcpiCaller } from './ocpi-caller.ts';
import type { OcpiRequest } from './ocpi-request.ts';
import type { OcpiResponse } from './ocpi-response.ts';
import type { ModulePlace } from './place.ts';

/** Answers a page of the tariffs that our locations name, as the caller's drivers pay them. */
export async function answerTariffs(
  caller: OcpiCaller,
  { version, rest }: ModulePlace,
  request: OcpiRequest,
): Promise<OcpiResponse> {
  if (request.method !== 'GET' || rest.length > 0) return { outcome: { kind: 'object-not-found' } };
  const { partner } = caller;
  const { operatorId } = partner;
  return await answerList<PartnerTariff>(caller, request, {
    list: { operatorId, scope: tariffScope(partner), module: 'tariffs' },
    pair: allTranslators[version].tariff,
  });
}
