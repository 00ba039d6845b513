/** The phase that Nx is running through this process; null outside of Nx. */
export function nxTaskOf(env: Readonly<Record<string, string | undefined>>): string | null {
  const task = env['NX_TASK_TARGET_TARGET'];
  return env['NX_TASK_TARGET_PROJECT'] === 'pipeline' && task?.startsWith('phase') === true ? task : null;
}
