import { definitionAt } from '#language/editor/definition.ts';
import { type Host, offsetOf, rangeOf } from './host.ts';

export function provideDefinition(host: Host): void {
  host.connection.onDefinition(
    host.guard(
      'definition',
      ({ textDocument, position }) => {
        const document = host.document(textDocument.uri);
        const found = document && definitionAt(document, offsetOf(document, position));
        if (!found) return null;
        if (!host.client.links) return { uri: found.whole.at.uri, range: rangeOf(document, found.name) };
        return [
          {
            originSelectionRange: rangeOf(document, found.from),
            targetUri: found.whole.at.uri,
            targetRange: rangeOf(document, found.whole),
            targetSelectionRange: rangeOf(document, found.name),
          },
        ];
      },
      null,
    ),
  );
}
