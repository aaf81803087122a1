import { appendFileSync, readFileSync } from "node:fs";
import path from "node:path";
import AxeBuilder from "@axe-core/playwright";
import {
    type Page,
    type Request,
    type TestInfo,
    test as bas,
    expect,
} from "@playwright/test";
import type { Schema } from "../src/shared/api/typer";
import { granskade, kaka, mapp } from "./forbered";
import { type Konto, type Rollnamn, testnummer } from "./konton";
import { osvenskt } from "./svenska";

/** What each tab has asked for and not been answered. */
const obesvarade = new WeakMap<Page, Set<Request>>();

function folj(page: Page): Set<Request> {
    const redan = obesvarade.get(page);
    if (redan) {
        return redan;
    }
    const nya = new Set<Request>();
    obesvarade.set(page, nya);
    page.on("request", (r) => nya.add(r));
    page.on("requestfinished", (r) => nya.delete(r));
    page.on("requestfailed", (r) => nya.delete(r));
    return nya;
}

interface Prov {
    /** What the console and the network said that must not be said. */
    vakt: string[];
}

/** Every test: no violation of the CSP, no request to another host, no error in the page. */
export const test = bas.extend<Prov>({
    vakt: [
        async ({ context, baseURL }, use, info) => {
            const fel: string[] = [];
            // Every tab that the test opens.
            context.on("page", folj);
            for (const redan of context.pages()) {
                folj(redan);
            }
            context.on("console", (m) => {
                // The browser's own line about an answer that is not 2xx; the page's are faults.
                if (
                    m.type() === "error" &&
                    !m.text().startsWith("Failed to load resource")
                ) {
                    fel.push(`konsolen: ${m.text()}`);
                }
                if (m.text().includes("Content Security Policy")) {
                    fel.push(`CSP: ${m.text()}`);
                }
            });
            context.on("weberror", (e) =>
                fel.push(`fel i sidan: ${e.error().message}`),
            );
            context.on("request", (r) => {
                if (
                    !r.url().startsWith(baseURL ?? "") &&
                    !/^(data|blob|about):/.test(r.url())
                ) {
                    fel.push(`anrop till annan värd: ${r.url()}`);
                }
            });
            await use(fel);
            if (
                info.status !== info.expectedStatus &&
                !process.env["SUS_URL"]
            ) {
                await info.attach("serverns logg", {
                    body: path.resolve("test-results/sus.log"),
                });
            }
            expect(fel).toEqual([]);
        },
        { auto: true },
    ],
});

export { expect };

/** The faults that a test planted are not the run's: each must have come, and any other stays. */
export async function godta(
    vakt: string[],
    ...planterade: RegExp[]
): Promise<void> {
    for (const p of planterade) {
        await expect.poll(() => vakt.join("\n")).toMatch(p);
    }
    vakt.splice(
        0,
        vakt.length,
        ...vakt.filter((fel) => !planterade.some((p) => p.test(fel))),
    );
}

async function medKaka(page: Page, varde: string, url: string): Promise<void> {
    await page.context().addCookies([
        {
            name: "__Host-sus",
            value: varde,
            url: url.replace("http:", "https:"),
            httpOnly: true,
            secure: true,
            sameSite: "Strict",
        },
    ]);
}

/** A role that is logged in already; undefined: nobody is. */
export async function som(
    page: Page,
    roll: Rollnamn | undefined,
    info: TestInfo,
): Promise<void> {
    if (roll === undefined) {
        await page.context().clearCookies();
        return;
    }
    await medKaka(
        page,
        readFileSync(`${mapp}/${roll}`, "utf8"),
        info.project.use.baseURL ?? "",
    );
}

/** A log-in that only this test has. */
export async function ensam(
    page: Page,
    konto: Konto,
    info: TestInfo,
): Promise<void> {
    const url = info.project.use.baseURL ?? "";
    await medKaka(page, await kaka(url, konto), url);
}

/** A person to whom the register's simulator gives a fate: 13 sekretess, 14 skyddad, 15 saknas, 16 avregistrerad. */
export function personFodd(dag: 13 | 14 | 15 | 16): string {
    return testnummer(new Date(Date.UTC(1950, 4, dag)), true);
}

// The day is read once: what was registered before midnight is looked for by the
// same day after it.
const start = Date.now();

/** Today in Stockholm, or so many days from it. */
export function iDag(forskjutning = 0): string {
    const d = new Date(start + forskjutning * 86_400_000);
    return new Intl.DateTimeFormat("sv-SE", {
        timeZone: "Europe/Stockholm",
    }).format(d);
}

