import { VIEW, type ViewRequest, type ViewResponse } from '../protocol.ts';
import { viewOf } from '../view.ts';
import type { Host } from './host.ts';

export function provideView(host: Host): void {
  host.connection.onRequest(
    VIEW,
    host.guard(
      'view',
      (request: ViewRequest): ViewResponse | null => {
        const document = host.document(request.uri);
        return document ? viewOf(document, request, host.version(request.uri)) : null;
      },
      null,
    ),
  );
}
