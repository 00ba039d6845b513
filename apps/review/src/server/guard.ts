import { timingSafeEqual } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { RefusedError } from '../errors.ts';

export interface GuardParams {
  readonly token: string;
  /** Known when the server listens. */
  readonly port: () => number;
}

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * Lets in only who was given the address: the token opens the page and becomes a cookie. Other hosts (DNS rebinding), other
 * origins and other sites' requests are refused.
 */
export function guard({ token, port }: GuardParams): MiddlewareHandler {
  return async (context, next) => {
    // First, so that refusals have them, too.
    context.header('content-security-policy', POLICY);
    context.header('x-content-type-options', 'nosniff');
    context.header('referrer-policy', 'no-referrer');
    const hosts = [`127.0.0.1:${port()}`, `localhost:${port()}`];
    const host = context.req.header('host') ?? '';
    if (!hosts.includes(host)) throw new RefusedError(403, 'this address is not served here');
    const origin = context.req.header('origin');
    const site = context.req.header('sec-fetch-site') ?? 'none';
    // Who follows the printed address from another page still gets the page itself.
    const isOfOtherSite = !['none', 'same-origin'].includes(site) && !isOpening(context);
    if (isOfOtherSite || (origin !== undefined && origin !== `http://${host}`)) {
      throw new RefusedError(403, 'requests of other pages are refused');
    }
    const name = `arae-review-${port()}`;
    if (isOpening(context) && isEqual(context.req.query('token') ?? '', token)) {
      setCookie(context, name, token, { httpOnly: true, sameSite: 'Strict', path: '/' });
    } else if (!isEqual(getCookie(context, name) ?? '', token)) {
      throw new RefusedError(401, 'open the address that arae-review printed: it holds the key to this page');
    }
    await next();
  };
}

const isOpening = ({ req }: Context): boolean => req.method === 'GET' && req.path === '/';

function isEqual(given: string, token: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}
