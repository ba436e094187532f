import { commands, Uri, ViewColumn, type WebviewPanel, window, workspace } from 'vscode';
import { DID_ANALYSE, type DidAnalyse } from '#server/protocol.ts';
import type { Host } from '../activate.ts';
import type { ExportFormat, PreviewState } from './messages.ts';
import { Preview, type PreviewReport } from './panel.ts';

const PANEL = 'mlsys.preview';

/** The commands that open previews, one panel a document, and what keeps them up to date and brings them back. */
export function registerPreviews(host: Host): { report(uri?: string): PreviewReport | null } {
  const previews = new Map<string, Preview>();
  const { subscriptions } = host.context;

  function adopt(panel: WebviewPanel, state: PreviewState): void {
    const preview = new Preview(panel, state, host);
    previews.set(state.uri, preview);
    panel.onDidDispose(() => {
      preview.dispose();
      if (previews.get(state.uri) === preview) previews.delete(state.uri);
    });
  }

  function open(uri: Uri | undefined, viewColumn: ViewColumn): Preview | undefined {
    uri ??= window.activeTextEditor?.document.uri;
    if (!uri) return undefined;
    const existing = previews.get(uri.toString());
    if (existing) {
      existing.show();
      return existing;
    }
    const column = { viewColumn, preserveFocus: viewColumn === ViewColumn.Beside };
    const panel = window.createWebviewPanel(PANEL, 'Preview', column, { enableFindWidget: true });
    adopt(panel, { uri: uri.toString(), view: 'lifecycle', subject: null, scenario: null, sets: null });
    return previews.get(uri.toString());
  }

  /** The preview that has the focus, else that of the active editor. */
  const current = (): Preview | undefined =>
    [...previews.values()].find(({ active }) => active) ?? open(undefined, ViewColumn.Beside);

  subscriptions.push(
    commands.registerCommand('mlsys.openPreviewToSide', (uri?: Uri) => open(uri, ViewColumn.Beside)),
    commands.registerCommand('mlsys.openPreview', (uri?: Uri) => open(uri, ViewColumn.Active)),
    ...EXPORTS.map(([name, format]) =>
      commands.registerCommand(`mlsys.preview.${name}`, () => current()?.export(format)),
    ),
    ...(['reveal', 'open'] as const).map((act) =>
      commands.registerCommand(`mlsys.preview.${act}`, (context?: { mlsysPart?: string }) => {
        if (context?.mlsysPart) current()?.act(act, context.mlsysPart);
      }),
    ),
    window.registerWebviewPanelSerializer(PANEL, {
      deserializeWebviewPanel: async (panel, state: PreviewState | undefined) => {
        if (!state?.uri) {
          panel.dispose(); // the window closed before the page had drawn anything
          return;
        }
        await load(state.uri);
        adopt(panel, { ...state, sets: state.sets ?? null });
      },
    }),
    host.client.onNotification(DID_ANALYSE, ({ uri }: DidAnalyse) => previews.get(uri)?.refresh()),
    openWithDesigns((uri) => open(uri, ViewColumn.Beside)),
  );
  return { report: (uri) => (uri ? previews.get(uri) : previews.values().next().value)?.report ?? null };
}

const EXPORTS: readonly (readonly [command: string, format: ExportFormat])[] = [
  ['saveSvg', 'svg'],
  ['savePng', 'png'],
  ['saveMermaid', 'mermaid'],
  ['copyMarkdown', 'markdown'],
];

/** The server knows documents that are open; one that is gone from the disk is not, and the panel says so. */
const load = (uri: string): Thenable<unknown> =>
  workspace.openTextDocument(Uri.parse(uri)).then(undefined, () => undefined);

/** With the setting `mlsys.preview.openWithDesign`, a design brings its preview the first time it is looked at. */
function openWithDesigns(open: (uri: Uri) => void) {
  const seen = new Set<string>();
  const look = () => {
    const document = window.activeTextEditor?.document;
    if (document?.languageId !== 'mlsys' || seen.has(document.uri.toString())) return;
    if (!workspace.fs.isWritableFileSystem(document.uri.scheme)) return; // the catalog, the other side of a comparison
    if (!workspace.getConfiguration('mlsys', document).get('preview.openWithDesign', false)) return;
    seen.add(document.uri.toString());
    open(document.uri);
  };
  look();
  return window.onDidChangeActiveTextEditor(look);
}
