/** Exit codes of the command line. */
export const EXIT = {
  done: 0,
  /** Items failed beyond the allowed share, or a gate was missed. */
  failed: 1,
  /** Wrong usage, configuration or input. */
  usage: 2,
  /** Stopped at the budget. */
  budget: 3,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
