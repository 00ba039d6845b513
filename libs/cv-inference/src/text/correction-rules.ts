import { z } from 'zod';
import { CorrectionRulesError } from './correction-rules-error.ts';
import { compilePythonPattern } from './python-pattern.ts';
import { pythonReplacement } from './python-replacement.ts';

/** One substitution. */
export interface CorrectionRule {
  /** As written in the file. */
  readonly pattern: string;
  /** The text with every match replaced; undefined when nothing matches. */
  readonly apply: (text: string) => string | undefined;
}

const rulesSchema = z.array(z.strictObject({ pattern: z.string().min(1), replacement: z.string() }));

/**
 * Reads a list of rules, `[{"pattern": "발코.?$", "replacement": "발코니"}]`. Patterns and replacements are Python's
 * (`re.sub`): `\w`, `\d`, `\s` and `\b` go by Unicode, `$` also matches before a line end at the very end, a `|` in a
 * character class is a bar, and `\1` or `\g<name>` in a replacement stand for groups.
 *
 * @throws CorrectionRulesError that names the rule, for anything that is not such a list, or a pattern that is not valid.
 */
export function parseCorrectionRules(text: string): CorrectionRule[] {
  return checkedList(text).map(({ pattern, replacement }, index) => {
    const place = index + 1;
    try {
      const { expression, groupNames } = compilePythonPattern(pattern);
      const replace = pythonReplacement(replacement, groupNames);
      return {
        pattern,
        apply: (value) => {
          let isMatched = false;
          const replaced = value.replace(expression, (...match: unknown[]) => {
            isMatched = true;
            return replace(match);
          });
          return isMatched ? replaced : undefined;
        },
      };
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      throw new CorrectionRulesError(place, `${JSON.stringify(pattern)}: ${error.message}`, error);
    }
  });
}

function checkedList(text: string): z.infer<typeof rulesSchema> {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/u, ''));
  } catch (error) {
    throw new CorrectionRulesError(undefined, 'not JSON', error);
  }
  const result = rulesSchema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const [index, ...field] = issue?.path ?? [];
  const problem = [field.join('.'), issue?.message].filter(Boolean).join(': ');
  throw new CorrectionRulesError(
    typeof index === 'number' ? index + 1 : undefined,
    `${problem}; expected a list of {"pattern", "replacement"}`,
    result.error,
  );
}
