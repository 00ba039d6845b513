import { isRawJsonNumber, parseSpelledJson, stringifyIndented } from '../json/spelled-json.ts';
import type { SpelledJson } from '../json/spelled-json.ts';

type JsonObject = { [key: string]: SpelledJson };

/**
 * The slimmed graph exactly as ARAE's service of 2026 puts it into its prompt, byte for byte, with its oddity: doors and
 * windows are an object there, so only the words "doors", "windows" and "walls" are left of them.
 *
 * @param graphText the text of `topology_graph.json`; its spelling of numbers is kept
 * @throws SyntaxError when it is not JSON; TypeError when it is no object.
 */
export function renderLegacyGraph(graphText: string): string {
  const graph = parseSpelledJson(graphText);
  if (!isObject(graph)) throw new TypeError('the topology graph is no JSON object');
  const slim: JsonObject = {};
  if ('image_info' in graph) {
    slim['image_info'] = {
      file_name: isObject(graph['image_info']) ? (graph['image_info']['file_name'] ?? '') : '',
    };
  }
  if ('nodes' in graph) slim['nodes'] = items(graph['nodes']).map(slimNode);
  if ('edges' in graph) slim['edges'] = items(graph['edges']).map(slimEdge);
  if ('statistics' in graph) slim['statistics'] = graph['statistics'];
  return stringifyIndented(slim);
}

function slimNode(node: SpelledJson): SpelledJson {
  const slim = pick(node, ['node_id', 'label', 'space_type', 'is_outside', 'area', 'area_ratio']);
  const contains = isObject(node) ? node['contains'] : undefined;
  if (isObject(contains)) {
    const kept: JsonObject = {};
    if (isFilled(contains['objects'])) kept['objects'] = items(contains['objects']).map(nameOf);
    if (isFilled(contains['ocr_labels'])) kept['ocr_labels'] = contains['ocr_labels'];
    if (isFilled(contains['structures'])) kept['structures'] = items(contains['structures']).map(nameOf);
    if (Object.keys(kept).length > 0) slim['contains'] = kept;
  }
  return slim;
}

function slimEdge(edge: SpelledJson): SpelledJson {
  return pick(edge, ['source_node', 'target_node', 'connection_type']);
}

function pick(value: SpelledJson, keys: readonly string[]): JsonObject {
  const source = isObject(value) ? value : {};
  return Object.fromEntries(keys.map((key) => [key, source[key] ?? null]));
}

/** What a Python loop over the value meets: items of a list, keys of an object, characters of a text. */
function items(value: SpelledJson | undefined): SpelledJson[] {
  if (Array.isArray(value)) return value;
  if (typeof value === 'string') return [...value];
  return isObject(value) ? Object.keys(value) : [];
}

/** Of an object the type, else the category name; anything else as it is. */
function nameOf(item: SpelledJson): SpelledJson {
  if (!isObject(item)) return item;
  return isFilled(item['type']) ? item['type'] : (item['category_name'] ?? null);
}

/** Python's truth of a JSON value. */
function isFilled(value: SpelledJson | undefined): value is SpelledJson {
  if (value === undefined || value === null || value === false || value === 0 || value === '') return false;
  if (Array.isArray(value)) return value.length > 0;
  if (isObject(value)) return Object.keys(value).length > 0;
  return true;
}

function isObject(value: SpelledJson | undefined): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value) && !isRawJsonNumber(value);
}
