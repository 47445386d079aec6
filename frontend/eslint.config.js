import js from '@eslint/js';
import a11y from 'eslint-plugin-jsx-a11y';
import hooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import typescript from 'typescript-eslint';

/**
 * Which rooms of src/ each room may import from, besides itself. Arrows run one way: what a digit's ink is
 * knows nothing of the page, a feature knows what it stands on, and only the page knows all of them.
 * @type {Record<string, string[]>}
 */
const ARROWS = {
  ink: [],
  api: ['ink'],
  ui: ['ink'],
  local: ['ink', 'api', 'models'], // those of the repository, as files
  drawing: ['ink', 'ui'],
  reading: ['ink', 'api', 'ui', 'local'],
  why: ['ink', 'api', 'ui', 'reading'],
  keeping: ['ink', 'api', 'ui', 'reading', 'sharing'],
  pictures: ['ink', 'api', 'ui', 'reading', 'keeping'],
  teaching: ['ink', 'api', 'ui', 'drawing', 'reading'],
  sharing: ['ink', 'api', 'ui', 'reading'],
  together: ['ink', 'api', 'ui', 'drawing', 'sharing'],
  installed: ['ui'],
  page: ['installed', 'sharing', 'together', 'ink', 'api', 'ui', 'drawing', 'reading', 'why', 'keeping', 'pictures', 'teaching'],
};

const TESTS = ['src/**/*.test.{ts,tsx}'];

/** @param {string} room */
function onlyArrowsFrom(room) {
  const allowed = ARROWS[room];
  const message = `${room}/ imports only from ${['itself', ...allowed].join(', ')} (ARROWS in eslint.config.js).`;
  const outside = `^(?:\\.\\./)+(?!(?:${[room, ...allowed].join('|')})/)[^.]`;
  const packages = room === 'ink' ? [{ regex: '^[^.]', message: 'ink/ is pure: no React, no packages.' }] : [];
  return {
    'no-restricted-imports': ['error', { patterns: [{ regex: outside, message }, ...packages] }],
    'no-restricted-syntax': ['error', { selector: `ImportExpression[source.value=/${outside.replaceAll('/', '\\/')}/]`, message }],
  };
}

export default typescript.config(
  { ignores: ['dist', 'dist-e2e', 'playwright-report', 'test-results', 'src/api/schema.d.ts'] },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [typescript.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    extends: [hooks.configs.flat.recommended, a11y.flatConfigs.recommended],
    languageOptions: { globals: globals.browser },
  },
  ...Object.keys(ARROWS).map((room) => ({
    files: [`src/${room}/**/*.{ts,tsx}`],
    ignores: TESTS,
    rules: onlyArrowsFrom(room),
  })),
  {
    files: ['src/**/*.tsx'],
    ignores: TESTS,
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { patterns: [{ group: ['**/api/client'], message: 'A component asks a hook, and the hook the client.' }] },
      ],
    },
  },
  {
    files: ['src/ink/**'],
    ignores: TESTS,
    languageOptions: { globals: {} },
    rules: {
      'no-restricted-globals': ['error', 'document', 'window', 'localStorage', 'navigator', 'fetch'],
    },
  },
  {
    files: ['public/*.js'],
    languageOptions: { globals: { ...globals.serviceworker, ...globals.browser } },
  },
  {
    // Scripts run in Node, and hand functions over to the page.
    files: ['scripts/**', '*.config.{js,ts}', 'e2e/**'],
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
  },
);
