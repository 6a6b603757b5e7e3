import js from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', '.penumbra/', '.wrangler/', '**/generated/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['./worker/tsconfig.json', './backoffice-plugin/tsconfig.json', './test/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/dot-notation': 'off',
      // Hono's builders return their own type with a schema; the rule takes that for another class.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      'no-console': 'error',
    },
  },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      // Marked as deprecated only so that it stands out: loopback has no TLS.
      '@typescript-eslint/no-deprecated': [
        'error',
        {
          allow: [
            { from: 'package', name: 'allowInsecureRequests', package: 'openid-client' },
            { from: 'package', name: 'allowInsecureRequests', package: 'oauth4webapi' },
          ],
        },
      ],
    },
  },
  {
    files: [
      'worker/cloudflare.ts',
      'worker/deno.ts',
      'test/world/**',
      'worker/cli/**',
      'test/bench/**',
      'test/support/**',
    ],
    rules: { 'no-console': 'off' },
  },
);
