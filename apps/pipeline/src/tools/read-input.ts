import { jsonFaultOf } from '@arae/floorplan';
import { FileTooLargeError, readTextFile } from '@arae/progress';
import { UsageError } from '../errors.ts';

/** Reads a file that the user named. @throws UsageError naming the flag. */
export async function readInput(path: string, flag: string): Promise<string> {
  try {
    return await readTextFile(path);
  } catch (error) {
    if (error instanceof FileTooLargeError) throw new UsageError(`${flag}: ${error.message}`);
    throw new UsageError(`${path} cannot be read (${(error as NodeJS.ErrnoException).code}): check ${flag}`);
  }
}

/** Puts the file's name in front of what is wrong with its content. */
export function inFile<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new UsageError(`${path}: ${jsonFaultOf(error)}`);
  }
}
