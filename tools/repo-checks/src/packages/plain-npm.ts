/** How npm is started: the npm that started us, on our own Node. */
export function npmProgram(): [command: string, ...args: string[]] {
  const cli = process.env['npm_execpath'];
  return cli?.endsWith('npm-cli.js') === true ? [process.execPath, cli] : ['npm'];
}

/**
 * The environment of somebody's shell: without what an npm around us has put into it, which would point the next npm at our
 * workspace, and without Nx's wish for colours, which programs would print between their words.
 */
export function plainEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^npm_|^(?:INIT_CWD|NODE_OPTIONS|FORCE_COLOR)$/i.test(name),
    ),
  );
}
