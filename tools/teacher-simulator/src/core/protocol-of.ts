import { geminiProtocol } from '../protocols/gemini/gemini-protocol.ts';
import { openAiProtocol } from '../protocols/openai/openai-protocol.ts';
import type { Route, WireProtocol } from '../protocols/wire-protocol.ts';

/**
 * The provider a request is meant for, and what its path asks for. `/v1/models` exists at both: there the place of the key
 * decides.
 */
export function protocolOf(request: { method: string; url: URL; headers: Headers }): {
  protocol: WireProtocol;
  route: Route | null;
} {
  const { method, url, headers } = request;
  const path = decoded(url.pathname);
  const isGemini = geminiProtocol.keyIn(headers, url) !== null;
  const protocols = isGemini ? [geminiProtocol, openAiProtocol] : [openAiProtocol, geminiProtocol];
  for (const protocol of protocols) {
    const route = protocol.route(method, path);
    if (route !== null) return { protocol, route };
  }
  return { protocol: protocols[0] as WireProtocol, route: null };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
