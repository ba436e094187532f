/** Every suite that runs inside of VS Code, on any host, in this order. */
export const suites: readonly (() => Promise<unknown>)[] = [
  () => import('./activation.ts'),
  () => import('./language.ts'),
  () => import('./navigation.ts'),
  () => import('./fixes.ts'),
  () => import('./preview.ts'),
  () => import('./files.ts'),
];
