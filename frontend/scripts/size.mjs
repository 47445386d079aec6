// Fails when the built JavaScript is larger, gzipped, than a slow connection should have to carry.
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const LIMIT = 220_000; // bytes

const assets = new URL(`../${process.argv[2] ?? 'dist'}/assets/`, import.meta.url);
const sizes = readdirSync(assets)
  .filter((name) => name.endsWith('.js'))
  .map((name) => ({ name, bytes: gzipSync(readFileSync(new URL(name, assets))).length }));
const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);

for (const { name, bytes } of sizes) console.log(`${(bytes / 1000).toFixed(1)} kB  ${name}`);
console.log(`${(total / 1000).toFixed(1)} kB  JavaScript in all, gzipped (limit ${LIMIT / 1000} kB)`);
if (sizes.length === 0 || total > LIMIT) process.exit(1);
