import { randomUUID } from "node:crypto";
import {
    type BrowserContext,
    type Page,
    test as bas,
    expect,
} from "@playwright/test";
import type { components } from "../../src/shared/api/schema";
import type { Rollnamn } from "./konton";
import { type Session, loggaIn } from "./session";

export { expect };
type Schema = components["schemas"];

export const adress = (): string => process.env["SUS_E2E_URL"] ?? "";

export function sessionFor(roll: Rollnamn): Session {
    const alla = JSON.parse(
        process.env["SUS_E2E_SESSIONER"] ?? "{}",
    ) as Partial<Record<Rollnamn, Session>>;
    const s = alla[roll];
    if (!s) {
        throw new Error(`ingen session för ${roll}`);
    }
    return s;
}

/** The API with a cookie, to prepare what a test starts from. */
export class Api {
    constructor(private readonly session: Session) {}

    async anropa<T>(
        metod: string,
        vag: string,
        kropp?: unknown,
        huvuden: Record<string, string> = {},
    ): Promise<T> {
        const svar = await fetch(`${adress()}${vag}`, {
            method: metod,
            headers: {
                Cookie: `__Host-sus=${this.session.kaka}`,
                "X-SUS-CSRF": this.session.csrf,
                ...(kropp === undefined
                    ? {}
                    : { "Content-Type": "application/json" }),
                ...(metod === "POST"
                    ? { "Idempotency-Key": randomUUID() }
                    : {}),
                ...huvuden,
            },
            ...(kropp === undefined ? {} : { body: JSON.stringify(kropp) }),
        });
        if (!svar.ok) {
            throw new Error(
                `${metod} ${vag}: ${svar.status} ${await svar.text()}`,
            );
        }
        return (await svar.json()) as T;
    }

    async minInsats(): Promise<Schema["Insats"]> {
        const svar = await this.anropa<Schema["InsatsLista"]>(
            "GET",
            "/v1/insatser?mina=true",
        );
        const forsta = svar.data[0];
        if (!forsta) {
            throw new Error("ingen egen insats");
        }
        return forsta;
    }

    samtycke(
        insatsId: string,
        personnummer: string,
    ): Promise<Schema["Samtycke"]> {
        return this.anropa("POST", `/v1/insatser/${insatsId}/samtycken`, {
            personnummer,
            blankett: "9443",
            datum: dag(-20),
            sprak: "sv",
            satt: "SKRIFTLIGT",
        });
    }

    async deltagande(
        insatsId: string,
        personnummer: string,
    ): Promise<Schema["Deltagande"]> {
        const samtycke = await this.samtycke(insatsId, personnummer);
        return this.anropa("POST", `/v1/insatser/${insatsId}/deltaganden`, {
            samtyckeId: samtycke.id,
            startdag: dag(-15),
            utbildningsniva: "GYMNASIUM",
            arOffentligForsorjning: 3,
            forsorjning: ["FORSORJNINGSSTOD"],
            arbetssokande: false,
            arbetar: false,
            studerar: false,
        });
    }
}

/** A day so many days from today, in Sweden. */
export function dag(fran: number): string {
    return new Intl.DateTimeFormat("sv-SE", {
        timeZone: "Europe/Stockholm",
    }).format(Date.now() + fran * 86_400_000);
}

let lopande = 0;

/** A test number of Skatteverket's series that the demo has nobody for. */
export function nyttPersonnummer(
    arbetare: number,
    fode: { ar?: number; dag?: number } = {},
): string {
    const n = arbetare * 100 + lopande++;
    const ar = fode.ar ?? 1920 + Math.floor(n / 288) % 27;
    const manad = 1 + (Math.floor(n / 24) % 12);
    const d = fode.dag ?? 1 + (Math.floor(n / 2) % 12);
    const utan = `${ar}${String(manad).padStart(2, "0")}${String(d).padStart(2, "0")}23${n % 2 === 0 ? "8" : "9"}`;
    return utan + kontrollsiffra(utan.slice(2));
}

function kontrollsiffra(nio: string): string {
    const summa = [...nio].reduce((s, c, n) => {
        const v = Number(c) * (n % 2 === 0 ? 2 : 1);
        return s + (v > 9 ? v - 9 : v);
    }, 0);
    return String((10 - (summa % 10)) % 10);
}

/** What must never happen in any test: see the fixture `vakt`. */
interface Vakt {
    frammande: string[];
    csp: string[];
    fel: string[];
    /** A test that provokes faults of the page says so. */
    taFel: () => string[];
}

/** Puts a log-in into a browser, as the server's own answer would. */
export async function seInloggad(
    sammanhang: BrowserContext,
    session: Session,
): Promise<void> {
    const { hostname } = new URL(adress());
    await sammanhang.addCookies([
        {
            name: "__Host-sus",
            value: session.kaka,
            domain: hostname,
            path: "/",
            httpOnly: true,
            secure: true,
            sameSite: "Strict",
        },
    ]);
}

interface Fixturer {
    vakt: Vakt;
    /** Logged in as the role of `roll`, deltagaransvarig unless a test says otherwise. */
    inloggad: Page;
    api: Api;
    roll: Rollnamn;
    personnummer: (fode?: { ar?: number; dag?: number }) => string;
    /** A log-in of the test's own: it may be ended. */
    egenSession: (personnummer: string) => Promise<Session>;
}

export const test = bas.extend<Fixturer>({
    roll: ["deltagaransvarig", { option: true }],
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the pattern
    baseURL: async ({}, use) => {
        await use(adress());
    },
    vakt: [
        async ({ context }, use) => {
            const vakt: Vakt = {
                frammande: [],
                csp: [],
                fel: [],
                taFel: () => vakt.fel.splice(0),
            };
            const egen = new URL(adress()).host;
            context.on("request", (r) => {
                const u = new URL(r.url());
                if (/^(https?|wss?):$/.test(u.protocol) && u.host !== egen) {
                    vakt.frammande.push(r.url());
                }
            });
            context.on("console", (m) => {
                if (/Content.Security.Policy/i.test(m.text())) {
                    vakt.csp.push(m.text());
                } else if (
                    m.type() === "error" &&
                    !m.text().startsWith("Failed to load resource")
                ) {
                    vakt.fel.push(m.text());
                }
            });
            context.on("weberror", (e) => vakt.fel.push(String(e.error())));
            await use(vakt);
            expect(vakt.frammande, "anrop till annan värd").toEqual([]);
            expect(vakt.csp, "CSP-brott").toEqual([]);
            expect(vakt.fel, "fel i webbläsaren").toEqual([]);
        },
        { auto: true },
    ],
    inloggad: async ({ page, context, roll }, use) => {
        await seInloggad(context, sessionFor(roll));
        await use(page);
    },
    api: async ({ roll }, use) => {
        await use(new Api(sessionFor(roll)));
    },
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the pattern
    personnummer: async ({}, use, info) => {
        await use((fode) => nyttPersonnummer(info.workerIndex, fode));
    },
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the pattern
    egenSession: async ({}, use) => {
        await use((nr) => loggaIn(adress(), nr));
    },
});
