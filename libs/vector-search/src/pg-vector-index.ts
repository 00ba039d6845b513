import { VectorError } from './vector-error.ts';

/** The part of a PostgreSQL client that is needed; `pg`, PGlite and others have it. */
export interface SqlClient {
  query(sql: string, parameters?: unknown[]): Promise<{ rows: unknown[] }>;
}

export interface PgDocument {
  readonly id: string;
  readonly document: string;
  readonly keywords: readonly string[];
  readonly embedding: Float32Array;
}

export interface PgHit {
  readonly id: string;
  readonly document: string;
  readonly keywords: string[];
  /** Cosine, −1 to 1. */
  readonly similarity: number;
}

/**
 * The same search in PostgreSQL with pgvector, on a table as ARAE's backend has it: id, document, keywords, embedding. Exact
 * (no approximate index is made). pgvector keeps float32, so similarities agree with `ExactIndex` to about 1e-6.
 */
export class PgVectorIndex {
  readonly #client: SqlClient;
  readonly #table: string;
  readonly dimensions: number;

  /**
   * @param table a plain name, or schema.name; letters, digits and underscores
   * @throws VectorError `bad-option`
   */
  constructor(client: SqlClient, { table, dimensions }: { table: string; dimensions: number }) {
    if (!/^[a-z_]\w*(?:\.[a-z_]\w*)?$/i.test(table)) {
      throw new VectorError(`the table name "${table}" is refused: use letters, digits and underscores`, {
        code: 'bad-option',
      });
    }
    if (!Number.isInteger(dimensions) || dimensions < 1 || dimensions > 16_000) {
      throw new VectorError(`dimensions is ${dimensions}: use a whole number from 1 to 16000`, {
        code: 'bad-option',
      });
    }
    this.#client = client;
    this.#table = table;
    this.dimensions = dimensions;
  }

  /** Makes the extension and the table where they are missing. */
  async create(): Promise<void> {
    await this.#client.query('CREATE EXTENSION IF NOT EXISTS vector');
    await this.#client.query(
      `CREATE TABLE IF NOT EXISTS ${this.#table} (id text PRIMARY KEY, document text NOT NULL, keywords text[] NOT NULL, embedding vector(${this.dimensions}) NOT NULL)`,
    );
  }

  /**
   * Writes documents, over those of the same id; all or none.
   * @throws VectorError `bad-row` with the document's place
   */
  async upsert(documents: readonly PgDocument[]): Promise<void> {
    if (documents.length === 0) return;
    const vectors = documents.map(({ embedding }, index) => this.#literal(embedding, 'row', index));
    const rows = documents.map(({ id, document, keywords }, index) => ({
      id,
      document,
      keywords,
      embedding: vectors[index],
    }));
    await this.#client.query(
      `INSERT INTO ${this.#table} (id, document, keywords, embedding)
       SELECT r->>'id', r->>'document', ARRAY(SELECT jsonb_array_elements_text(r->'keywords')), (r->>'embedding')::vector
       FROM jsonb_array_elements($1::jsonb) AS r
       ON CONFLICT (id) DO UPDATE SET document = excluded.document, keywords = excluded.keywords, embedding = excluded.embedding`,
      [JSON.stringify(rows)],
    );
  }

  /**
   * The k most similar documents, most similar first; of equally similar ones the lower id.
   * @throws VectorError `bad-query`, `bad-option`
   */
  async query(embedding: Float32Array, k: number): Promise<PgHit[]> {
    if (!Number.isInteger(k) || k < 1) {
      throw new VectorError(`k is ${k}: use a whole number from 1`, { code: 'bad-option' });
    }
    const { rows } = await this.#client.query(
      `SELECT id, document, keywords, 1 - (embedding <=> $1::vector) AS similarity FROM ${this.#table}
       ORDER BY embedding <=> $1::vector, id COLLATE "C" LIMIT $2`,
      [this.#literal(embedding, 'query', 0), k],
    );
    return rows as PgHit[];
  }

  #literal(vector: Float32Array, what: 'row' | 'query', index: number): string {
    const isGood = vector.length === this.dimensions && vector.every(Number.isFinite);
    // The cosine distance of the zero vector is NaN, which PostgreSQL would sort as the farthest of all.
    if (!isGood || vector.every((value) => value === 0)) {
      throw new VectorError(
        `${what} ${index} is refused (${vector.length} numbers, ${this.dimensions} asked; not all zero, none NaN or infinite): embed its text again`,
        { code: `bad-${what}`, index },
      );
    }
    return `[${vector.join(',')}]`;
  }
}
