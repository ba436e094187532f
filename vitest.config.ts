import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/{pages,designs,laws,lsp,cli,preview,house,accuracy}/**/*.test.ts'],
    testTimeout: 30_000,
    expect: { poll: { timeout: 20_000 } },
    maxWorkers: 2,
  },
});
