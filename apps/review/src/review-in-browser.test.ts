import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runReview } from './run-review.ts';
import { findChromium } from './testing/find-chromium.ts';
import { labelledFolder, type LabelledFolder, type LabelledFolderParams } from './testing/labelled-folder.ts';
import { reviewsIn } from './testing/read-reviews.ts';

const executablePath = findChromium();

interface Opened extends LabelledFolder {
  readonly page: Page;
  /** Addresses that the page asked for on other hosts than its own. */
  readonly foreign: string[];
  /** What the page complained of. */
  readonly faults: string[];
}

async function open(params: LabelledFolderParams, reviewer: string | null = null): Promise<Opened> {
  const folder = await labelledFolder(params);
  const review = await runReview(
    { ...folder, teachers: null, items: null, seed: 42, repeatShare: 0.1, port: 0, reviewer },
    () => {},
  );
  onTestFinished(() => review.stop());
  const browser = await chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox'] });
  onTestFinished(() => browser.close());
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
  const [foreign, faults]: [string[], string[]] = [[], []];
  page.on('request', (request) => {
    if (new URL(request.url()).host !== new URL(review.address).host) foreign.push(request.url());
  });
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  await page.goto(review.address);
  return { ...folder, page, foreign, faults };
}

async function begin(page: Page, reviewer: string): Promise<void> {
  await page.locator('input').fill(reviewer);
  await page.locator('input').press('Enter');
  await page.waitForSelector('main.item');
}

const place = async (page: Page): Promise<number> =>
  Number(await page.locator('main.item').getAttribute('data-place'));

/** Six scores, a verdict, saved; waits until the next item is there. */
async function answer(page: Page, verdict: string): Promise<void> {
  const now = await place(page);
  for (const digit of '453425') await page.keyboard.press(digit);
  await page.keyboard.press(verdict);
  await page.keyboard.press('Enter');
  await page.waitForSelector(`main.item:not([data-place="${now}"]), main.finished`);
}

