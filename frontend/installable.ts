/** What makes the page an app that can be installed and opened without a network: its manifest and its cache. */

import type { Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

/** Addresses are relative, so that the page may be served under any path. */
export function installable(): Plugin[] {
  return VitePWA({
    registerType: 'prompt', // an update waits until the person agrees
    injectRegister: false, // src/installed/registration.ts does
    manifest: {
      id: './',
      name: 'Handwritten digits',
      short_name: 'Digits',
      description: 'Write a digit, a number or a letter by hand and see at once how a neural network reads it.',
      start_url: './',
      scope: './',
      display: 'standalone',
      background_color: '#e3e9e4',
      theme_color: '#14213a',
      categories: ['education', 'utilities'],
      icons: [
        { src: 'icons/icon-192.png', sizes: '192x192', type: 'image/png' },
        { src: 'icons/icon-512.png', sizes: '512x512', type: 'image/png' },
        { src: 'icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        { src: 'favicon.svg', sizes: 'any', type: 'image/svg+xml' },
      ],
      shortcuts: [
        { name: 'Write a digit or a number', short_name: 'Digits', url: './?alphabet=digits' },
        { name: 'Write a letter', short_name: 'Letters', url: './?alphabet=letters' },
      ],
      share_target: {
        action: './share', // public/incoming.js takes it
        method: 'POST',
        enctype: 'multipart/form-data',
        params: { files: [{ name: 'pictures', accept: ['image/*'] }] },
      },
      file_handlers: [{ action: './', accept: { 'application/json': ['.json'] } }],
    },
    workbox: {
      globPatterns: ['**/*.{js,css,html,svg,png,woff2}', 'assets/digit_cnn-*'],
      maximumFileSizeToCacheInBytes: 4_000_000,
      // Letters are kept once somebody has read them: all that is kept at first stays under 3 MB.
      runtimeCaching: [
        {
          urlPattern: /\/assets\/letter_cnn-[^/]+$/,
          handler: 'CacheFirst',
          options: { cacheName: 'letters', expiration: { maxEntries: 2 } },
        },
      ],
      navigateFallback: 'index.html',
      importScripts: ['incoming.js'],
      clientsClaim: true, // so that the very first visit is kept whole
      cleanupOutdatedCaches: true,
    },
  });
}
