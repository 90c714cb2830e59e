import { defineConfig } from 'vitest/config';

export default defineConfig({ test: { include: ['test/value.test.ts', 'test/finite-differences.test.ts'] } });
