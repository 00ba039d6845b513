/** A file of correction rules cannot be used. */
export class CorrectionRulesError extends Error {
  override readonly name = 'CorrectionRulesError';
  /** Which rule, counted from 1; undefined for the file as a whole. */
  readonly rule: number | undefined;

  constructor(rule: number | undefined, problem: string, cause?: unknown) {
    super(
      `correction rules: ${rule === undefined ? '' : `rule ${rule}: `}${problem}`,
      cause === undefined ? {} : { cause },
    );
    this.rule = rule;
  }
}
