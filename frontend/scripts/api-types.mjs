// Writes src/api/schema.d.ts from the OpenAPI document of the running API, and tells whether the
// committed one fits it.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';

const schema = new URL('../src/api/schema.d.ts', import.meta.url);
const HEADER = '// Written by `npm run api-types` from the served /openapi.json. Do not edit.\n\n';

/**
 * The types of the document that is served at `address`.
 * @param {string} address such as http://127.0.0.1:5000
 */
export async function servedTypes(address) {
  const response = await fetch(`${address}/openapi.json`);
  if (!response.ok) throw new Error(`${address}/openapi.json answers ${response.status}`);
  return HEADER + astToString(await openapiTS(await response.json(), { defaultNonNullable: false }));
}

export function committedTypes() {
  return readFile(schema, 'utf8');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await writeFile(schema, await servedTypes(`http://127.0.0.1:${process.env.API_PORT ?? 5000}`));
}
