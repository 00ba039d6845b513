import type { RowIdentity } from '@arae/jsonl';

/** What is known of a row beside its text, which waits on the disk. */
export interface RowFacts extends RowIdentity {
  /** Place in the spool. */
  spooled: number;
  /** Of the line without its line break, in hexadecimal digits. */
  sha256: string;
  tokens: number;
  answerTokens: number;
  /** Characters of all three messages together. */
  characters: number;
  grade: string;
  structureType: string;
  bayCount: number;
  /** What the graph denies of the label. */
  contradictions: { severe: number; minor: number };
}