const taggar = [
    "wcag2a",
    "wcag2aa",
    "wcag21a",
    "wcag21aa",
    "wcag22aa",
    "best-practice",
];

export async function axe(page: Page, utom: string[] = []): Promise<string[]> {
    // No page has frames, and of what is right nothing is asked: twice as fast.
    const svar = await new AxeBuilder({ page })
        .setLegacyMode()
        .options({ resultTypes: ["violations"] })
        .withTags(taggar)
        .disableRules(utom)
        .analyze();
    return svar.violations.flatMap((v) =>
        v.nodes.map(
            (n) => `${v.id}: ${n.html.slice(0, 150)} ${n.failureSummary ?? ""}`,
        ),
    );
}

/** `make sidor`: each state in every window, a picture of each. */
export const sidor = process.env["SUS_SIDOR"] !== undefined;

/** Zoom is a window with as many fewer pixels. */
const fonster = [
    { namn: "1280", width: 1280, height: 900, kontrast: false },
    { namn: "1280 kontrast", width: 1280, height: 900, kontrast: true },
    { namn: "200 %", width: 640, height: 450, kontrast: false },
    { namn: "390", width: 390, height: 844, kontrast: false },
    { namn: "320, 400 %", width: 320, height: 256, kontrast: false },
];

/** A picture of the whole page as it is now, when SUS_BILDER names a folder to put it in. */
export async function avbilda(
    page: Page,
    lage: string,
    vidd = String(page.viewportSize()?.width ?? 0),
): Promise<void> {
    const bilder = process.env["SUS_BILDER"];
    if (bilder === undefined || bilder === "") {
        return;
    }
    const namn = `${lage} ${vidd}`
        .normalize("NFD")
        .replaceAll(/\p{M}/gu, "")
        .replaceAll(/[^A-Za-z0-9]+/g, "-")
        .replace(/-$/, "");
    await page.screenshot({
        path: path.join(bilder, `${namn}.png`),
        fullPage: true,
    });
}

/** What is wrong with the page as it stands in this window. */
async function granskad(
    page: Page,
    lage: string,
    vidd: string,
    utom: string[],
    kontrast = false,
): Promise<void> {
    await expect.poll(() => arLugn(page), `${lage} blir klar`).toBe(true);
    await page.evaluate(() => document.fonts.ready);
    await avbilda(page, lage, vidd);
    // The colours of a contrast theme are the user's own; axe reads the page's, beneath them.
    const fel = await axe(page, kontrast ? [...utom, "color-contrast"] : utom);
    const over = await sidledes(page);
    appendFileSync(
        granskade,
        `${lage}\t${vidd}\t${String(fel.length)}\t${String(over)}\n`,
    );
    // In `make sidor` all is looked at before it is told.
    const pasta = sidor ? expect.soft : expect;
    pasta(fel, `${lage}, ${vidd}`).toEqual([]);
    pasta(over, `${lage}, ${vidd}: rullar i sidled`).toBe(0);
}

/**
 * On this page, in this state: axe, no sideways scroll, and Swedish. Once in `make test`; in `make sidor` in every
 * window of `fonster`.
 */
export async function granska(
    page: Page,
    lage: string,
    utom: string[] = [],
): Promise<void> {
    expect(await osvenskt(page), `${lage}: ord`).toEqual([]);
    const eget = page.viewportSize() ?? { width: 1280, height: 900 };
    if (!sidor) {
        await granskad(page, lage, String(eget.width), utom);
        return;
    }
    for (const { namn, width, height, kontrast } of fonster) {
        await page.setViewportSize({ width, height });
        await page.emulateMedia(
            kontrast
                ? { forcedColors: "active", colorScheme: "dark" }
                : { forcedColors: "none", colorScheme: null },
        );
        // The menu counts its room anew after a while.
        await page.waitForTimeout(250);
        await granskad(page, lage, namn, utom, kontrast);
    }
    await page.emulateMedia({ forcedColors: "none", colorScheme: null });
    await page.setViewportSize(eget);
    await page.waitForTimeout(250);
}

/** How many pixels the page is wider than its window. */
export async function sidledes(page: Page): Promise<number> {
    return page.evaluate(() =>
        Math.max(
            0,
            document.documentElement.scrollWidth -
                document.documentElement.clientWidth,
        ),
    );
}

