import { writeFileSync } from 'node:fs';
import { shippedSbom } from './shipped-sbom.ts';

/** `npm run sbom`: writes sbom.cdx.json, the packages of what is shipped. */
writeFileSync('sbom.cdx.json', `${JSON.stringify(shippedSbom(), null, 2)}\n`);
