/**
 * What structured output with `strict` refuses in a JSON Schema, in OpenAI's words; null when nothing. Checked is that the
 * root is an object and that every object forbids further keys and requires its own.
 */
export function strictSchemaProblem(name: string, schema: unknown): string | null {
  const problem =
    isObject(schema) && schema['type'] === 'object'
      ? objectProblem(schema, [])
      : `schema must be a JSON Schema of 'type: "object"', got 'type: "${isObject(schema) ? String(schema['type']) : 'None'}"'.`;
  return problem === null ? null : `Invalid schema for response_format '${name}': ${problem}`;
}

function objectProblem(schema: Record<string, unknown>, path: readonly string[]): string | null {
  const context = `In context=(${path.map((part) => `'${part}'`).join(', ')}), `;
  const properties = isObject(schema['properties']) ? schema['properties'] : null;
  if (schema['type'] === 'object' || properties !== null) {
    if (schema['additionalProperties'] !== false) {
      return `${context}'additionalProperties' is required to be supplied and to be false.`;
    }
    const required = Array.isArray(schema['required']) ? (schema['required'] as unknown[]) : [];
    const missing = Object.keys(properties ?? {}).find((key) => !required.includes(key));
    if (missing !== undefined) {
      return `${context}'required' is required to be supplied and to be an array including every key in properties. Missing '${missing}'.`;
    }
  }
  for (const [key, part] of partsOf(schema, properties)) {
    const problem = objectProblem(part, [...path, ...key]);
    if (problem !== null) return problem;
  }
  return null;
}

function partsOf(
  schema: Record<string, unknown>,
  properties: Record<string, unknown> | null,
): (readonly [readonly string[], Record<string, unknown>])[] {
  const definitions = [schema['$defs'], schema['definitions']].filter(isObject);
  const parts: (readonly [readonly string[], unknown])[] = [
    ...[properties ?? {}, ...definitions].flatMap((group) =>
      Object.entries(group).map(([key, part]) => [['properties', key], part] as const),
    ),
    [['items'], schema['items']],
    ...(Array.isArray(schema['anyOf']) ? (schema['anyOf'] as unknown[]) : []).map(
      (part, index) => [['anyOf', String(index)], part] as const,
    ),
  ];
  return parts.flatMap(([key, part]) => (isObject(part) ? [[key, part] as const] : []));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
