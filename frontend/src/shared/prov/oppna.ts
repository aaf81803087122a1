import { ValidationPlugin } from "@fkui/vue";
import { VueQueryPlugin } from "@tanstack/vue-query";
import { createApp } from "vue";
import type { Router } from "vue-router";
import { expect, vi } from "vitest";
import App from "@/app/App.vue";
import { skapaRouter } from "@/app/router";
import { fragor } from "@/shared/api/fragor";
import type { Roll, Session } from "@/shared/api/typer";
import { hamtaSession, loggaUt } from "@/shared/session/session";
import { stadaUtkast } from "@/shared/utkast/utkast";
import { type Fraga, type Svarare, session, varld } from "./server";

/** The whole page, as main.ts mounts it, with a server that is a function. */
export interface Sida {
    router: Router;
    /** What was asked for, in order. */
    fragor: Fraga[];
    /** The last that was sent with a name. */
    sant: (namn: string) => unknown;
    /** From now on the server answers so. */
    svara: (svarare: Svarare) => void;
    /** As the browser's reload: the page is built anew, what is stored stands. */
    laddaOm: () => Promise<void>;
    /** The page is taken away, and nobody is logged in. */
    bort: () => Promise<void>;
}

const uuid = /[0-9a-f]{8}-[0-9a-f-]{27}/g;
let oppen: ReturnType<typeof createApp> | undefined;
let pagar = 0;

async function somSvar(svar: unknown): Promise<Response> {
    const s = await svar;
    return s instanceof Response
        ? s
        : s === undefined
          ? new Response(null, { status: 204 })
          : Response.json(s);
}

function koppla(
    lage: { svarare: Svarare; session: Session | undefined },
    fragor: Fraga[],
): void {
    const resten = varld();
    vi.stubGlobal("fetch", async (anrop: Request, init: RequestInit = {}) => {
        const u = new URL(anrop.url);
        const text = anrop.method === "GET" ? "" : await anrop.text();
        const f: Fraga = {
            metod: anrop.method,
            vag: u.pathname,
            sok: u.searchParams,
            huvuden: anrop.headers,
            kropp: text === "" ? undefined : (JSON.parse(text) as unknown),
            namn: `${anrop.method} ${u.pathname.replaceAll(uuid, "…")}`,
        };
        fragor.push(f);
        pagar++;
        try {
            const eget = await lage.svarare(f);
            init.signal?.throwIfAborted();
            if (eget !== undefined) {
                return await somSvar(eget);
            }
            if (f.namn === "GET /session") {
                return await (lage.session
                    ? somSvar(lage.session)
                    : Promise.resolve(new Response("", { status: 401 })));
            }
            return await somSvar(resten(f));
        } finally {
            pagar--;
        }
    });
}

/** What jsdom lacks, and the pages use. */
function lagTill(): void {
    vi.stubGlobal(
        "ResizeObserver",
        class {
            observe = vi.fn();
            unobserve = vi.fn();
            disconnect = vi.fn();
        },
    );
    Element.prototype.scrollIntoView = vi.fn();
    window.scrollTo = vi.fn();
}

async function bygg(vag: string): Promise<Router> {
    // The rest of the body is FKUI's, made once.
    document.querySelector("#app")?.remove();
    const plats = document.createElement("div");
    plats.id = "app";
    document.body.append(plats);
    stadaUtkast();
    await hamtaSession();
    const router = skapaRouter();
    const app = createApp(App);
    app.use(ValidationPlugin)
        .use(VueQueryPlugin, { queryClient: fragor })
        .use(router);
    oppen = app;
    await router.push(vag);
    app.mount("#app");
    await lugn();
    return router;
}

/** Opens the address as somebody of the role; undefined: nobody is logged in. */
export async function oppna(
    vag: string,
    {
        roll,
        svara = () => undefined,
        inloggad = roll && session(roll),
    }: {
        roll?: Roll;
        svara?: Svarare;
        inloggad?: Session | undefined;
    },
): Promise<Sida> {
    lagTill();
    // Nobody waits here: what is away is asked for again at once.
    fragor.setDefaultOptions({
        queries: { ...fragor.getDefaultOptions().queries, retryDelay: 0 },
    });
    const fragade: Fraga[] = [];
    const lage = { svarare: svara, session: inloggad };
    koppla(lage, fragade);
    let router = await bygg(vag);
    return {
        get router() {
            return router;
        },
        fragor: fragade,
        sant(namn) {
            return fragade.findLast((f) => f.namn === namn)?.kropp;
        },
        svara(svarare) {
            lage.svarare = svarare;
        },
        async laddaOm() {
            const nu = router.currentRoute.value.fullPath;
            window.dispatchEvent(new Event("pagehide"));
            oppen?.unmount();
            fragor.clear();
            router = await bygg(nu);
        },
        async bort() {
            lage.svarare = () => undefined;
            await loggaUt();
            oppen?.unmount();
            oppen = undefined;
            fragor.clear();
            localStorage.clear();
            sessionStorage.clear();
            document.querySelector("#app")?.remove();
        },
    };
}

/** Nothing is asked for, or what is asked for is not answered, and the page has drawn what it knows. */
export async function lugn(): Promise<void> {
    for (let varv = 0, lugna = 0; lugna < 6 && varv < 100; varv++) {
        await new Promise((klar) => setTimeout(klar, 0));
        lugna = pagar > 0 ? 0 : lugna + 1;
    }
}

/** Waits until it is so; what is fetched by itself, a page's own part too, comes after a while. */
export function tills(sant: () => unknown, vad = "det blir så"): Promise<void> {
    return vi.waitFor(
        () => {
            expect(sant(), vad).toBeTruthy();
        },
        { timeout: 8000, interval: 5 },
    );
}