/** Nothing is fetched, and the page has nothing to do; asked between two rests of its own. */
async function arLugn(page: Page): Promise<boolean> {
    return page.evaluate(
        () =>
            new Promise<boolean>((svara) => {
                // A page that draws nothing may never be said to rest.
                requestAnimationFrame(() => {
                    requestIdleCallback(
                        () => {
                            svara(
                                !document.querySelector(
                                    "[data-test=laddar], [aria-busy=true]",
                                ),
                            );
                        },
                        { timeout: 500 },
                    );
                });
            }),
    );
}

/** Waits until the page has all it has asked for, and asks for no more. */
export async function lugn(page: Page, vad = page.url()): Promise<void> {
    const kvar = folj(page);
    let lugna = 0;
    await expect
        .poll(
            async () => {
                lugna = (await arLugn(page)) && kvar.size === 0 ? lugna + 1 : 0;
                return lugna;
            },
            { intervals: [30], message: `${vad} blir klar` },
        )
        .toBe(4);
}

/** Goes to a page and waits until it stands there with all it has fetched. */
export async function tillSidan(page: Page, vag: string): Promise<void> {
    // What the page before it asked for is nobody's any more.
    folj(page).clear();
    await page.goto(vag);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await lugn(page, vag);
}

/** A choice of FKUI is drawn by its label; the input itself is out of sight. */
export async function valj(page: Page, id: string): Promise<void> {
    await page.locator(`label[for="${id}"]`).click();
}

export async function minInsats(
    page: Page,
    namn = "Arbetslivsresurs",
): Promise<string> {
    const svar = await page.request.get("/v1/insatser?mina=true&limit=100");
    const { data } = (await svar.json()) as Schema<"InsatsLista">;
    const id = data.find((i) => i.namn === namn)?.id;
    if (id === undefined) {
        throw new Error(
            `${namn} finns inte bland ${data.map((d) => d.namn).join(", ")}`,
        );
    }
    return id;
}

export interface Insvar {
    startdag?: string;
    utbildning?: string;
    ar?: string;
}

export async function fyllIn(
    page: Page,
    { startdag = iDag(-3), utbildning = "GYMNASIUM", ar = "2" }: Insvar = {},
): Promise<void> {
    await page.fill("#falt-startdag", startdag);
    await page.selectOption("#falt-utbildningsniva", utbildning);
    await page.fill("#falt-arOffentligForsorjning", ar);
    await valj(page, "falt-fore-forsorjning-SA");
    await valj(page, "falt-fore-arbetssokande-ja");
    await valj(page, "falt-fore-arbetar-nej");
    await valj(page, "falt-fore-studerar-nej");
}

/** From «Sök» to the form of an in-registration. */
export async function tillInregistrering(
    page: Page,
    insatsId: string,
    personnummer: string,
): Promise<void> {
    await page.goto(`/insatser/${insatsId}/registrera`);
    await page.fill("#falt-personnummer", personnummer);
    await page.getByTestId("sok").click();
    await page.fill("#falt-datum", iDag(-5));
    await page.getByTestId("registrera-samtycke").click();
    await page.waitForURL(/\/registrera\/in\//);
    await expect(page.getByTestId("inregistrering")).toBeVisible();
}

/**
 * Sends a form, and goes on through its look-over when it has one: what is wrong in it stops before.
 * True: the look-over was come to.
 */
export async function tillKontrollen(page: Page): Promise<boolean> {
    const kontroll = page.getByTestId("kontroll");
    await page.getByTestId("spara").click();
    // The press takes away what was wrong before, and the form is busy until it knows: it is looked over, something
    // is to be mended, or nobody is logged in any more.
    await expect(page.getByTestId("laddar")).toHaveCount(0);
    await expect(
        kontroll
            .or(page.locator(".formular__fel"))
            .or(page.getByTestId("skicka-kod"))
            .first(),
    ).toBeVisible();
    return kontroll.isVisible();
}

export async function spara(page: Page): Promise<void> {
    const knapp = page.getByTestId("spara");
    if ((await knapp.innerText()).trim() === "Spara") {
        await knapp.click();
    } else if (await tillKontrollen(page)) {
        await knapp.click();
    }
}

/** A withdrawal, which takes a tick and a press. */
export async function aterkallaDet(page: Page): Promise<void> {
    await page.getByText("Jag har fått återkallelsen från deltagaren").click();
    await page.getByTestId("aterkalla-ja").click();
}

/** A whole in-registration; gives the id of the deltagande. */
export async function skrivIn(
    page: Page,
    insatsId: string,
    personnummer: string,
): Promise<string> {
    await tillInregistrering(page, insatsId, personnummer);
    await fyllIn(page);
    await spara(page);
    await page.waitForURL(/\/registrera\/klart\//);
    return new URL(page.url()).pathname.split("/").at(-1) ?? "";
}
