import { access, constants } from 'node:fs/promises';
import { provideProgram, thisMachine, type Program, type ProgramRequest } from './system-program.ts';
import { STATE_FOLDER } from './repository-root.ts';

export const CHROMIUM_PROGRAM: ProgramRequest = {
  name: 'Chromium',
  commands: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'],
  debianPackages: ['chromium', 'fonts-liberation'],
  // Not /usr/bin/chromium: that script names paths of an installed package.
  unpackedPaths: ['usr/lib/chromium/chromium'],
  variable: 'CHROMIUM_PATH',
  otherSystems: { dnf: 'chromium', brew: '--cask chromium' },
};

/** What a browser under test is started with: no sandbox (containers have none), no traffic of its own. */
export const CHROMIUM_ARGUMENTS: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Finds the Chromium that CHROMIUM_PATH names, or one on the PATH, or gets Debian's.
 * @throws when there is none and none can be had, with the command to install it.
 */
export async function provideChromium(report: (line: string) => void = () => undefined): Promise<Program> {
  const given = process.env['CHROMIUM_PATH'];
  if (given === undefined || given === '') {
    return provideProgram(CHROMIUM_PROGRAM, thisMachine(STATE_FOLDER, report));
  }
  await access(given, constants.X_OK).catch((error: unknown) => {
    throw new Error(`CHROMIUM_PATH names ${given}, which is no program.`, { cause: error });
  });
  return { path: given, env: {}, origin: 'path' };
}
