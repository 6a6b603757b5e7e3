// Reads the repository's own sources for the architecture rules: what each file imports and what it says. It must not
// know any rule.
import { readdir, readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import ts from 'typescript';

export interface Import {
  /** As it is written. */
  readonly specifier: string;
  /** Path from the repository's root for a relative import, else the specifier. */
  readonly target: string;
  /** Nothing of it is left when the program runs. */
  readonly typeOnly: boolean;
  readonly line: number;
}

export interface Source {
  /** From the repository's root, with slashes. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
  /** The syntax tree; absent for files that are not TypeScript or JavaScript. */
  readonly tree?: ts.SourceFile;
}

const FOLDERS = ['worker', 'backoffice-plugin', 'test'];
const CODE = /\.(ts|js|mjs)$/;
const READ = /\.(ts|js|mjs|css)$/;

/** Parses one file. */
export function parseSource(path: string, text: string): Source {
  if (!CODE.test(path)) return { path, text, imports: [] };
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
  const imports: Import[] = [];
  const add = (literal: ts.Node | undefined, typeOnly: boolean): void => {
    if (!literal || !ts.isStringLiteralLike(literal)) return;
    const specifier = literal.text;
    const target = specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : specifier;
    imports.push({ specifier, target, typeOnly, line: lineOf(tree, literal) });
  };
  visit(tree, (node) => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isTypeOnlyImport(node.importClause));
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      add(node.argument.literal, true);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], false);
  });
  return { path, text, imports, tree };
}

/** Reads every source file of the repository, and the tools' configuration beside the folders. */
export async function readSources(root: string): Promise<readonly Source[]> {
  const top = (await readdir(root)).filter((name) => /\.config\.(ts|js|mjs)$/.test(name));
  const nested = await Promise.all(FOLDERS.map((folder) => listFiles(root, folder)));
  return Promise.all(
    [...top, ...nested.flat()]
      .filter((path) => READ.test(path))
      .map(async (path) => parseSource(path, await readFile(join(root, path), 'utf8'))),
  );
}

/** Gives what is beside the folders, without what git ignores. */
export async function readTopLevel(root: string): Promise<readonly string[]> {
  const ignored = (await readFile(join(root, '.gitignore'), 'utf8'))
    .split('\n')
    .map((line) => line.replace(/\/$/, ''));
  return (await readdir(root)).filter((name) => !ignored.includes(name));
}

/** Calls back for every node below `node`. */
export function visit(node: ts.Node, see: (node: ts.Node) => void): void {
  ts.forEachChild(node, (child) => {
    see(child);
    visit(child, see);
  });
}

export function lineOf(tree: ts.SourceFile, node: ts.Node): number {
  return tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1;
}

// `import { type A, type B }` leaves nothing either, for all that matters here.
function isTypeOnlyImport(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const names = clause.namedBindings;
  if (clause.name || !names || !ts.isNamedImports(names)) return false;
  return names.elements.every((element) => element.isTypeOnly);
}

async function listFiles(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => posix.join(entry.parentPath.slice(root.length + 1).replaceAll('\\', '/'), entry.name))
    .filter((path) => !path.includes('/node_modules/'));
}
