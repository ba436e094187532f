import { catalogText } from '#language/index.ts';
import { CATALOG } from '../protocol.ts';
import type { Host } from './host.ts';

export function provideCatalog(host: Host): void {
  host.connection.onRequest(
    CATALOG,
    host.guard('catalog', ({ uri }: { uri: string }) => catalogText(uri) ?? null, null),
  );
}