describe.skipIf(executablePath === undefined)('reviewing in a browser', { timeout: 120_000 }, () => {
  it('goes through 20 drawings by keyboard, reloaded in the middle, then with a second reviewer', async () => {
    const { page, data, foreign, faults } = await open({ count: 18 });
    await begin(page, '김하나');
    expect(page.url()).not.toContain('token');
    for (let done = 0; done < 9; done++) await answer(page, 'abex'[done % 4] ?? 'a');
    // What is not saved outlives a reload.
    await page.keyboard.press('3');
    await page.keyboard.press('x');
    await page.keyboard.press('m');
    await page.keyboard.type('a 12 메모');
    await page.keyboard.press('Escape');
    await page.reload();
    await page.waitForSelector('main.item');
    expect(await place(page)).toBe(9);
    expect(await page.getByRole('radio', { name: 'A 정확성 3' }).getAttribute('aria-checked')).toBe('true');
    expect(await page.locator('textarea').inputValue()).toBe('a 12 메모');
    for (let done = 9; done < 20; done++) await answer(page, 'a');
    await page.waitForSelector('main.finished');

    const reviews = reviewsIn(data);
    expect(reviews).toHaveLength(20);
    expect(reviews.filter(({ repeat }) => repeat === 1)).toHaveLength(2);
    expect(reviews.slice(0, 4).map(({ verdict }) => verdict)).toEqual(['left', 'right', 'equal', 'both_bad']);
    expect(reviews[9]).toMatchObject({ note: 'a 12 메모', verdict: 'left', reviewer: '김하나' });
    expect(reviews[0]?.scores).toEqual({
      left: { correctness: 4, completeness: 5, usefulness: 3 },
      right: { correctness: 4, completeness: 2, usefulness: 5 },
    });
    expect(reviews.every(({ seconds }) => seconds > 0 && seconds < 60)).toBe(true);

    await page.getByRole('button', { name: '검토자 바꾸기' }).click();
    await begin(page, '이둘');
    expect(await place(page)).toBe(0);
    await answer(page, 'b');
    expect(reviewsIn(data).at(-1)).toMatchObject({ reviewer: '이둘', verdict: 'right' });
    expect({ foreign, faults }).toEqual({ foreign: [], faults: [] });
  });

  it('shows labels as text, whatever they hold', async () => {
    const evil = '<img src=x onerror="document.title=1"><script>document.title=2</script>';
    const { page, faults } = await open({
      count: 1,
      change: (analysis) => {
        analysis.summary = evil;
        analysis.spaces[0]!.space_name = evil;
        analysis.recommendations = [evil];
      },
    });
    await begin(page, 'kim');
    expect(await page.locator('.analysis.left').textContent()).toContain(evil);
    expect(await page.locator('.analysis img, .analysis script').count()).toBe(0);
    expect(await page.title()).toContain('ARAE');
    expect(faults).toEqual([]);
  });

  it('connects the drawing with the texts, both ways', async () => {
    const { page } = await open({ count: 1, drawings: true });
    await begin(page, 'kim');
    const entry = page.locator('.analysis.left .spaces li').first();
    const name = (await entry.getAttribute('data-space')) ?? '';
    const space = page.locator(`g.space[data-space="${name}"]`);
    await entry.hover();
    await page.waitForSelector(`g.space.active[data-space="${name}"]`);
    await page.locator('header').hover();
    await page.waitForSelector(`g.space:not(.active)[data-space="${name}"]`);
    await space.locator('polygon').hover({ force: true });
    await page.waitForSelector(`.analysis.left .spaces li.active[data-space="${name}"]`);
    expect(await page.locator('.analysis.right .spaces li.active').getAttribute('data-space')).toBe(name);
    // A name within an entry points at its own space, and beside it the entry at its.
    await page.locator('header').hover();
    const mention = entry.locator('.mention').first();
    await mention.hover();
    await page.waitForSelector(
      `.analysis.left .spaces li:not(.active)[data-space="${name}"] .mention.active`,
    );
    await entry.locator('strong').hover();
    await page.waitForSelector(`.analysis.left .spaces li.active[data-space="${name}"]`);
    // By keyboard, there and back.
    await page.locator('header').hover();
    await page.waitForSelector('svg:not(:has(g.space.active))');
    const names = await page
      .locator('g.space')
      .evaluateAll((all) => all.map((one) => one.getAttribute('data-space')));
    for (const [key, index] of [
      ['s', 0],
      ['s', 1],
      ['Shift+S', 0],
      ['Shift+S', -1],
    ] as const) {
      await page.keyboard.press(key);
      await page.waitForSelector(`g.space.active[data-space="${names.at(index)}"]`);
    }
    const image = page.locator('svg image');
    expect(await image.getAttribute('href')).toMatch(/^\/drawings\//);
  });

  it('keeps contradictions back until they are asked for, changes its language, and tells what is missing', async () => {
    const { page } = await open({ count: 2, change: (analysis) => (analysis.bay_count += 1) });
    await begin(page, 'kim');
    expect(await page.locator('.contradictions').count()).toBe(0);
    await page.keyboard.press('c');
    await page.waitForSelector('.contradictions');
    expect(await page.locator('.contradictions').first().textContent()).toContain('Bay');
    await page.keyboard.press('Enter');
    expect(await page.getByRole('status').textContent()).toBe('점수 여섯 개를 모두 주세요');
    await page.keyboard.press('l');
    expect(await page.getByRole('status').textContent()).toBe('Give all six scores');
    for (const digit of '111111') await page.keyboard.press(digit);
    await page.keyboard.press('Enter');
    expect(await page.getByRole('status').textContent()).toBe('Choose which one is better');
    await page.keyboard.press('h');
    expect(await page.getByRole('dialog').textContent()).toContain('save and next');
    // Keys belong to the help while it is there.
    await page.keyboard.press('a');
    expect(await page.locator('[role=radio][aria-checked=true]').count()).toBe(6);
    await page.keyboard.press('Escape');
    await page.keyboard.press('n');
    await page.waitForSelector('main.item[data-place="1"]');
    await page.keyboard.press('p');
    await page.waitForSelector('main.item[data-place="0"]');
  });

  it('knows the reviewer that its address names', async () => {
    const { page, data } = await open({ count: 1 }, '박 셋&');
    await page.waitForSelector('main.item');
    expect(new URL(page.url()).search).toBe('');
    await answer(page, 'a');
    expect(reviewsIn(data)).toMatchObject([{ reviewer: '박 셋&' }]);
  });

  it('has enough contrast for letters (WCAG AA)', async () => {
    const { page } = await open({ count: 1, change: (analysis) => (analysis.bay_count += 1) });
    await begin(page, 'kim');
    await page.keyboard.press('c');
    await page.keyboard.press('a');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.contradictions');
    expect(await page.evaluate(contrastsUnder, 4.5)).toEqual([]);
    await page.keyboard.press('h');
    expect(await page.evaluate(contrastsUnder, 4.5)).toEqual([]);
  });

  it('brings no code from elsewhere', () => {
    const folder = join(import.meta.dirname, '..', 'dist', 'page');
    const html = readFileSync(join(folder, 'index.html'), 'utf8');
    expect(html).not.toMatch(/https?:\/\//);
    expect(readdirSync(join(folder, 'assets')).length).toBeGreaterThan(0);
  });
});

/** Runs in the page: texts whose contrast with the ground behind them is lower (WCAG 2.2, relative luminance). */
function contrastsUnder(least: number): string[] {
  const luminance = (colour: string): number => {
    const [r = 0, g = 0, b = 0] = (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map((value) => {
      const share = Number(value) / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const groundOf = (element: Element): string => {
    for (let at: Element | null = element; at; at = at.parentElement) {
      const { backgroundColor } = getComputedStyle(at);
      if (!/^rgba\(.*, 0\)$/.test(backgroundColor)) return backgroundColor;
    }
    return 'rgb(255, 255, 255)';
  };
  return [...document.querySelectorAll('body *')].flatMap((element) => {
    const text = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim());
    if (!text || element.closest('svg')) return [];
    const [a, b] = [luminance(getComputedStyle(element).color), luminance(groundOf(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    return ratio < least
      ? [`${element.className} "${element.textContent?.slice(0, 20)}" ${ratio.toFixed(2)}`]
      : [];
  });
}
