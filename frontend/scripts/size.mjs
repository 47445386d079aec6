// Fails when the JavaScript of the first load is larger, gzipped, than a slow connection should have to carry.
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const LIMIT = 205_000; // bytes

const dist = new URL(`../${process.argv[2] ?? 'dist'}/`, import.meta.url);
const page = readFileSync(new URL('index.html', dist), 'utf8'); // names its script and what that imports at once
const files = readdirSync(new URL('assets/', dist))
  .filter((name) => name.endsWith('.js'))
  .map((name) => ({
    name,
    bytes: gzipSync(readFileSync(new URL(`assets/${name}`, dist))).length,
    isFirst: page.includes(`assets/${name}`),
  }));
const total = files.reduce((sum, { bytes, isFirst }) => sum + (isFirst ? bytes : 0), 0);

for (const { name, bytes, isFirst } of files) console.log(`${(bytes / 1000).toFixed(1)} kB  ${name}${isFirst ? '' : ', later'}`);
console.log(`${(total / 1000).toFixed(1)} kB  JavaScript of the first load, gzipped (limit ${LIMIT / 1000} kB)`);
if (total === 0 || total > LIMIT) process.exit(1);
