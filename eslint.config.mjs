import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import * as jsoncParser from 'jsonc-eslint-parser';
import tseslint from 'typescript-eslint';

const FONT_PACKAGES = ['nanum-gothic', 'ibm-plex-sans-kr', 'gowun-dodum', 'do-hyeon'].map(
  (name) => `@expo-google-fonts/${name}`,
);

const everythingBelow = (...tags) => ({ onlyDependOnLibsWithTags: tags });

export default tseslint.config(
  { ignores: ['**/dist', '**/out-tsc', '**/node_modules', '**/*.d.ts'] },
  js.configs.recommended,
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: { globals: { URL: 'readonly', console: 'readonly', process: 'readonly' } },
  },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    plugins: { '@nx': nx },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@nx/enforce-module-boundaries': [
        'error',
        {
          enforceBuildableLibDependency: true,
          // Loaded on demand by the app, directly by its tests.
          checkDynamicDependenciesExceptions: [
            '^@arae/cv-inference$',
            '^@arae/plan-generator$',
            '^@arae/teacher-simulator$',
          ],
          // Arrows point down only: apps → tools → features → base. Features never import each other.
          depConstraints: [
            { sourceTag: 'type:base', ...everythingBelow('type:none') },
            { sourceTag: 'type:feature', ...everythingBelow('type:base') },
            { sourceTag: 'type:tool', ...everythingBelow('type:feature', 'type:base') },
            // Measures whatever there is.
            { sourceTag: 'type:bench', ...everythingBelow('type:tool', 'type:feature', 'type:base') },
            { sourceTag: 'type:app', ...everythingBelow('type:tool', 'type:feature', 'type:base') },
          ],
        },
      ],
    },
  },
  {
    files: ['**/*.test.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
    },
  },
  {
    files: ['**/package.json'],
    languageOptions: { parser: jsoncParser },
    plugins: { '@nx': nx },
    rules: {
      '@nx/dependency-checks': [
        'error',
        {
          ignoredFiles: [
            '{projectRoot}/vitest.config.mts',
            '{projectRoot}/eslint.config.mjs',
            '{projectRoot}/src/**/*.test.ts',
          ],
          useLocalPathsForWorkspaceDependencies: false,
          // Fonts are read as files, which no import shows; Vite builds the review's page inside the workspace only.
          ignoredDependencies: [...FONT_PACKAGES, 'vite'],
        },
      ],
    },
  },
);
