/** How many checks or tests went which way. */
export interface Count {
  readonly passed: number;
  readonly failed: number;
}

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

/**
 * Counts the tests of Vitest's JSON report. A file that could not be run is one failure, and so is whatever made the
 * runner fail without a failed test (no report, an error outside a test). `isStrict` makes skipped tests failures.
 */
export function countTests(report: string | undefined, exitCode: number, isStrict: boolean): Count {
  if (report === undefined) return { passed: 0, failed: 1 };
  const result = JSON.parse(report) as VitestReport;
  const broken = result.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((assertion) => assertion.status === 'failed'),
  );
  const skipped = isStrict ? result.numPendingTests + result.numTodoTests : 0;
  const failed = result.numFailedTests + broken.length + skipped;
  return { passed: result.numPassedTests, failed: failed === 0 && exitCode !== 0 ? 1 : failed };
}
